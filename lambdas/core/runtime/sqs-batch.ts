import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Logger } from '@aws-lambda-powertools/logger';

/**
 * Handles a batch one message after the other, so that messages of one order do not get in each
 * other's way. Those that fail are reported back one by one and come again; the others do not.
 */
export const handleEach =
  (logger: Logger, handle: (record: SQSRecord) => Promise<unknown>) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const record of Records) {
      try {
        await handle(record);
      } catch (error) {
        logger.error('message failed and will come again', {
          messageId: record.messageId,
          errorName: error instanceof Error ? error.name : 'unknown',
          error: error instanceof Error ? error.message : String(error),
        });
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures };
  };
