import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { receivesOf } from './sqs-batch.ts';

const FIRST_SECONDS = 30;
const MOST_SECONDS = 15 * 60;

/** Messages that failed together do not come together: each up to a tenth earlier. */
const JITTER = 0.1;

/**
 * How long a message waits after it failed: 30 seconds, then twice as long each time, 15 minutes at most. Sixty
 * tries have 59 waits between them: 30 + 60 + 120 + 240 + 480 + 54 · 900 = 49,530 seconds or 13.8 hours, and 12.4
 * at the least with the jitter.
 *
 * @param receives how often the message has been given out, from 1
 * @param draw from 0 up to 1
 */
export const backOffSeconds = (receives: number, draw: number): number => {
  const seconds = Math.min(FIRST_SECONDS * 2 ** (Math.max(receives, 1) - 1), MOST_SECONDS);
  return Math.round(seconds * (1 - JITTER * draw));
};

/** Keeps a message back in its queue by its visibility. */
export const sqsBackOff =
  (client: SQSClient, QueueUrl: string, draw: () => number) =>
  async (record: SQSRecord): Promise<void> => {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: record.receiptHandle,
        VisibilityTimeout: backOffSeconds(receivesOf(record), draw()),
      }),
    );
  };
