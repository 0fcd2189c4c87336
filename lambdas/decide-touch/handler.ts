import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { dynamoContactLog } from '#core/adapters/dynamo-contact-log.ts';
import { dynamoCustomers } from '#core/adapters/dynamo-customers.ts';
import { dynamoOrderLogs } from '#core/adapters/dynamo-order-logs.ts';
import { dynamoPurchases } from '#core/adapters/dynamo-purchases.ts';
import { dynamoSmsSpend } from '#core/adapters/dynamo-sms-spend.ts';
import { dynamoSuppressions } from '#core/adapters/dynamo-suppressions.ts';
import { dynamoTouchRecords } from '#core/adapters/dynamo-touch-records.ts';
import { eventBridgePublisher } from '#core/adapters/eventbridge-publisher.ts';
import { geoPlaceZones } from '#core/adapters/geo-place-zones.ts';
import { schedulerDecisionScheduler } from '#core/adapters/scheduler-decision-scheduler.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { sqsTouchQueue } from '#core/adapters/sqs-touch-queue.ts';
import { metrics as names } from '#core/contracts/metrics.ts';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import type { TouchDecision } from '#core/domain/contact-policy/decision.ts';
import { allChannels, type Channel } from '#core/domain/touches/touch.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { experiments, policy, shops } from '#core/runtime/shops.ts';
import { touches } from '#touches/registry.ts';
import { decideTouchContract, decisionDue, touchRequest } from './contract.ts';
import { decideAgain, decideTouch, type DecideTouchDeps, reviewContacts } from './decide-touch.ts';

const env = readEnv(decideTouchContract);
const logger = new Logger({ serviceName: decideTouchContract.name });
const metrics = new Metrics({ namespace: names.namespace, serviceName: decideTouchContract.name });
const dynamo = new DynamoDBClient();
const sqs = new SQSClient();
const scheduler = new SchedulerClient();

const queueUrls: Readonly<Record<Channel, string>> = {
  email: env.EMAIL_QUEUE_URL,
  sms: env.SMS_QUEUE_URL,
  push: env.PUSH_QUEUE_URL,
  inbox: env.INBOX_QUEUE_URL,
  insert: env.INSERT_QUEUE_URL,
  audience: env.AUDIENCE_QUEUE_URL,
};
const channels = allChannels.filter((channel) => queueUrls[channel] !== '');

const deps: Omit<DecideTouchDeps, 'schedule'> = {
  touches,
  shops,
  policy,
  experiments,
  channels,
  orders: dynamoOrderLogs(dynamo, env.ORDERS_TABLE_NAME),
  customers: dynamoCustomers(dynamo, env.CUSTOMERS_TABLE_NAME),
  purchases: dynamoPurchases(dynamo, env.PURCHASES_TABLE_NAME),
  records: dynamoTouchRecords(dynamo, env.TOUCHES_TABLE_NAME),
  suppressions: dynamoSuppressions(dynamo, env.SUPPRESSIONS_TABLE_NAME),
  log: dynamoContactLog(dynamo, env.CONTACTS_TABLE_NAME),
  placeZones: geoPlaceZones,
  smsBudget:
    env.SMS_MONTHLY_BUDGET === 0
      ? undefined
      : { spend: dynamoSmsSpend(dynamo, env.COUNTERS_TABLE_NAME), usd: env.SMS_MONTHLY_BUDGET },
  queues: Object.fromEntries(
    channels.map((channel) => [channel, sqsTouchQueue(sqs, queueUrls[channel])]),
  ),
  publisher: eventBridgePublisher(new EventBridgeClient(), env.EVENT_BUS_NAME),
  digest: sha256Digest,
  now: () => new Date(),
};

const fromBus = z.discriminatedUnion('detail-type', [
  z.object({ 'detail-type': z.literal('TouchReturned'), detail: outgoingEvents.TouchReturned }),
  z.object({
    'detail-type': z.literal('ContactReviewDue'),
    detail: outgoingEvents.ContactReviewDue,
  }),
]);

/**
 * Called by the journeys, once per touch; by schedules, when a held touch is due; and by the bus, when one was
 * given back or when something changed what may be sent to a customer.
 *
 * @returns to a journey, the kind of decision
 */
export const handler = async (
  event: unknown,
  context: Context,
): Promise<Pick<TouchDecision, 'kind'> | undefined> => {
  const schedule = schedulerDecisionScheduler(scheduler, {
    groupName: env.SCHEDULE_GROUP_NAME,
    // Its own: as a variable of its environment, function and environment would need each other.
    functionArn: context.invokedFunctionArn,
    roleArn: env.SCHEDULER_ROLE_ARN,
    deadLetterQueueArn: env.NOT_DECIDED_QUEUE_ARN,
  });
  const all = { ...deps, schedule };
  const asked = touchRequest.safeParse(event);
  if (!asked.success) return followUp(all, event);
  const { shop, orderId, touch } = asked.data;
  const decision = await decideTouch(all)(asked.data);
  logger.info('touch decided', { shop, orderId, touch, decision: decision.kind });
  count();
  return { kind: decision.kind };
};

const followUp = async (all: DecideTouchDeps, event: unknown): Promise<undefined> => {
  const due = decisionDue.safeParse(event);
  if (due.success) {
    const { shop, orderId, touchId } = due.data;
    const result = await decideAgain(all)(due.data);
    logger.info('held touch decided', { shop, orderId, touchId, result });
    count();
    return;
  }
  const told = fromBus.parse(event);
  if (told['detail-type'] === 'TouchReturned') {
    const { shop, orderId, touchId, turn, without } = told.detail;
    const again = { shop, orderId, touchId, turn: turn + 1, without };
    logger.info('returned touch decided', {
      shop,
      orderId,
      touchId,
      result: await decideAgain(all)(again),
    });
    count();
    return;
  }
  const { shop, customerId, because } = told.detail;
  const results = await reviewContacts(all)(shop, customerId);
  logger.info('held touches reviewed', { shop, because, results });
};

const count = (): void => {
  metrics.addMetric(names.touchesDecided, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
};
