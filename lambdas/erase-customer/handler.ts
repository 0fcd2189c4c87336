import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { dynamoPersonalRows } from '#core/adapters/dynamo-personal-rows.ts';
import { eventBridgePublisher } from '#core/adapters/eventbridge-publisher.ts';
import { personalRecords } from '#core/adapters/personal-records.ts';
import { schedulerStageScheduler } from '#core/adapters/scheduler-stage-scheduler.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { eraseCustomerContract, erasureAgain } from './contract.ts';
import { eraseAgain, eraseCustomer } from './erase-customer.ts';

const env = readEnv(eraseCustomerContract);
const logger = new Logger({ serviceName: eraseCustomerContract.name });
const scheduler = new SchedulerClient();
const publisher = eventBridgePublisher(new EventBridgeClient(), env.EVENT_BUS_NAME);
const records = personalRecords(
  dynamoPersonalRows(new DynamoDBClient(), {
    orders: env.ORDERS_TABLE_NAME,
    customers: env.CUSTOMERS_TABLE_NAME,
    purchases: env.PURCHASES_TABLE_NAME,
    touches: env.TOUCHES_TABLE_NAME,
    identities: env.IDENTITIES_TABLE_NAME,
    contacts: env.CONTACTS_TABLE_NAME,
    inbox: env.INBOX_TABLE_NAME,
    links: env.LINKS_TABLE_NAME,
    attributions: env.ATTRIBUTIONS_TABLE_NAME,
    pseudonyms: env.PSEUDONYMS_TABLE_NAME,
    scores: env.SCORES_TABLE_NAME,
    sessions: env.SESSIONS_TABLE_NAME,
    offerHistories: env.OFFER_HISTORIES_TABLE_NAME,
  }),
);

const fromBus = z.object({
  'detail-type': z.literal('ErasureDue'),
  detail: outgoingEvents.ErasureDue,
});

/** Called by the bus when somebody is to be forgotten, and by a schedule a day later. The log has counts alone. */
export const handler = async (event: unknown, context: Context): Promise<void> => {
  const again = erasureAgain.safeParse(event);
  if (again.success) {
    const { shop, requestId } = again.data;
    const erased = await eraseAgain({ records })(again.data);
    logger.info('customer erased again', { shop, requestId, erased });
    return;
  }
  const { detail } = fromBus.parse(event);
  const schedule = schedulerStageScheduler(scheduler, {
    groupName: env.SCHEDULE_GROUP_NAME,
    // Its own: as a variable of its environment, function and environment would need each other.
    functionArn: context.invokedFunctionArn,
    roleArn: env.SCHEDULER_ROLE_ARN,
    deadLetterQueueArn: env.NOT_ERASED_QUEUE_ARN,
  });
  const now = () => new Date();
  const erase = eraseCustomer({ records, schedule, publisher, digest: sha256Digest, now });
  const erased = await erase(detail);
  logger.info('customer erased', { shop: detail.shop, requestId: detail.requestId, erased });
};
