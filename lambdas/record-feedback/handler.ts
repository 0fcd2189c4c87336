import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { dynamoChargedTexts } from '#core/adapters/dynamo-charged-texts.ts';
import { dynamoSmsSpend } from '#core/adapters/dynamo-sms-spend.ts';
import { dynamoSuppressions } from '#core/adapters/dynamo-suppressions.ts';
import { dynamoTouchRecords } from '#core/adapters/dynamo-touch-records.ts';
import { eventBridgePublisher } from '#core/adapters/eventbridge-publisher.ts';
import { hmacIdentityHash } from '#core/adapters/hmac-identity-hash.ts';
import { providerFeedback } from '#core/adapters/provider-feedback.ts';
import { secretsManagerIdentityKey } from '#core/adapters/secrets-manager-identity-key.ts';
import { sqsParkedEvents } from '#core/adapters/sqs-parked-events.ts';
import { metrics as names } from '#core/contracts/metrics.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { shops } from '#core/runtime/shops.ts';
import { handleEach } from '#core/runtime/sqs-batch.ts';
import { recordFeedbackContract } from './contract.ts';
import { recordFeedback, type Recorded } from './record-feedback.ts';

const env = readEnv(recordFeedbackContract);
const serviceName = recordFeedbackContract.name;
const logger = new Logger({ serviceName });
const metrics = new Metrics({ namespace: names.namespace, serviceName });
const dynamo = new DynamoDBClient();

const record = recordFeedback({
  read: providerFeedback,
  records: dynamoTouchRecords(dynamo, env.TOUCHES_TABLE_NAME),
  charged: dynamoChargedTexts(dynamo, env.TOUCHES_TABLE_NAME),
  suppressions: dynamoSuppressions(dynamo, env.SUPPRESSIONS_TABLE_NAME),
  spend: dynamoSmsSpend(dynamo, env.COUNTERS_TABLE_NAME),
  hashAddress: hmacIdentityHash(
    secretsManagerIdentityKey(new SecretsManagerClient(), env.IDENTITY_KEY_SECRET_ARN),
  ),
  publisher: eventBridgePublisher(new EventBridgeClient(), env.EVENT_BUS_NAME),
  parked: sqsParkedEvents(new SQSClient(), env.PARKED_FEEDBACK_QUEUE_URL),
  shops: Object.keys(shops),
});

const countOf = {
  delivered: names.messagesDelivered,
  bounced: names.messagesBounced,
  complained: names.messagesComplained,
};

const count = (name: string): void => {
  metrics.addMetric(name, MetricUnit.Count, 1);
};

const note = (result: Recorded, messageId: string): void => {
  switch (result.kind) {
    case 'message': {
      const { feedback, isFirst, isKnownTouch, spent } = result;
      const { ref, channel, fate } = feedback;
      logger.info('feedback recorded', { ...ref, channel, ...fate, isFirst, isKnownTouch });
      if (isFirst && fate.kind !== 'underway') count(countOf[fate.kind]);
      if (spent !== undefined) metrics.addMetric(names.smsSpendUsd, MetricUnit.NoUnit, spent.usd);
      return;
    }
    case 'text':
      logger.info('text of a customer', { messageId, asks: result.asks });
      if (result.asks === 'other') count(names.textsUnread);
      return;
    case 'ignored':
      logger.info('feedback ignored', { messageId, what: result.what });
      count(names.feedbackIgnored);
      return;
    case 'parked':
      logger.warn('feedback parked', { messageId, reason: result.reason, problem: result.problem });
      count(names.feedbackParked);
  }
};

/** Called with batches of the feedback queue. */
export const handler = handleEach(logger, async (message: SQSRecord) => {
  const { body, messageId, attributes } = message;
  const receivedAt = new Date(Number(attributes.SentTimestamp)).toISOString();
  note(await record({ body, receivedAt }), messageId);
  metrics.publishStoredMetrics();
});
