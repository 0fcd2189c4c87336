import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { DeliveryEnv } from '#core/contracts/delivery-env.ts';
import type { DataStack } from '#lib/stacks/data-stack.ts';
import type { IngestionStack } from '#lib/stacks/ingestion-stack.ts';
import type { Use } from './contract-function.ts';
import { pacedBatch, type PacedBatchProps } from './paced-batch.ts';
import { publishingTo, readingOf, useOf, useOfTable } from './uses.ts';
import { WorkedQueue, type WorkedQueueProps } from './worked-queue.ts';

/** What every channel works with. */
export interface ChannelSurroundings {
  readonly data: DataStack;
  readonly ingestion: IngestionStack;
}

/** What the function of any channel has. */
export interface DeliveryFunctionProps {
  readonly uses: Readonly<Record<keyof DeliveryEnv, Use>>;
  readonly timeout: Duration;
}

export interface DeliveryChannelProps extends Pick<WorkedQueueProps, 'dead' | 'late'> {
  readonly surroundings: ChannelSurroundings;
  /** The provider's rate, and how many runs share it. */
  readonly rate: PacedBatchProps;
  /** What it does with suppressions: only e-mail addresses and phone numbers can have one. @default nothing */
  readonly suppressions?: readonly ('BatchGetItem' | 'PutItem')[];
  /** Makes the function that sends what is in the queue. */
  readonly deliver: (props: DeliveryFunctionProps) => IFunction;
}

/**
 * A message that fails is kept back for longer each time, up to a quarter of an hour (`backOffSeconds`): sixty tries
 * take 12 to 14 hours, so a provider that is away for half a day costs no message.
 */
const MAX_RECEIVES = 60;

/** One way to a customer: the queue of decided touches and the function that sends them. */
export class DeliveryChannel extends WorkedQueue {
  constructor(scope: Construct, id: string, props: DeliveryChannelProps) {
    const { surroundings, rate, suppressions = [], deliver, dead, late } = props;
    const { key, alarms } = surroundings.data;
    const { batchSize, timeoutSeconds } = pacedBatch(rate);
    const timeout = Duration.seconds(timeoutSeconds);
    super(scope, id, {
      key,
      alarms,
      dead,
      late,
      maxReceiveCount: MAX_RECEIVES,
      workerTimeout: timeout,
    });
    const worker = deliver({
      uses: usesOfEveryChannel(surroundings, this, suppressions),
      timeout,
    });
    this.workedBy(worker, rate.concurrency, batchSize);
  }
}

const usesOfEveryChannel = (
  { data: { tables }, ingestion }: ChannelSurroundings,
  { queue }: WorkedQueue,
  suppressions: NonNullable<DeliveryChannelProps['suppressions']>,
): DeliveryFunctionProps['uses'] => ({
  ORDERS_TABLE_NAME: useOfTable(tables.orders, 'GetItem'),
  CUSTOMERS_TABLE_NAME: useOfTable(tables.customers, 'GetItem'),
  PURCHASES_TABLE_NAME: useOfTable(tables.purchases, 'Query'),
  CATALOGUE_TABLE_NAME: useOfTable(tables.catalogue, 'BatchGetItem'),
  TOUCHES_TABLE_NAME: useOfTable(tables.touches, 'GetItem', 'UpdateItem'),
  SUPPRESSIONS_TABLE_NAME: useOfTable(tables.suppressions, ...suppressions),
  CONTACTS_TABLE_NAME: useOfTable(tables.contacts, 'GetItem', 'PutItem'),
  EVENT_BUS_NAME: publishingTo(ingestion.bus),
  QUEUE_URL: useOf(queue.queueUrl, [queue.queueArn], 'sqs:ChangeMessageVisibility'),
});

/** The share of the rate that each run keeps to. */
export const pacing = (rate: PacedBatchProps): Readonly<Record<'SENDS_PER_SECOND', Use>> => ({
  SENDS_PER_SECOND: { value: String(pacedBatch(rate).sendsPerSecond), grant: () => {} },
});

/** What short messages need for their links. */
export const shortLinkUses = ({
  data,
}: ChannelSurroundings): Readonly<Record<'LINKS_TABLE_NAME' | 'LINK_KEYS_SECRET_ARN', Use>> => ({
  LINKS_TABLE_NAME: useOfTable(data.tables.links, 'PutItem'),
  LINK_KEYS_SECRET_ARN: readingOf(data.linkKeys),
});
