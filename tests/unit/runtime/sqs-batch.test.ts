import { Logger } from '@aws-lambda-powertools/logger';
import type { LogItemExtraInput, LogItemMessage } from '@aws-lambda-powertools/logger/types';
import { describe, expect, test } from 'vitest';
import { handleEach } from '#core/runtime/sqs-batch.ts';
import { sqsRecord } from './sqs-record.ts';

const batch = { Records: ['a', 'b', 'c'].map((id) => sqsRecord(id)) };

/** Keeps the errors instead of printing them. */
class KeepingLogger extends Logger {
  readonly errors: unknown[] = [];
  readonly warnings: unknown[] = [];

  override error(message: LogItemMessage, ...extra: LogItemExtraInput): void {
    this.errors.push([message, ...extra]);
  }

  override warn(message: LogItemMessage, ...extra: LogItemExtraInput): void {
    this.warnings.push([message, ...extra]);
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
  })({ Records: [{ ...sqsRecord('a'), body: 'mia@mail.example' }] });

  expect(logger.errors).toEqual([
    [
      'message failed and will come again',
      { messageId: 'a', errorName: 'TypeError', error: 'the table is away' },
    ],
  ]);
});

describe('a message that fails', () => {
  const failing = async ({ body }: { readonly body: string }) => {
    if (body !== 'a') throw new Error('no');
  };

  test('is kept back, the others are not', async () => {
    const keptBack: string[] = [];
    const backOff = async ({ messageId }: { readonly messageId: string }) => {
      keptBack.push(messageId);
    };

    await handleEach(quiet(), failing, { backOff })(batch);

    expect(keptBack).toEqual(['b', 'c']);
  });

  test('comes again though it could not be kept back, which is logged', async () => {
    const logger = quiet();
    const backOff = () => Promise.reject(new Error('the queue is away'));

    const answer = await handleEach(logger, failing, { backOff })(batch);

    expect(answer.batchItemFailures).toHaveLength(2);
    expect(logger.warnings).toMatchObject([
      ['a message that failed could not be kept back', { error: 'the queue is away' }],
      ['a message that failed could not be kept back', { messageId: 'c' }],
    ]);
  });

  test('is told of with how often it has', async () => {
    const failures: number[] = [];
    const Records = [sqsRecord('a', 9), sqsRecord('b', 1), sqsRecord('c', 6)];

    await handleEach(quiet(), failing, { onFailure: (count) => failures.push(count) })({ Records });

    expect(failures).toEqual([1, 6]);
  });
});
