import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { ShopConfig } from '#core/contracts/config.ts';
import { metrics } from '#core/contracts/metrics.ts';
import type { Channel } from '#core/domain/touches/touch.ts';
import { deliverAudienceContract } from '#lambdas/deliver-audience/contract.ts';
import { deliverEmailContract } from '#lambdas/deliver-email/contract.ts';
import { deliverInboxContract } from '#lambdas/deliver-inbox/contract.ts';
import { deliverInsertContract } from '#lambdas/deliver-insert/contract.ts';
import { deliverPushContract } from '#lambdas/deliver-push/contract.ts';
import { deliverSmsContract } from '#lambdas/deliver-sms/contract.ts';
import { ContractFunction } from '#lib/constructs/contract-function.ts';
import {
  type ChannelSurroundings,
  DeliveryChannel,
  type DeliveryChannelProps,
  pacing,
  shortLinkUses,
} from '#lib/constructs/delivery-channel.ts';
import { addConfigurationSet, addSenders, sendingMail } from '#lib/constructs/mail-identity.ts';
import { OperatorAlarm } from '#lib/constructs/operator-alarm.ts';
import { PushApplication } from '#lib/constructs/push-application.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { TextMessaging } from '#lib/constructs/text-messaging.ts';
import { useOfTable } from '#lib/constructs/uses.ts';
import type { DataStack } from './data-stack.ts';
import type { IngestionStack } from './ingestion-stack.ts';

export interface MessagingStackProps extends StackProps {
  readonly data: DataStack;
  readonly ingestion: IngestionStack;
  readonly shops: Readonly<Record<string, ShopConfig>>;
}

/** Cards, inboxes and audiences are our own writes and events: few at once are many a second. */
const OWN_CONCURRENCY = 5;

/** Few runs at once share the rate of a provider that takes some tens a second; Lambda's least is two. */
const PROVIDER_CONCURRENCY = 2;

/** SendTextMessage takes 1,600 characters, of which a part has 153. */
const MOST_PARTS = 11;

/** From a decided touch to its provider: a queue and a sender for each channel. */
export class MessagingStack extends Stack {
  /** Of the channels that the deployment has. */
  readonly queues: Readonly<Partial<Record<Channel, Queue>>>;
  /** By which all mail is sent. */
  readonly configurationSet: ConfigurationSet;
  /** What becomes of texts, and what customers answer; absent without SMS. */
  readonly smsEvents: Topic | undefined;
  readonly inboundTexts: Topic | undefined;
  private readonly context: StageContext;
  private readonly surroundings: ChannelSurroundings;

  constructor(scope: Construct, id: string, context: StageContext, props: MessagingStackProps) {
    super(scope, id, props);
    const { sms, push } = context.config;
    this.context = context;
    this.surroundings = { data: props.data, ingestion: props.ingestion };
    this.configurationSet = addConfigurationSet(this);
    const texting =
      sms === undefined
        ? undefined
        : new TextMessaging(this, 'Texting', { key: props.data.key, config: sms });
    this.smsEvents = texting?.events;
    this.inboundTexts = texting?.inbound;
    this.queues = {
      email: this.addEmail(props).queue,
      inbox: this.addInbox().queue,
      insert: this.addInserts().queue,
      audience: this.addAudience().queue,
      ...(sms === undefined || texting === undefined
        ? {}
        : { sms: this.addSms(texting, sms.partsPerSecond).queue }),
      ...(push === undefined ? {} : { push: this.addPush(push).queue }),
    };
    this.addAlarms(props.data);
  }

  private addEmail({ shops }: MessagingStackProps): DeliveryChannel {
    const { context, surroundings, configurationSet } = this;
    const { emailsPerSecond, emailConcurrency } = context.config;
    const rate = { perSecond: emailsPerSecond, concurrency: emailConcurrency };
    const senders = addSenders(this, shops, configurationSet);
    return new DeliveryChannel(this, 'Email', {
      ...meaningOf('E-mails', 15),
      surroundings,
      rate,
      suppressions: ['BatchGetItem'],
      deliver: ({ uses, timeout }) =>
        new ContractFunction(this, 'DeliverEmail', {
          contract: deliverEmailContract,
          context,
          key: surroundings.data.key,
          timeout,
          uses: {
            ...uses,
            ...pacing(rate),
            CONTENT_TABLE_NAME: useOfTable(surroundings.data.tables.content, 'BatchGetItem'),
            LINK_KEYS_SECRET_ARN: shortLinkUses(surroundings).LINK_KEYS_SECRET_ARN,
            CONFIGURATION_SET_NAME: sendingMail(configurationSet, senders),
          },
        }),
    });
  }

  private addSms(texting: TextMessaging, perSecond: number): DeliveryChannel {
    const { context, surroundings } = this;
    const rate = { perSecond, concurrency: PROVIDER_CONCURRENCY, mostUnits: MOST_PARTS };
    return new DeliveryChannel(this, 'Sms', {
      ...meaningOf('Text messages', 15),
      surroundings,
      rate,
      suppressions: ['BatchGetItem', 'PutItem'],
      deliver: ({ uses, timeout }) =>
        new ContractFunction(this, 'DeliverSms', {
          contract: deliverSmsContract,
          context,
          key: surroundings.data.key,
          timeout,
          uses: { ...uses, ...pacing(rate), ...shortLinkUses(surroundings), ...texting.uses },
        }),
    });
  }

  private addPush(config: NonNullable<StageContext['config']['push']>): DeliveryChannel {
    const { context, surroundings } = this;
    const rate = { perSecond: config.perSecond, concurrency: PROVIDER_CONCURRENCY };
    const app = new PushApplication(this, 'PushApplication', { stage: context.stage, config });
    return new DeliveryChannel(this, 'Push', {
      ...meaningOf('Notifications', 15),
      surroundings,
      rate,
      deliver: ({ uses, timeout }) =>
        new ContractFunction(this, 'DeliverPush', {
          contract: deliverPushContract,
          context,
          key: surroundings.data.key,
          timeout,
          uses: { ...uses, ...pacing(rate), ...shortLinkUses(surroundings), ...app.uses },
        }),
    });
  }

  private addInbox(): DeliveryChannel {
    const { context, surroundings } = this;
    const { key, tables } = surroundings.data;
    return new DeliveryChannel(this, 'Inbox', {
      ...meaningOf('Messages for the inbox', 60),
      surroundings,
      rate: { concurrency: OWN_CONCURRENCY },
      deliver: ({ uses, timeout }) =>
        new ContractFunction(this, 'DeliverInbox', {
          contract: deliverInboxContract,
          context,
          key,
          timeout,
          uses: {
            ...uses,
            ...shortLinkUses(surroundings),
            INBOX_TABLE_NAME: useOfTable(tables.inbox, 'PutItem'),
          },
        }),
    });
  }

  private addInserts(): DeliveryChannel {
    const { context, surroundings } = this;
    const { key } = surroundings.data;
    const contract = deliverInsertContract;
    return new DeliveryChannel(this, 'Inserts', {
      ...meaningOf('Cards for parcels', 60),
      surroundings,
      rate: { concurrency: OWN_CONCURRENCY },
      deliver: (common) =>
        new ContractFunction(this, 'DeliverInsert', { ...common, contract, context, key }),
    });
  }

  private addAudience(): DeliveryChannel {
    const { context, surroundings } = this;
    const { key } = surroundings.data;
    const contract = deliverAudienceContract;
    return new DeliveryChannel(this, 'Audience', {
      ...meaningOf('Members of audiences', 240),
      surroundings,
      rate: { concurrency: OWN_CONCURRENCY },
      deliver: (common) =>
        new ContractFunction(this, 'DeliverAudience', { ...common, contract, context, key }),
    });
  }

  private addAlarms({ alarms: topic }: DataStack): void {
    new OperatorAlarm(this, 'RefusedAlarm', {
      topic,
      impact: 'A provider refused messages for good: their customers get nothing.',
      runbook: 'Messages are refused',
      metric: this.countedBySenders(metrics.messagesRefused),
      threshold: 5,
    });
    new OperatorAlarm(this, 'StuckAlarm', {
      topic,
      impact:
        'Messages could not be composed or sent in a quarter of an hour: their customers wait while they are tried on for half a day.',
      runbook: 'Messages are not sent',
      metric: this.countedBySenders(metrics.messagesStuck),
      threshold: 1,
    });
    if (this.smsEvents === undefined) return;
    new OperatorAlarm(this, 'SmsSpendLimitAlarm', {
      topic,
      impact: 'AWS sends no more texts this month: the limit on the account is spent.',
      runbook: 'Texts reach the spend limit',
      metric: counted(metrics.smsSpendLimitReached, deliverSmsContract.name),
      threshold: 1,
    });
  }

  /** By the functions of all channels that the deployment has. */
  private countedBySenders(metricName: string): MathExpression {
    const names: Readonly<Partial<Record<Channel, string>>> = senders;
    const channels = Object.entries(names).filter(([channel]) =>
      Object.hasOwn(this.queues, channel),
    );
    return new MathExpression({
      label: metricName,
      period: FIFTEEN_MINUTES,
      expression: channels.map(([channel]) => `FILL(${channel}, 0)`).join(' + '),
      usingMetrics: Object.fromEntries(
        channels.map(([channel, name]) => [channel, counted(metricName, name)]),
      ),
    });
  }
}

/** The functions by channel. */
const senders = {
  email: deliverEmailContract.name,
  sms: deliverSmsContract.name,
  push: deliverPushContract.name,
  inbox: deliverInboxContract.name,
  insert: deliverInsertContract.name,
  audience: deliverAudienceContract.name,
} as const satisfies Readonly<Record<Channel, string>>;

const FIFTEEN_MINUTES = Duration.minutes(15);

const counted = (metricName: string, service: string): Metric =>
  new Metric({
    namespace: metrics.namespace,
    metricName,
    dimensionsMap: { service },
    period: FIFTEEN_MINUTES,
    statistic: 'Sum',
  });

/** What it means that a channel's messages lie in its dead-letter queue, or wait. */
const meaningOf = (what: string, minutes: number): Pick<DeliveryChannelProps, 'dead' | 'late'> => ({
  dead: {
    impact: `${what} could not be composed or sent in half a day: they are given up.`,
    runbook: 'Messages are not sent',
  },
  late: {
    impact: `${what} are decided faster than they are sent: they are late.`,
    runbook: 'Messages are sent late',
    minutes,
  },
});
