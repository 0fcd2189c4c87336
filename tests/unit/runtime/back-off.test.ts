import { SQSClient } from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backOffSeconds, sqsBackOff } from '#core/runtime/back-off.ts';
import { awsAnswer, fakeAws } from '#tests/fakes/fake-aws.ts';
import { sqsRecord } from './sqs-record.ts';

describe('how long a message waits after it failed', () => {
  test('doubles from half a minute to a quarter of an hour', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 60].map((receives) => backOffSeconds(receives, 0));

    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
  });

  test('is up to a tenth less, by the draw', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (receives, draw) => {
          const most = backOffSeconds(receives, 0);
          const seconds = backOffSeconds(receives, draw);
          expect(seconds).toBeLessThanOrEqual(most);
          expect(seconds).toBeGreaterThanOrEqual(Math.round(most * 0.9));
        },
      ),
    );
  });

  test('is more than half a day in all of sixty tries, whatever is drawn', () => {
    const least = Array.from({ length: 59 }, (_, index) => backOffSeconds(index + 1, 0.999));

    expect(least.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThan(12 * 3600);
  });
});

test('a message is kept back in its own queue, by its own receipt', async () => {
  const { calls, config } = fakeAws(() => awsAnswer({}));
  const backOff = sqsBackOff(
    new SQSClient(config),
    'https://sqs.eu-central-1.amazonaws.com/123456789012/sms',
    () => 0,
  );

  await backOff(sqsRecord('a', 3));

  expect(calls).toEqual([
    {
      operation: 'ChangeMessageVisibility',
      input: {
        QueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/sms',
        ReceiptHandle: 'handle of a',
        VisibilityTimeout: 120,
      },
    },
  ]);
});
