import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  Identity,
} from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import type { ShopConfig } from '#core/contracts/config.ts';
import { metrics } from '#core/contracts/metrics.ts';
import { deliverEmailContract } from '#lambdas/deliver-email/contract.ts';
import { deliverInsertContract } from '#lambdas/deliver-insert/contract.ts';
import { ContractFunction } from '#lib/constructs/contract-function.ts';
import { OperatorAlarm } from '#lib/constructs/operator-alarm.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { publishingTo, readingOf, useOf, useOfTable } from '#lib/constructs/uses.ts';
import { WorkedQueue } from '#lib/constructs/worked-queue.ts';
import type { DataStack } from './data-stack.ts';
import type { IngestionStack } from './ingestion-stack.ts';

export interface MessagingStackProps extends StackProps {
  readonly data: DataStack;
  readonly ingestion: IngestionStack;
  readonly shops: Readonly<Record<string, ShopConfig>>;
}

/** A card is an event for the warehouse: few are asked for at once. */
const INSERT_CONCURRENCY = 5;

/** From a decided touch to the provider: a queue and a sender for each channel. */
export class MessagingStack extends Stack {
  readonly email: WorkedQueue;
  readonly inserts: WorkedQueue;

  constructor(scope: Construct, id: string, context: StageContext, props: MessagingStackProps) {
    super(scope, id, props);
    const { key, alarms } = props.data;
    this.email = new WorkedQueue(this, 'Email', {
      key,
      alarms,
      dead: {
        impact: 'Messages could not be composed or sent in five tries: their customers wait.',
        runbook: 'Messages are not sent',
      },
      late: {
        impact: 'E-mails are decided faster than they are sent: confirmations are late.',
        runbook: 'Messages are sent late',
        minutes: 15,
      },
    });
    const deliverEmail = this.addDeliverEmail(context, props);
    this.email.workedBy(deliverEmail, context.config.emailConcurrency);
    this.inserts = new WorkedQueue(this, 'Inserts', {
      key,
      alarms,
      dead: {
        impact: 'Cards for parcels could not be asked for in five tries: their parcels go without.',
        runbook: 'Messages are not sent',
      },
      late: {
        impact: 'Cards for parcels are asked for late: parcels may leave without them.',
        runbook: 'Messages are sent late',
        minutes: 60,
      },
    });
    this.inserts.workedBy(this.addDeliverInsert(context, props), INSERT_CONCURRENCY);
    this.addRefusedAlarm(props.data);
  }

  private addDeliverInsert(context: StageContext, { data, ingestion }: MessagingStackProps) {
    const { tables, key } = data;
    return new ContractFunction(this, 'DeliverInsert', {
      contract: deliverInsertContract,
      context,
      key,
      uses: {
        ORDERS_TABLE_NAME: useOfTable(tables.orders, 'GetItem'),
        CUSTOMERS_TABLE_NAME: useOfTable(tables.customers, 'GetItem'),
        CATALOGUE_TABLE_NAME: useOfTable(tables.catalogue, 'BatchGetItem'),
        TOUCHES_TABLE_NAME: useOfTable(tables.touches, 'GetItem', 'UpdateItem'),
        EVENT_BUS_NAME: publishingTo(ingestion.bus),
      },
    });
  }

  private addDeliverEmail(context: StageContext, { data, ingestion, shops }: MessagingStackProps) {
    const configurationSet = new ConfigurationSet(this, 'Mail', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
    });
    const configurationSetArn = this.formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: configurationSet.configurationSetName,
    });
    const senders = this.addSenders(shops, configurationSet);
    return new ContractFunction(this, 'DeliverEmail', {
      contract: deliverEmailContract,
      context,
      key: data.key,
      uses: {
        ORDERS_TABLE_NAME: useOfTable(data.tables.orders, 'GetItem'),
        CUSTOMERS_TABLE_NAME: useOfTable(data.tables.customers, 'GetItem'),
        PURCHASES_TABLE_NAME: useOfTable(data.tables.purchases, 'Query'),
        CATALOGUE_TABLE_NAME: useOfTable(data.tables.catalogue, 'BatchGetItem'),
        TOUCHES_TABLE_NAME: useOfTable(data.tables.touches, 'GetItem', 'UpdateItem'),
        EVENT_BUS_NAME: publishingTo(ingestion.bus),
        LINK_KEYS_SECRET_ARN: readingOf(data.linkKeys),
        CONFIGURATION_SET_NAME: useOf(
          configurationSet.configurationSetName,
          [...senders, configurationSetArn],
          'ses:SendRawEmail',
        ),
      },
    });
  }

  /** One identity for each domain that a shop sends from, with the DNS records to publish. */
  private addSenders(
    shops: Readonly<Record<string, ShopConfig>>,
    configurationSet: ConfigurationSet,
  ): string[] {
    const domains = Object.values(shops).map(({ email }) => email.address.split('@')[1] ?? '');
    return [...new Set(domains)].map((domain) => {
      const id = domain.replaceAll('.', '-');
      const identity = new EmailIdentity(this, `Sender-${id}`, {
        identity: Identity.domain(domain),
        configurationSet,
      });
      for (const [index, { name, value }] of identity.dkimRecords.entries())
        new CfnOutput(this, `Dkim-${id}-${index + 1}`, { value: `${name} CNAME ${value}` });
      return identity.emailIdentityArn;
    });
  }

  private addRefusedAlarm({ alarms: topic }: DataStack): void {
    new OperatorAlarm(this, 'RefusedAlarm', {
      topic,
      impact: 'The provider refused messages for good: their customers get nothing.',
      runbook: 'Messages are refused',
      metric: new Metric({
        namespace: metrics.namespace,
        metricName: metrics.messagesRefused,
        dimensionsMap: { service: deliverEmailContract.name },
        period: Duration.minutes(15),
        statistic: 'Sum',
      }),
      threshold: 5,
    });
  }
}
