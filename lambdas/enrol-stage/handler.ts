import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { dynamoAffinity } from '#core/adapters/dynamo-affinity.ts';
import { dynamoCatalogue } from '#core/adapters/dynamo-catalogue.ts';
import { dynamoCustomers } from '#core/adapters/dynamo-customers.ts';
import { dynamoOrderLogs } from '#core/adapters/dynamo-order-logs.ts';
import { dynamoKnownPseudonyms } from '#core/adapters/dynamo-pseudonyms.ts';
import { dynamoPurchases } from '#core/adapters/dynamo-purchases.ts';
import { dynamoScores } from '#core/adapters/dynamo-scores.ts';
import { eventBridgePublisher } from '#core/adapters/eventbridge-publisher.ts';
import { schedulerStageScheduler } from '#core/adapters/scheduler-stage-scheduler.ts';
import { sha256Hex } from '#core/adapters/sha256-digest.ts';
import { stepFunctionsStarter } from '#core/adapters/step-functions-journeys.ts';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { shops } from '#core/runtime/shops.ts';
import { enrolStageContract, stageDue } from './contract.ts';
import {
  enrolAccepted,
  enrolDue,
  type Enrolled,
  enrolNext,
  enrolNotice,
  type EnrolStageDeps,
} from './enrol-stage.ts';

const env = readEnv(enrolStageContract);
const logger = new Logger({ serviceName: enrolStageContract.name });
const dynamo = new DynamoDBClient();
const scheduler = new SchedulerClient();
const starting = (stateMachineArn: string) => stepFunctionsStarter(sfn, stateMachineArn);
const sfn = new SFNClient();

const deps: Omit<EnrolStageDeps, 'schedule'> = {
  orders: dynamoOrderLogs(dynamo, env.ORDERS_TABLE_NAME),
  customers: dynamoCustomers(dynamo, env.CUSTOMERS_TABLE_NAME),
  purchases: dynamoPurchases(dynamo, env.PURCHASES_TABLE_NAME),
  catalogue: dynamoCatalogue(dynamo, env.CATALOGUE_TABLE_NAME),
  affinity: dynamoAffinity(dynamo, env.AFFINITY_TABLE_NAME),
  scores: dynamoScores(
    dynamo,
    env.SCORES_TABLE_NAME,
    dynamoKnownPseudonyms(dynamo, env.PSEUDONYMS_TABLE_NAME),
  ),
  publisher: eventBridgePublisher(new EventBridgeClient(), env.EVENT_BUS_NAME),
  start: {
    fulfilment: starting(env.FULFILMENT_STATE_MACHINE_ARN),
    onboarding: starting(env.ONBOARDING_STATE_MACHINE_ARN),
    advocacy: starting(env.ADVOCACY_STATE_MACHINE_ARN),
    repurchase: starting(env.REPURCHASE_STATE_MACHINE_ARN),
    notice: starting(env.NOTICE_STATE_MACHINE_ARN),
    support: starting(env.SUPPORT_STATE_MACHINE_ARN),
  },
  shops,
  hash: sha256Hex,
  now: () => new Date(),
};

const fromBus = z.discriminatedUnion('detail-type', [
  z.object({ 'detail-type': z.literal('OrderAccepted'), detail: outgoingEvents.OrderAccepted }),
  z.object({ 'detail-type': z.literal('StageCompleted'), detail: outgoingEvents.StageCompleted }),
  z.object({ 'detail-type': z.literal('NoticeDue'), detail: outgoingEvents.NoticeDue }),
]);

const enrol = (all: EnrolStageDeps, event: z.output<typeof fromBus>): Promise<Enrolled> => {
  switch (event['detail-type']) {
    case 'OrderAccepted':
      return enrolAccepted(all)(event.detail);
    case 'StageCompleted':
      return enrolNext(all)(event.detail);
    case 'NoticeDue':
      return enrolNotice(all)(event.detail);
  }
};

/** Called by the bus for accepted orders, ended stages and notices, and by schedules. */
export const handler = async (event: unknown, context: Context): Promise<void> => {
  const schedule = schedulerStageScheduler(scheduler, {
    groupName: env.SCHEDULE_GROUP_NAME,
    // Its own: as a variable of its environment, function and environment would need each other.
    functionArn: context.invokedFunctionArn,
    roleArn: env.SCHEDULER_ROLE_ARN,
    deadLetterQueueArn: env.NOT_ENROLLED_QUEUE_ARN,
  });
  const all = { ...deps, schedule };
  const due = stageDue.safeParse(event);
  const { shop, orderId } = due.success ? due.data : fromBus.parse(event).detail;
  const result = due.success
    ? await enrolDue(all)(due.data)
    : await enrol(all, fromBus.parse(event));
  logger.info('order enrolled', { shop, orderId, result });
};
