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

/** From a decided touch to the provider: a queue and a sender for each channel. */
export class MessagingStack extends Stack {
  readonly email: WorkedQueue;

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
    this.addRefusedAlarm(props.data);
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
