import type { Cloud } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { Lake } from '../lake/lake.ts';
import type { Authorizer } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import type { Buckets } from './buckets.ts';
import { type DeliveryStream, readDeliveryStream } from './delivery-stream.ts';
import { isMisfit, rowsOf } from './lake-row.ts';
import { type Service, textOf } from './service.ts';

export interface FirehoseOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  readonly buckets: Buckets;
  readonly lake: Lake;
}

/** Firehose API reference, PutRecordBatch: before Base64. */
const MOST_RECORDS = 500;
const MOST_CALL_BYTES = 4 * 1024 * 1024;
const MOST_RECORD_BYTES = 1000 * 1024;

/** Problems that are kept of a stream: one of a kind is enough to look for it. */
const MOST_PROBLEMS = 5;

/** Rows that wait to be written together; the first decides the partition, as of an object on AWS. */
interface Buffered {
  readonly day: string;
  readonly rows: object[];
}

const FIREHOSE = 'firehose.amazonaws.com';

/** Delivery streams that turn records of JSON into rows of the lake. */
export class Firehose {
  readonly #options: FirehoseOptions;
  readonly #streams: ReadonlyMap<string, DeliveryStream>;
  readonly #buffers = new Map<DeliveryStream, Buffered>();
  readonly #problems = new Map<string, number>();
  #records = 0;

  /** @throws for a stream that is not modelled, naming it */
  constructor(options: FirehoseOptions) {
    this.#options = options;
    const { cloud, lake } = options;
    const streams = cloud
      .ofType('AWS::KinesisFirehose::DeliveryStream')
      .map((resource) => readDeliveryStream(resource, lake.catalog));
    this.#streams = new Map(streams.map((stream) => [stream.name, stream]));
  }

  /** Asks for what streams do by their roles. @throws {AwsError} AccessDeniedException */
  start(): void {
    for (const stream of this.#streams.values()) this.#assertRoles(stream);
  }

  readonly service: Service = async ({ principal, operation, input }) => {
    if (operation !== 'PutRecordBatch' && operation !== 'PutRecord')
      throw new AwsError('InvalidAction', `Firehose ${operation} is not modelled`);
    const stream = this.#find(textOf(input, 'DeliveryStreamName'));
    const action = `firehose:${operation}`;
    this.#options.authorizer.assert({ principal, action, resource: stream.arn });
    const records = recordsOf(operation === 'PutRecord' ? [input['Record']] : input['Records']);
    assertLimits(records);
    const answers = records.map((record) => this.#take(stream, record.toString('utf8')));
    return operation === 'PutRecord'
      ? answers[0]
      : { FailedPutCount: 0, Encrypted: false, RequestResponses: answers };
  };

  /** Writes what still waits in buffers, as Firehose would within minutes. */
  flush(): void {
    for (const [stream, buffered] of this.#buffers) this.#write(stream, buffered);
  }

  #find(name: string): DeliveryStream {
    const stream = this.#streams.get(name);
    if (stream !== undefined) return stream;
    throw new AwsError(
      'ResourceNotFoundException',
      `Firehose ${name} under account ${this.#options.cloud.account} not found.`,
    );
  }

  #take(stream: DeliveryStream, record: string): { readonly RecordId: string } {
    for (const row of rowsOf(record, stream.table))
      if (isMisfit(row)) this.#report(stream, row.because);
      else this.#buffer(stream, row);
    this.#records += 1;
    return { RecordId: `record-${this.#records}` };
  }

  #buffer(stream: DeliveryStream, row: object): void {
    const known = this.#buffers.get(stream);
    if (known !== undefined) {
      known.rows.push(row);
      return;
    }
    const { clock } = this.#options;
    const nowMs = clock.now();
    const buffered = { day: new Date(nowMs).toISOString().slice(0, 10), rows: [row] };
    this.#buffers.set(stream, buffered);
    clock.at(nowMs + stream.bufferSeconds * 1000, () => this.#write(stream, buffered));
  }

  #write(stream: DeliveryStream, buffered: Buffered): void {
    if (this.#buffers.get(stream) !== buffered) return;
    this.#buffers.delete(stream);
    for (const row of buffered.rows) this.#options.lake.add(stream.table, row, buffered.day);
  }

  /** Once each, and not more than a few of one stream. */
  #report({ name, table }: DeliveryStream, because: string): void {
    const { problems } = this.#options.lake;
    const problem = `lake: ${table.name}: ${because}`;
    const reported = this.#problems.get(name) ?? 0;
    if (reported >= MOST_PROBLEMS || problems.includes(problem)) return;
    this.#problems.set(name, reported + 1);
    problems.push(problem);
  }

  /**
   * Firehose developer guide, "Grant Firehose access to an Amazon S3 destination" and "… to AWS Glue for data
   * format conversion".
   */
  #assertRoles({ table, bucket, errorPrefix, writerRole, schemaRole, log }: DeliveryStream): void {
    const { authorizer, buckets, cloud, lake } = this.#options;
    for (const role of new Set([writerRole, schemaRole])) this.#assertTrust(role);
    const writer = { arn: writerRole };
    buckets.assertBucket(
      writer,
      bucket,
      'GetBucketLocation',
      'ListBucket',
      'ListBucketMultipartUploads',
    );
    for (const prefix of [table.prefix, errorPrefix])
      buckets.assertObject(
        writer,
        bucket,
        `${prefix}object`,
        'AbortMultipartUpload',
        'GetObject',
        'PutObject',
      );
    for (const action of ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'])
      for (const resource of [lake.catalog.arn, lake.catalog.database.arn, table.arn])
        authorizer.assert({ principal: { arn: schemaRole }, action, resource });
    if (log === undefined) return;
    const logs = `arn:aws:logs:${cloud.region}:${cloud.account}`;
    const resource = `${logs}:log-group:${log.group}:log-stream:${log.stream}`;
    authorizer.assert({ principal: writer, action: 'logs:PutLogEvents', resource });
  }

  #assertTrust(role: string): void {
    const { authorizer, cloud } = this.#options;
    const context = { 'aws:SourceAccount': cloud.account };
    if (authorizer.mayAssume({ service: FIREHOSE }, role, context)) return;
    throw new Error(`Firehose is unable to assume role ${role}: let ${FIREHOSE} take it on`);
  }
}

const recordsOf = (given: unknown): readonly Buffer[] =>
  (Array.isArray(given) ? given : []).map((record) =>
    Buffer.from(String(Object(record).Data), 'base64'),
  );

const assertLimits = (records: readonly Buffer[]): void => {
  if (records.length < 1 || records.length > MOST_RECORDS)
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'records' failed to satisfy constraint: got ${records.length} records, expected 1 to ${MOST_RECORDS}`,
    );
  const tooLong = records.find(({ byteLength }) => byteLength > MOST_RECORD_BYTES);
  if (tooLong !== undefined)
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'record.data' failed to satisfy constraint: got ${tooLong.byteLength} bytes, expected at most ${MOST_RECORD_BYTES}`,
    );
  const bytes = records.reduce((total, { byteLength }) => total + byteLength, 0);
  if (bytes > MOST_CALL_BYTES)
    throw new AwsError(
      'InvalidArgumentException',
      `Records size exceeds 4 MB limit: got ${bytes} bytes`,
    );
};
