import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Logger } from '@aws-lambda-powertools/logger';

export interface BatchOptions {
  /** Keeps a message that failed back for a while. @default it comes when its visibility ends */
  readonly backOff?: ((record: SQSRecord) => Promise<void>) | undefined;
  /** Told how often a message has failed by now. */
  readonly onFailure?: ((failures: number) => void) | undefined;
}

/**
 * Handles a batch one message after the other, so that messages of one order do not get in each
 * other's way. Those that fail are reported back one by one and come again; the others do not.
 */
export const handleEach =
  (logger: Logger, handle: (record: SQSRecord) => Promise<unknown>, options: BatchOptions = {}) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const record of Records) {
      try {
        await handle(record);
      } catch (error) {
        logger.error('message failed and will come again', described(record, error));
        batchItemFailures.push({ itemIdentifier: record.messageId });
        options.onFailure?.(receivesOf(record));
        await backOff(logger, record, options);
      }
    }
    return { batchItemFailures };
  };

/** How often the queue has given the message out, this time included. */
export const receivesOf = ({ attributes }: Pick<SQSRecord, 'attributes'>): number =>
  Number(attributes.ApproximateReceiveCount);

/** One that cannot be kept back comes again too, when its visibility ends. */
const backOff = async (
  logger: Logger,
  record: SQSRecord,
  { backOff: keepBack }: BatchOptions,
): Promise<void> => {
  try {
    await keepBack?.(record);
  } catch (error) {
    logger.warn('a message that failed could not be kept back', described(record, error));
  }
};

const described = ({ messageId }: SQSRecord, error: unknown) => ({
  messageId,
  errorName: error instanceof Error ? error.name : 'unknown',
  error: error instanceof Error ? error.message : String(error),
});
