import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LakeDatabase } from '#rehearsal/lake/duckdb.ts';
import { answer, dataOf, LAKE, stage, streamGrants, streamOf } from './lake-stage.ts';
import { awsErrorOf, roleOf } from './stage.ts';

const DAY_MINUTES = 24 * 60;

/** The Parquet files that were written, and what they hold. */
const written = async (stateDir: string) => {
  const files = globSync('lake/**/*.parquet', { cwd: stateDir }).toSorted();
  const lake = await LakeDatabase.open();
  const { rows } = await lake.query(
    `SELECT * FROM read_parquet('${join(stateDir, 'lake')}/*/*/*.parquet') ORDER BY order_id`,
  );
  lake.close();
  return { files, rows };
};

describe('a delivery stream', () => {
  test('writes rows as Parquet into the partition of the day on which they came', async () => {
    const { put, pass, lake, stateDir } = stage();

    await put(answer);
    await pass(DAY_MINUTES);
    await put({ order_id: 'A-2', score: null });
    await lake.write();

    const { files, rows } = await written(stateDir);
    expect(files).toEqual([
      'lake/answers/dt=2026-03-02/part-0.parquet',
      'lake/answers/dt=2026-03-03/part-0.parquet',
    ]);
    expect(rows).toEqual([
      { ...answer, occurred_at: '2026-03-02T07:59:59.500Z', dt: '2026-03-02' },
      {
        order_id: 'A-2',
        score: null,
        amount_minor: null,
        weight: null,
        is_first: null,
        occurred_at: null,
        dt: '2026-03-03',
      },
    ]);
  });

  test('keeps rows for as long as its buffer says, and gives them the day of the first', async () => {
    const { put, pass, lake, stateDir } = stage();
    await pass(DAY_MINUTES - 8 * 60 - 2);

    await put(answer);
    await pass(4);
    await put({ ...answer, order_id: 'A-2' });
    const whileWaiting = lake.rows.get('answers') ?? 0;
    await pass(1);
    const afterwards = lake.rows.get('answers');
    await lake.write();

    expect([whileWaiting, afterwards]).toEqual([0, 2]);
    const { rows } = await written(stateDir);
    expect(rows.map(({ dt }) => dt)).toEqual(['2026-03-02', '2026-03-02']);
  });

  test('may be written again after more rows, with all of them', async () => {
    const { put, lake, stateDir } = stage();

    await put(answer);
    await lake.write();
    await put({ ...answer, order_id: 'A-2' });
    await lake.write();

    expect((await written(stateDir)).rows).toHaveLength(2);
  });

  test('leaves nothing but Parquet when it stops, and nothing at all without rows', async () => {
    const { put, lake, stateDir } = stage();
    const idle = stage();

    await put(answer);
    await lake.write();
    await lake.stop();
    await idle.lake.write();

    expect(globSync('lake/.*', { cwd: stateDir })).toEqual([]);
    expect(existsSync(join(idle.stateDir, 'lake'))).toBe(false);
  });

  test('takes many rows without keeping them', async () => {
    const { put, lake, stateDir } = stage();
    const rows = Array.from({ length: 500 }, (_, n) => ({ ...answer, order_id: `A-${n}` }));

    for (let batch = 0; batch < 5; batch++) await put(...rows);
    await lake.write();

    expect((await written(stateDir)).rows).toHaveLength(2500);
  });

  test('answers every record, and PutRecord its only one', async () => {
    const { put, firehose } = stage();

    expect(await put(answer, answer)).toMatchObject({
      FailedPutCount: 0,
      RequestResponses: [{ RecordId: 'record-1' }, { RecordId: 'record-2' }],
    });
    expect(
      await firehose('PutRecord', {
        DeliveryStreamName: 'App-Answers',
        Record: { Data: dataOf('{}') },
      }),
    ).toEqual({ RecordId: 'record-3' });
  });
});

describe('what the table would not take', () => {
  test.each([
    [{ ...answer, stars: 5 }, 'the table has no column stars: Firehose would drop it'],
    [{ ...answer, score: '9' }, 'score: got "9", expected int'],
    [{ ...answer, score: 2 ** 31 }, 'score: got 2147483648, expected int'],
    [{ ...answer, amount_minor: 0.5 }, 'amount_minor: got 0.5, expected bigint'],
    [
      { ...answer, occurred_at: '2026-03-02T08:00:00+01:00' },
      'occurred_at: got "2026-03-02T08:00:00+01:00", expected timestamp',
    ],
    [{ ...answer, order_id: ['A-1'] }, 'order_id: got an object, expected string'],
    [[answer], 'expected an object of JSON on each line'],
  ])('%j is a problem of the rehearsal', async (row, because) => {
    const { put, lake } = stage();

    await put(row, answer);
    await lake.write();

    expect(lake.problems).toEqual([`lake: answers: ${because}`]);
  });

  test('is named once however often it comes', async () => {
    const { put, lake } = stage();

    await put({ stars: 5 }, { stars: 4 });

    expect(lake.problems).toHaveLength(1);
  });
});

describe('a call is refused', () => {
  const records = (count: number, bytes = 1) =>
    Array.from({ length: count }, () => ({ Data: dataOf('x'.repeat(bytes)) }));

  test.each([
    [records(501), "ValidationException: 1 validation error detected: Value at 'records'"],
    [[], "ValidationException: 1 validation error detected: Value at 'records'"],
    [
      records(1, 1000 * 1024 + 1),
      "ValidationException: 1 validation error detected: Value at 'record.data'",
    ],
    [records(5, 1000 * 1000), 'InvalidArgumentException: Records size exceeds 4 MB limit'],
  ])('beyond the limits of the API (%#)', async (Records, expected) => {
    const { firehose } = stage();

    const error = await awsErrorOf(() =>
      firehose('PutRecordBatch', { DeliveryStreamName: 'App-Answers', Records }),
    );

    expect(error).toContain(expected);
  });

  test('for a stream that is not there', async () => {
    const error = await awsErrorOf(() =>
      stage().firehose('PutRecordBatch', { DeliveryStreamName: 'other', Records: records(1) }),
    );

    expect(error).toBe(
      'ResourceNotFoundException: Firehose other under account 111122223333 not found.',
    );
  });

  test('without the grant', async () => {
    const { put, authorizer } = stage(roleOf('Writer', []));

    expect(await awsErrorOf(() => put(answer))).toContain('AccessDeniedException');
    expect(authorizer.denials).toMatchObject([{ action: 'firehose:PutRecordBatch' }]);
  });
});

describe('the role of a stream', () => {
  test('has what writing and the table’s columns take', () => {
    const { lake, authorizer } = stage();

    lake.start();

    expect(authorizer.denials).toEqual([]);
  });

  test.each(streamGrants.map((_, index) => index))('needs each of its grants (%i)', (index) => {
    const { Policy } = {
      Policy: roleOf('Stream', streamGrants.toSpliced(index, 1))['StreamPolicy'],
    };
    const { lake, authorizer } = stage(Policy === undefined ? {} : { StreamPolicy: Policy });

    expect(() => lake.start()).toThrow('is not authorized to perform');
    expect(authorizer.denials).toHaveLength(1);
  });

  test('needs the key of an encrypted bucket', () => {
    const { lake } = stage({
      Key: {
        Type: 'AWS::KMS::Key',
        Properties: {
          KeyPolicy: {
            Statement: {
              Effect: 'Deny',
              Principal: { AWS: '*' },
              Action: 'kms:CreateGrant',
              Resource: '*',
            },
          },
        },
      },
      Lake: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              {
                ServerSideEncryptionByDefault: {
                  KMSMasterKeyID: 'arn:aws:kms:eu-central-1:111122223333:key/App-Key',
                },
              },
            ],
          },
        },
      },
    });

    expect(() => lake.start()).toThrow('kms:');
  });

  test('has to trust Firehose', () => {
    const { lake } = stage({ StreamRole: { Type: 'AWS::IAM::Role', Properties: {} } });

    expect(() => lake.start()).toThrow('let firehose.amazonaws.com take it on');
  });
});

describe('a template is refused', () => {
  test('when rows would lie where their table does not look', () => {
    const Answers = streamOf({ Prefix: 'answers/!{timestamp:yyyy-MM-dd}/' });

    expect(() => stage({ Answers })).toThrow(
      'Answers: writes to app-lake/answers/!{timestamp:yyyy-MM-dd}/, but the table answers reads app-lake/answers/dt=!{timestamp:yyyy-MM-dd}/',
    );
  });

  test('when a stream does not convert to Parquet', () => {
    const Answers = streamOf({ DataFormatConversionConfiguration: { Enabled: false } });

    expect(() => stage({ Answers })).toThrow('Answers: not modelled');
  });

  test('when it has several databases', () => {
    const Other = { Type: 'AWS::Glue::Database', Properties: { DatabaseInput: { Name: 'other' } } };

    expect(() => stage({ Other })).toThrow('Other: the rehearsal models one Glue database');
  });
});

test('resources of the lake have the names and ARNs that CloudFormation gives', () => {
  const { cloud } = stage();
  const named = (type: string) => cloud.ofType(type).map(({ ref, arn }) => [ref, arn]);

  expect(named('AWS::S3::Bucket')[0]).toEqual(['app-lake', LAKE]);
  expect(named('AWS::KinesisFirehose::DeliveryStream')).toEqual([
    ['App-Answers', 'arn:aws:firehose:eu-central-1:111122223333:deliverystream/App-Answers'],
  ]);
  expect(named('AWS::Glue::Table').map(([name]) => name)).toEqual(['answers', 'scores']);
  expect(named('AWS::Athena::WorkGroup')).toEqual([['App-Reports', '']]);
});
