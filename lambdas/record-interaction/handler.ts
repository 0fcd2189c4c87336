import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoOfferCounts } from '#core/adapters/dynamo-offer-counts.ts';
import { dynamoOfferHistories } from '#core/adapters/dynamo-offer-histories.ts';
import { dynamoSessions } from '#core/adapters/dynamo-sessions.ts';
import { eventBridgeToldEvents } from '#core/adapters/eventbridge-told-events.ts';
import { joseLinkSigner } from '#core/adapters/jose-link-signer.ts';
import { joseSessionTokens } from '#core/adapters/jose-session-tokens.ts';
import { schedulerStageScheduler } from '#core/adapters/scheduler-stage-scheduler.ts';
import { secretsManagerLinkKeys } from '#core/adapters/secrets-manager-link-keys.ts';
import { metrics as names } from '#core/contracts/metrics.ts';
import { guarded } from '#core/http/guarded.ts';
import { publicLimit } from '#core/runtime/public-limit.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { shops } from '#core/runtime/shops.ts';
import { recordInteractionContract } from './contract.ts';
import { recordInteraction } from './record-interaction.ts';

const { name: serviceName } = recordInteractionContract;
const env = readEnv(recordInteractionContract);
const logger = new Logger({ serviceName });
const metrics = new Metrics({ namespace: names.namespace, serviceName });
const dynamo = new DynamoDBClient();
const now = () => new Date();
const keys = secretsManagerLinkKeys(new SecretsManagerClient(), env.LINK_KEYS_SECRET_ARN, now);

const report = (what: string, error: unknown): void =>
  logger.error(what, {
    errorName: error instanceof Error ? error.name : 'unknown',
    error: error instanceof Error ? error.message : String(error),
  });

const record = recordInteraction({
  shops,
  sessions: dynamoSessions(dynamo, env.SESSIONS_TABLE_NAME),
  counts: dynamoOfferCounts(dynamo, env.OFFER_COUNTS_TABLE_NAME),
  histories: dynamoOfferHistories(dynamo, env.OFFER_HISTORIES_TABLE_NAME),
  sessionTokens: joseSessionTokens(keys),
  links: joseLinkSigner(keys),
  schedule: schedulerStageScheduler(new SchedulerClient(), {
    groupName: env.SCHEDULE_GROUP_NAME,
    functionArn: env.EXPIRE_ACCEPTANCE_FUNCTION_ARN,
    roleArn: env.SCHEDULER_ROLE_ARN,
    deadLetterQueueArn: env.NOT_EXPIRED_QUEUE_ARN,
  }),
  told: eventBridgeToldEvents(new EventBridgeClient(), env.EVENT_BUS_NAME),
  now,
  report,
  countAccepts: (accepts) => {
    metrics.addMetric(names.offersAccepted, MetricUnit.Count, accepts);
    metrics.publishStoredMetrics();
  },
});

/** Called by the HTTP API for what customers do on a confirmation page. */
export const handler = guarded({
  realm: 'session',
  limit: publicLimit(),
  answer: async (request) => {
    const answer = await record(request);
    logger.info('interaction told', { status: answer.status });
    return answer;
  },
  report: (error) => report('an interaction could not be recorded', error),
});
