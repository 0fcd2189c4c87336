import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { dynamoCustomers } from '#core/adapters/dynamo-customers.ts';
import { dynamoOrderLogs } from '#core/adapters/dynamo-order-logs.ts';
import { dynamoPurchases } from '#core/adapters/dynamo-purchases.ts';
import { dynamoTouchRecords } from '#core/adapters/dynamo-touch-records.ts';
import { eventBridgePublisher } from '#core/adapters/eventbridge-publisher.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { sqsTouchQueue } from '#core/adapters/sqs-touch-queue.ts';
import { metrics as names } from '#core/contracts/metrics.ts';
import type { TouchDecision } from '#core/domain/contact-policy/decision.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { shops } from '#core/runtime/shops.ts';
import { touches } from '#touches/registry.ts';
import { decideTouchContract, touchRequest } from './contract.ts';
import { decideTouch } from './decide-touch.ts';

const env = readEnv(decideTouchContract);
const logger = new Logger({ serviceName: decideTouchContract.name });
const metrics = new Metrics({ namespace: names.namespace, serviceName: decideTouchContract.name });
const dynamo = new DynamoDBClient();
const sqs = new SQSClient();

const decide = decideTouch({
  touches,
  orders: dynamoOrderLogs(dynamo, env.ORDERS_TABLE_NAME),
  customers: dynamoCustomers(dynamo, env.CUSTOMERS_TABLE_NAME),
  records: dynamoTouchRecords(dynamo, env.TOUCHES_TABLE_NAME),
  purchases: dynamoPurchases(dynamo, env.PURCHASES_TABLE_NAME),
  queues: {
    email: sqsTouchQueue(sqs, env.EMAIL_QUEUE_URL),
    insert: sqsTouchQueue(sqs, env.INSERT_QUEUE_URL),
  },
  shops,
  publisher: eventBridgePublisher(new EventBridgeClient(), env.EVENT_BUS_NAME),
  digest: sha256Digest,
  now: () => new Date(),
});

/** Called by the journeys, once per touch. */
export const handler = async (event: unknown): Promise<Pick<TouchDecision, 'kind'>> => {
  const request = touchRequest.parse(event);
  const decision = await decide(request);
  const { shop, orderId, touch } = request;
  logger.info('touch decided', { shop, orderId, touch, decision: decision.kind });
  metrics.addMetric(names.touchesDecided, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
  return { kind: decision.kind };
};
