import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dynamoPseudonyms } from '#core/adapters/dynamo-pseudonyms.ts';
import { firehoseFactStreams } from '#core/adapters/firehose-fact-streams.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { shops } from '#core/runtime/shops.ts';
import { recordFactsContract } from './contract.ts';
import { recordFacts } from './record-facts.ts';

const env = readEnv(recordFactsContract);
const logger = new Logger({ serviceName: recordFactsContract.name });

const record = recordFacts({
  pseudonyms: dynamoPseudonyms(new DynamoDBClient(), env.PSEUDONYMS_TABLE_NAME, randomUUID),
  streams: firehoseFactStreams(new FirehoseClient(), {
    order_lines: env.ORDER_LINES_STREAM_NAME,
    order_events: env.ORDER_EVENTS_STREAM_NAME,
    touches: env.TOUCHES_STREAM_NAME,
    message_events: env.MESSAGE_EVENTS_STREAM_NAME,
    sessions: env.SESSIONS_STREAM_NAME,
    impressions: env.IMPRESSIONS_STREAM_NAME,
    ledger_entries: env.LEDGER_ENTRIES_STREAM_NAME,
    service_signals: env.SERVICE_SIGNALS_STREAM_NAME,
    exposures: env.EXPOSURES_STREAM_NAME,
    customer_links: env.CUSTOMER_LINKS_STREAM_NAME,
  }),
  shops: Object.keys(shops),
});

/** Called with batches of the facts queue. When the streams do not answer, the whole batch comes again. */
export const handler = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const { rows, failed } = await record(
    Records.map(({ messageId, body }) => ({ id: messageId, body })),
  );
  logger.info('facts recorded', { messages: Records.length, rows, failed: failed.length });
  for (const { id, because } of failed)
    logger.error('a message of ours could not be read and will come again', {
      messageId: id,
      error: because,
    });
  return { batchItemFailures: failed.map(({ id }) => ({ itemIdentifier: id })) };
};
