import { type FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { type AnyFact, type FactName, factSchema } from '../contracts/facts.ts';
import type { FactStreams } from '../ports/fact-streams.ts';

/** Firehose API reference, PutRecordBatch: at most 500 records and 4 MiB a call. */
const MOST_RECORDS = 500;
const MOST_BYTES = 4 * 1024 * 1024;

/** One delivery stream a fact. */
export const firehoseFactStreams = (
  client: FirehoseClient,
  streams: Readonly<Record<FactName, string>>,
): FactStreams => ({
  put: async (facts) => {
    for (const [name, rows] of Map.groupBy(facts, ({ fact }) => fact))
      for (const Records of batchesOf(rows.map(recordOf))) {
        const DeliveryStreamName = streams[name];
        const answer = await client.send(
          new PutRecordBatchCommand({ DeliveryStreamName, Records }),
        );
        const [refused] = (answer.RequestResponses ?? []).filter(({ ErrorCode }) => ErrorCode);
        if (refused !== undefined)
          throw new Error(
            `${answer.FailedPutCount} of ${Records.length} rows of ${name} were not taken: ${refused.ErrorCode} ${refused.ErrorMessage}`,
          );
      }
  },
});

interface StreamRecord {
  readonly Data: Uint8Array;
}

/** What the table would not take is an error of ours; Firehose itself drops a column that it does not know. */
const recordOf = ({ fact, row }: AnyFact): StreamRecord => ({
  Data: Buffer.from(`${JSON.stringify(factSchema(fact).parse(row))}\n`),
});

function* batchesOf(records: readonly StreamRecord[]): Generator<StreamRecord[]> {
  let batch: StreamRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    if (batch.length === MOST_RECORDS || bytes + record.Data.byteLength > MOST_BYTES) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += record.Data.byteLength;
  }
  if (batch.length > 0) yield batch;
}
