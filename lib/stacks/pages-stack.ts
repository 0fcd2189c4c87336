import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { type HttpApi, HttpMethod, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnRotationSchedule } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { rotateLinkKeysContract } from '#lambdas/rotate-link-keys/contract.ts';
import { servePagesContract } from '#lambdas/serve-pages/contract.ts';
import { acknowledge } from '#lib/constructs/acknowledge.ts';
import { ContractFunction } from '#lib/constructs/contract-function.ts';
import { OperatorAlarm } from '#lib/constructs/operator-alarm.ts';
import { addPublicApi } from '#lib/constructs/public-api.ts';
import { ServedInbox } from '#lib/constructs/served-inbox.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { publishingTo, readingOf, useOf, useOfTable } from '#lib/constructs/uses.ts';
import type { DataStack } from './data-stack.ts';
import type { IngestionStack } from './ingestion-stack.ts';

export interface PagesStackProps extends StackProps {
  readonly data: DataStack;
  readonly ingestion: IngestionStack;
}

/** A campaign of 100,000 messages of which a tenth are clicked on within ten minutes makes 17 requests a second. */
const throttle = { rateLimit: 200, burstLimit: 400 } as const;

/** Links live for twice as long, so that three keys verify at any time. */
const ROTATION_DAYS = 90;

/** Paths of the pages; everything else gets a page that says that there is nothing. */
const paths = ['/c', '/s/{link}', '/survey', '/preferences', '/unsubscribe', '/consent'] as const;

/** From a link in a message: the pages that customers are led to, and the keys of their tokens. */
export class PagesStack extends Stack {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, context: StageContext, props: PagesStackProps) {
    super(scope, id, props);
    const { data } = props;
    this.api = addPublicApi(this, {
      context,
      data,
      description: 'Pages and links of messages',
      throttle,
      failing: {
        alarmId: 'PagesFailAlarm',
        impact: 'Customers who follow a link of a message, unsubscribe or answer get an error.',
        runbook: 'Pages fail',
      },
    });
    this.addRoutes(context, props);
    this.addRotation(context, props);
    new ServedInbox(this, 'Inbox', { context, data, api: this.api });
    new CfnOutput(this, 'PagesEndpoint', { value: this.api.apiEndpoint });
  }

  private addRoutes(context: StageContext, { data, ingestion }: PagesStackProps): void {
    const { tables, key } = data;
    const servePages = new ContractFunction(this, 'ServePages', {
      contract: servePagesContract,
      context,
      key,
      uses: {
        ORDERS_TABLE_NAME: useOfTable(tables.orders, 'GetItem'),
        CUSTOMERS_TABLE_NAME: useOfTable(tables.customers, 'GetItem'),
        TOUCHES_TABLE_NAME: useOfTable(tables.touches, 'GetItem', 'UpdateItem'),
        LINKS_TABLE_NAME: useOfTable(tables.links, 'GetItem'),
        ATTRIBUTIONS_TABLE_NAME: useOfTable(tables.attributions, 'PutItem'),
        EVENT_BUS_NAME: publishingTo(ingestion.bus),
        LINK_KEYS_SECRET_ARN: readingOf(data.linkKeys),
      },
    });
    const integration = new HttpLambdaIntegration('ServePages', servePages);
    const keys = [
      ...paths.map((path) => HttpRouteKey.with(path, HttpMethod.ANY)),
      HttpRouteKey.DEFAULT,
    ];
    for (const routeKey of keys) {
      const name = routeKey.path?.replaceAll(/[^a-z]/g, '') ?? 'Default';
      const route = new HttpRoute(this, `Route-${name}`, {
        httpApi: this.api,
        routeKey,
        integration,
      });
      acknowledge(
        route,
        'AwsSolutions-APIG4',
        'Whoever has a message follows its links without an account: the signed token in the address says whose it is.',
      );
    }
  }

  /** The key that signs is another every 90 days; each verifies until the last link that it signed has ended. */
  private addRotation(context: StageContext, { data: { key, linkKeys, alarms } }: PagesStackProps) {
    const rotate = new ContractFunction(this, 'RotateLinkKeys', {
      contract: rotateLinkKeysContract,
      context,
      key,
      uses: {
        LINK_KEYS_SECRET_ARN: useOf(
          linkKeys.secretArn,
          [linkKeys.secretArn],
          'secretsmanager:DescribeSecret',
          'secretsmanager:GetSecretValue',
          'secretsmanager:PutSecretValue',
          'secretsmanager:UpdateSecretVersionStage',
        ),
      },
    });
    rotate.addToRolePolicy(
      // It names no secret: there is nothing to narrow it to.
      new PolicyStatement({ actions: ['secretsmanager:GetRandomPassword'], resources: ['*'] }),
    );
    rotate.addPermission('Rotation', {
      principal: new ServicePrincipal('secretsmanager.amazonaws.com'),
      sourceAccount: this.account,
    });
    const schedule = new CfnRotationSchedule(this, 'Rotation', {
      secretId: linkKeys.secretArn,
      rotationLambdaArn: rotate.functionArn,
      rotationRules: { automaticallyAfterDays: ROTATION_DAYS },
    });
    schedule.node.addDependency(rotate);
    new OperatorAlarm(this, 'RotationFailsAlarm', {
      topic: alarms,
      impact: 'None yet: links go on being signed with the key from before.',
      runbook: 'Link keys are not rotated',
      metric: rotate.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
    });
  }
}
