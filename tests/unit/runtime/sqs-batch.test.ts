import { Logger } from '@aws-lambda-powertools/logger';
import type { LogItemExtraInput, LogItemMessage } from '@aws-lambda-powertools/logger/types';
import type { SQSRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { handleEach } from '#core/runtime/sqs-batch.ts';

const record = (messageId: string): SQSRecord => ({
  messageId,
  receiptHandle: 'handle',
  body: messageId,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: 'bus',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:queue',
  awsRegion: 'eu-central-1',
});

const batch = { Records: ['a', 'b', 'c'].map(record) };

/** Keeps the errors instead of printing them. */
class KeepingLogger extends Logger {
  readonly errors: unknown[] = [];

  override error(message: LogItemMessage, ...extra: LogItemExtraInput): void {
    this.errors.push([message, ...extra]);
  }
}

const quiet = () => new KeepingLogger();

test('the messages that fail come again, the others do not', async () => {
  const handle = handleEach(quiet(), async ({ body }) => {
    if (body === 'b') throw new Error('no');
  });

  expect(await handle(batch)).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] });
});

test('the messages are handled one after the other, in their order', async () => {
  const log: string[] = [];

  await handleEach(quiet(), async ({ body }) => {
    log.push(`begin ${body}`);
    await new Promise((resolve) => setTimeout(resolve, body === 'a' ? 10 : 0));
    log.push(`end ${body}`);
  })(batch);

  expect(log).toEqual(['begin a', 'end a', 'begin b', 'end b', 'begin c', 'end c']);
});

test('a failure is logged by the message’s id and the error, without the message itself', async () => {
  const logger = quiet();

  await handleEach(logger, async () => {
    throw new TypeError('the table is away');
  })({ Records: [{ ...record('a'), body: 'mia@mail.example' }] });

  expect(logger.errors).toEqual([
    [
      'message failed and will come again',
      { messageId: 'a', errorName: 'TypeError', error: 'the table is away' },
    ],
  ]);
});
