import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { CorsHttpMethod, type HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { ShopConfig } from '#core/contracts/config.ts';
import { metrics } from '#core/contracts/metrics.ts';
import { expireAcceptanceContract } from '#lambdas/expire-acceptance/contract.ts';
import { openSessionContract } from '#lambdas/open-session/contract.ts';
import { recordInteractionContract } from '#lambdas/record-interaction/contract.ts';
import { serveComponentContract } from '#lambdas/serve-component/contract.ts';
import { acknowledge } from '#lib/constructs/acknowledge.ts';
import { ContractFunction } from '#lib/constructs/contract-function.ts';
import { OwnCalls } from '#lib/constructs/own-calls.ts';
import { OperatorAlarm } from '#lib/constructs/operator-alarm.ts';
import { addPublicApi } from '#lib/constructs/public-api.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { publishingTo, readingOf, useOfTable } from '#lib/constructs/uses.ts';
import type { DataStack } from './data-stack.ts';
import type { IngestionStack } from './ingestion-stack.ts';

export interface ConfirmationStackProps extends StackProps {
  readonly data: DataStack;
  readonly ingestion: IngestionStack;
  readonly shops: Readonly<Record<string, Pick<ShopConfig, 'website' | 'confirmation'>>>;
}

/** Five million orders a month are 2 a second, 20 at the height of a sale; each page asks three times. */
const throttle = { rateLimit: 300, burstLimit: 600 } as const;

/** One may be an order that was cancelled meanwhile; so many in a quarter of an hour are the order system. */
const UNANSWERED = 5;

/** From the page after an order: what it offers, what becomes of that, and what is learnt from it. */
export class ConfirmationStack extends Stack {
  private readonly api: HttpApi;

  constructor(scope: Construct, id: string, context: StageContext, props: ConfirmationStackProps) {
    super(scope, id, props);
    const { data, shops } = props;
    this.api = addPublicApi(this, {
      context,
      data,
      description: 'Confirmation pages',
      throttle,
      cors: {
        allowOrigins: [...originsOf(shops)],
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
        allowHeaders: ['authorization', 'content-type'],
        exposeHeaders: ['retry-after'],
        maxAge: Duration.days(1),
      },
      failing: {
        alarmId: 'SessionsFailAlarm',
        impact:
          'Confirmation pages show no offers: orders stay as they are, and nothing is earned.',
        runbook: 'Sessions fail',
      },
    });
    this.addRoutes(context, props);
    new CfnOutput(this, 'ConfirmationEndpoint', { value: this.api.apiEndpoint });
  }

  private addRoutes(context: StageContext, props: ConfirmationStackProps): void {
    const { key } = props.data;
    const open = this.addOpenSession(context, props);
    const record = this.addRecordInteraction(context, props);
    const component = new ContractFunction(this, 'ServeComponent', {
      contract: serveComponentContract,
      context,
      key,
      uses: {},
    });
    const signed = 'The function verifies the token that the shop, or Afterglow itself, signed.';
    this.route(open, signed, ['POST', '/sessions'], ['GET', '/sessions/{id}']);
    this.route(
      record,
      signed,
      ['POST', '/sessions/{id}/interactions'],
      ['GET', '/sessions/{id}/visits/{impressionId}'],
    );
    this.route(component, 'It is a script that every page may load.', ['GET', '/component/{file}']);
  }

  private route(
    target: Function,
    whyOpen: string,
    ...routes: readonly (readonly ['GET' | 'POST', path: string])[]
  ): void {
    const integration = new HttpLambdaIntegration(target.node.id, target);
    for (const [method, path] of routes)
      for (const each of this.api.addRoutes({ path, methods: [HttpMethod[method]], integration }))
        acknowledge(each, 'AwsSolutions-APIG4', whyOpen);
  }

  private addOpenSession(context: StageContext, { data, ingestion }: ConfirmationStackProps) {
    const { key, tables } = data;
    return new ContractFunction(this, 'OpenSession', {
      contract: openSessionContract,
      context,
      key,
      uses: {
        SESSIONS_TABLE_NAME: useOfTable(tables.sessions, 'GetItem', 'PutItem'),
        OFFERS_TABLE_NAME: useOfTable(tables.offers, 'Query'),
        OFFER_COUNTS_TABLE_NAME: useOfTable(tables.offerCounts, 'GetItem', 'Query'),
        OFFER_HISTORIES_TABLE_NAME: useOfTable(tables.offerHistories, 'GetItem'),
        CATALOGUE_TABLE_NAME: useOfTable(tables.catalogue, 'BatchGetItem'),
        CUSTOMERS_TABLE_NAME: useOfTable(tables.customers, 'GetItem'),
        PURCHASES_TABLE_NAME: useOfTable(tables.purchases, 'Query'),
        AFFINITY_TABLE_NAME: useOfTable(tables.affinity, 'BatchGetItem'),
        EVENT_BUS_NAME: publishingTo(ingestion.bus),
        LINK_KEYS_SECRET_ARN: readingOf(data.linkKeys),
        SHOP_TOKEN_KEYS_SECRET_ARN: readingOf(data.shopTokenKeys),
      },
    });
  }

  private addRecordInteraction(context: StageContext, { data, ingestion }: ConfirmationStackProps) {
    const { key, tables, alarms } = data;
    const calls = new OwnCalls(this, 'Calls', {
      key,
      alarms,
      queueId: 'NotExpired',
      failed: {
        impact: 'Customers who said yes to an offer are not told that it was not added in time.',
        runbook: 'Accepted offers are not settled',
      },
    });
    const expire = new ContractFunction(this, 'ExpireAcceptance', {
      contract: expireAcceptanceContract,
      context,
      key,
      uses: {
        SESSIONS_TABLE_NAME: useOfTable(tables.sessions, 'GetItem', 'PutItem'),
        EVENT_BUS_NAME: publishingTo(ingestion.bus),
      },
    });
    new OperatorAlarm(this, 'AcceptsUnansweredAlarm', {
      topic: alarms,
      impact: 'Customers said yes to offers and were told that nothing was added.',
      runbook: 'Accepted offers go unanswered',
      metric: new Metric({
        namespace: metrics.namespace,
        metricName: metrics.acceptancesExpired,
        dimensionsMap: { service: expireAcceptanceContract.name },
        period: Duration.minutes(15),
        statistic: 'Sum',
      }),
      threshold: UNANSWERED,
    });
    const { group, role, deadLetters } = calls.uses('CreateSchedule');
    const record = new ContractFunction(this, 'RecordInteraction', {
      contract: recordInteractionContract,
      context,
      key,
      uses: {
        SESSIONS_TABLE_NAME: useOfTable(tables.sessions, 'GetItem', 'PutItem'),
        OFFER_COUNTS_TABLE_NAME: useOfTable(tables.offerCounts, 'UpdateItem'),
        OFFER_HISTORIES_TABLE_NAME: useOfTable(tables.offerHistories, 'GetItem', 'PutItem'),
        EVENT_BUS_NAME: publishingTo(ingestion.bus),
        LINK_KEYS_SECRET_ARN: readingOf(data.linkKeys),
        EXPIRE_ACCEPTANCE_FUNCTION_ARN: { value: expire.functionArn, grant: () => {} },
        SCHEDULE_GROUP_NAME: group,
        SCHEDULER_ROLE_ARN: role,
        NOT_EXPIRED_QUEUE_ARN: deadLetters,
      },
    });
    calls.callsBack(expire, record);
    return record;
  }
}

/** Pages that may ask: of each shop's website, and those that it names besides. */
const originsOf = (shops: ConfirmationStackProps['shops']): ReadonlySet<string> =>
  new Set(
    Object.values(shops).flatMap(({ website, confirmation: { origins } }) => [
      new URL(website).origin,
      ...origins,
    ]),
  );
