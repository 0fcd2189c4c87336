import { SecretValue, Stack } from 'aws-cdk-lib';
import { CfnAPNSChannel, CfnApp, CfnGCMChannel } from 'aws-cdk-lib/aws-pinpoint';
import { Construct } from 'constructs';
import type { StageConfig } from '#core/contracts/config.ts';
import { acknowledge } from './acknowledge.ts';
import type { Use } from './contract-function.ts';
import { useOf } from './uses.ts';

export interface PushApplicationProps {
  readonly stage: string;
  readonly config: NonNullable<StageConfig['push']>;
}

/** What notifications go out by: AWS End User Messaging Push, which has the resources of Pinpoint. */
export class PushApplication extends Construct {
  readonly uses: Readonly<Record<'PUSH_APPLICATION_ID', Use>>;

  constructor(scope: Construct, id: string, { stage, config }: PushApplicationProps) {
    super(scope, id);
    const app = new CfnApp(this, 'App', { name: `afterglow-${stage}` });
    const { fcmSecretArn, apns } = config;
    if (fcmSecretArn !== undefined)
      new CfnGCMChannel(this, 'Fcm', {
        applicationId: app.ref,
        enabled: true,
        defaultAuthenticationMethod: 'TOKEN',
        serviceJson: inSecret(fcmSecretArn),
      });
    if (apns !== undefined)
      new CfnAPNSChannel(this, 'Apns', {
        applicationId: app.ref,
        enabled: true,
        defaultAuthenticationMethod: 'key',
        bundleId: apns.bundleId,
        teamId: apns.teamId,
        tokenKeyId: apns.keyId,
        tokenKey: inSecret(apns.secretArn),
      });
    // What warns of the end of Pinpoint does not know what is left of it.
    for (const resource of this.node.children)
      acknowledge(
        resource,
        'CloudFormation-Validate::W3696',
        'Push notifications stay, as AWS End User Messaging Push, with the API and the resources of Pinpoint.',
      );
    const messages = Stack.of(this).formatArn({
      service: 'mobiletargeting',
      resource: 'apps',
      resourceName: `${app.ref}/messages`,
    });
    this.uses = {
      PUSH_APPLICATION_ID: useOf(app.ref, [messages], 'mobiletargeting:SendMessages'),
    };
  }
}

/** CloudFormation reads it at deployment: the template only says where it is. */
const inSecret = (arn: string): string => SecretValue.secretsManager(arn).unsafeUnwrap();
