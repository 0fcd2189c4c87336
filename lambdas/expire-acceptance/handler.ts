import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { dynamoSessions } from '#core/adapters/dynamo-sessions.ts';
import { eventBridgePublisher } from '#core/adapters/eventbridge-publisher.ts';
import { metrics as names } from '#core/contracts/metrics.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { acceptanceDue, expireAcceptanceContract } from './contract.ts';
import { expireAcceptance } from './expire-acceptance.ts';

const { name: serviceName } = expireAcceptanceContract;
const env = readEnv(expireAcceptanceContract);
const logger = new Logger({ serviceName });
const metrics = new Metrics({ namespace: names.namespace, serviceName });

const expire = expireAcceptance({
  sessions: dynamoSessions(new DynamoDBClient(), env.SESSIONS_TABLE_NAME),
  publisher: eventBridgePublisher(new EventBridgeClient(), env.EVENT_BUS_NAME),
  now: () => new Date(),
});

/** Called by the schedule of an accepted offer, once its time is over. */
export const handler = async (event: unknown): Promise<void> => {
  const due = acceptanceDue.parse(event);
  const result = await expire(due);
  logger.info('acceptance is over', { ...due, result });
  if (result !== 'expired') return;
  metrics.addMetric(names.acceptancesExpired, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
};
