import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  CfnConfigurationSet,
  CfnOptOutList,
  CfnPool,
  CfnProtectConfiguration,
} from 'aws-cdk-lib/aws-smsvoice';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { StageConfig } from '#core/contracts/config.ts';
import type { Use } from './contract-function.ts';
import { useOf } from './uses.ts';

export interface TextMessagingProps {
  readonly key: IKey;
  readonly config: NonNullable<StageConfig['sms']>;
}

/** Beside STOP, which every pool has: what people write who speak the languages of our messages. */
const optOutWords = ['STOPALL', 'REVOKE', 'OPTOUT', 'STOPP', 'ABMELDEN', 'ABBESTELLEN'] as const;

/** What SMS goes out by and comes in by: AWS End User Messaging SMS. */
export class TextMessaging extends Construct {
  /** What becomes of texts. */
  readonly events: Topic;
  /** What customers answer. */
  readonly inbound: Topic;
  readonly uses: Readonly<
    Record<
      'POOL_ID' | 'CONFIGURATION_SET_NAME' | 'PROTECT_CONFIGURATION_ID' | 'MAX_PRICE_PER_PART',
      Use
    >
  >;

  constructor(scope: Construct, id: string, { key, config }: TextMessagingProps) {
    super(scope, id);
    this.events = this.addTopic('Events', key);
    this.inbound = this.addTopic('Inbound', key);
    const protect = new CfnProtectConfiguration(this, 'Protect', {
      deletionProtectionEnabled: false,
    });
    const configurationSet = new CfnConfigurationSet(this, 'Set', {
      protectConfigurationId: protect.attrProtectConfigurationId,
      eventDestinations: [
        {
          eventDestinationName: 'feedback',
          enabled: true,
          matchingEventTypes: ['TEXT_ALL'],
          snsDestination: { topicArn: this.events.topicArn },
        },
      ],
    });
    const pool = this.addPool(config);
    this.uses = {
      POOL_ID: useOf(pool.attrPoolId, [pool.attrArn], 'sms-voice:SendTextMessage'),
      CONFIGURATION_SET_NAME: { value: configurationSet.ref, grant: () => {} },
      PROTECT_CONFIGURATION_ID: { value: protect.attrProtectConfigurationId, grant: () => {} },
      MAX_PRICE_PER_PART: { value: String(config.maxPrice), grant: () => {} },
    };
  }

  /** AWS itself answers HELP and STOP, and keeps the list of those who said STOP. */
  private addPool(config: TextMessagingProps['config']): CfnPool {
    const optOuts = new CfnOptOutList(this, 'OptOuts');
    const pool = new CfnPool(this, 'Pool', {
      originationIdentities: [...config.originationIdentities],
      optOutListName: optOuts.ref,
      selfManagedOptOutsEnabled: false,
      sharedRoutesEnabled: false,
      deletionProtectionEnabled: true,
      mandatoryKeywords: {
        help: { message: config.helpMessage },
        stop: { message: config.stopMessage },
      },
      optionalKeywords: [
        ...['START', 'UNSTOP'].map((keyword) => ({
          keyword,
          action: 'OPT_IN',
          message: config.startMessage,
        })),
        ...optOutWords.map((keyword) => ({
          keyword,
          action: 'OPT_OUT',
          message: config.stopMessage,
        })),
      ],
      twoWay: { enabled: true, channelArn: this.inbound.topicArn },
    });
    // AWS publishes to the topic to see whether it may.
    pool.node.addDependency(this.inbound);
    return pool;
  }

  private addTopic(id: string, masterKey: IKey): Topic {
    const { account, region, partition } = Stack.of(this);
    const topic = new Topic(this, id, { masterKey, enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('sms-voice.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:sms-voice:${region}:${account}:*` },
        },
      }),
    );
    return topic;
  }
}
