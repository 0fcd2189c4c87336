import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { dynamoCatalogue } from '../adapters/dynamo-catalogue.ts';
import { dynamoContactLog } from '../adapters/dynamo-contact-log.ts';
import { dynamoCustomers } from '../adapters/dynamo-customers.ts';
import { dynamoOrderLogs } from '../adapters/dynamo-order-logs.ts';
import { dynamoPurchases } from '../adapters/dynamo-purchases.ts';
import { dynamoSuppressions } from '../adapters/dynamo-suppressions.ts';
import { dynamoTouchRecords } from '../adapters/dynamo-touch-records.ts';
import { eventBridgePublisher } from '../adapters/eventbridge-publisher.ts';
import type { DeliveryEnv } from '../contracts/delivery-env.ts';
import { metrics as names } from '../contracts/metrics.ts';
import { touchRef } from '../contracts/touch-ref.ts';
import { type Delivered, deliverTouch, type DeliverTouchDeps } from '../delivery/deliver-touch.ts';
import type { Channel, Touch } from '../domain/touches/touch.ts';
import type { Pace } from '../ports/pace.ts';
import { sqsBackOff } from './back-off.ts';
import { paceOf } from './pace.ts';
import { experiments, policy, shops } from './shops.ts';
import { handleEach } from './sqs-batch.ts';

export interface DeliverySettings {
  /** The function's. */
  readonly name: string;
  readonly channel: Channel;
  readonly env: DeliveryEnv;
  readonly touches: Readonly<Record<string, Touch>>;
}

/** Fifteen minutes of back-off have passed by then: 30 + 60 + 120 + 240 + 480 seconds after the first failure. */
const STUCK_AFTER = 6;

const metricOf: Partial<Record<Delivered, string>> = {
  sent: names.messagesSent,
  refused: names.messagesRefused,
  'in-doubt': names.messagesInDoubt,
};

/** What the functions that work off a channel's queue have in common; made at cold start. */
export const openDelivery = ({ name, channel, env, touches }: DeliverySettings) => {
  const logger = new Logger({ serviceName: name });
  const metrics = new Metrics({ namespace: names.namespace, serviceName: name });
  const dynamo = new DynamoDBClient();
  const events = new EventBridgeClient();
  const publisher = eventBridgePublisher(events, env.EVENT_BUS_NAME);
  const now = () => new Date();
  const count = (metric: string, value = 1): void => {
    metrics.addMetric(metric, MetricUnit.Count, value);
    metrics.publishStoredMetrics();
  };

  /** The function, by how it writes and sends a touch. */
  const handlerOf = (prepare: DeliverTouchDeps['prepare']) => {
    const deliver = deliverTouch({
      channel,
      touches,
      shops,
      policy,
      experiments,
      orders: dynamoOrderLogs(dynamo, env.ORDERS_TABLE_NAME),
      customers: dynamoCustomers(dynamo, env.CUSTOMERS_TABLE_NAME),
      purchases: dynamoPurchases(dynamo, env.PURCHASES_TABLE_NAME),
      catalogue: dynamoCatalogue(dynamo, env.CATALOGUE_TABLE_NAME),
      records: dynamoTouchRecords(dynamo, env.TOUCHES_TABLE_NAME),
      suppressions: dynamoSuppressions(dynamo, env.SUPPRESSIONS_TABLE_NAME),
      log: dynamoContactLog(dynamo, env.CONTACTS_TABLE_NAME),
      prepare,
      publisher,
      now,
    });
    const handle = async (body: string): Promise<void> => {
      const ref = touchRef.parse(JSON.parse(body));
      const result = await deliver(ref);
      logger.info('touch delivered', { ...ref, channel, result });
      const metric = metricOf[result];
      if (metric !== undefined) count(metric);
    };
    return handleEach(logger, ({ body }) => handle(body), {
      backOff: sqsBackOff(new SQSClient(), env.QUEUE_URL, Math.random),
      onFailure: (failures) => {
        if (failures >= STUCK_AFTER) count(names.messagesStuck);
      },
    });
  };
  return { logger, count, dynamo, events, publisher, now, handlerOf };
};

/** @param perSecond the sandbox's share of the account's rate */
export const realPace = (perSecond: number): Pace =>
  paceOf({ perSecond, sleep: (ms) => sleep(ms), nowMs: () => Date.now() });
