import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TaskError } from '#rehearsal/asl/errors.ts';
import { distributed, objectsIn, pass, ran, reader, RUN, writer } from './map-runs.ts';
import { lambda } from './run.ts';

const itemsOf = async (config: object, text: string) =>
  ran({ M: distributed({ P: pass }, { ItemReader: reader({ ...config }) }) }, {}, { 'b/in': text });

describe('an ItemReader', () => {
  it.each([
    ['JSON', { InputType: 'JSON' }, '[1,{"a":2}]', [1, { a: 2 }]],
    ['JSON lines', { InputType: 'JSONL' }, '{"a":1}\n\n{"a":2}\r\n', [{ a: 1 }, { a: 2 }]],
    ['the first of them', { InputType: 'JSONL', MaxItems: 1 }, '1\n2\n', [1]],
    [
      'as many as an expression says',
      { InputType: 'JSON', MaxItems: '{% 1 + 1 %}' },
      '[1,2,3]',
      [1, 2],
    ],
    [
      'CSV with a row of headers, quotes and line breaks within',
      { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      'id,text\r\n1,"a, ""b""\nc"\r\n2,d\r\n',
      [
        { id: '1', text: 'a, "b"\nc' },
        { id: '2', text: 'd' },
      ],
    ],
    [
      'CSV with given headers and another delimiter',
      {
        InputType: 'CSV',
        CSVHeaderLocation: 'GIVEN',
        CSVHeaders: ['id', 'text'],
        CSVDelimiter: 'SEMICOLON',
      },
      '1;a,b\n2;c',
      [
        { id: '1', text: 'a,b' },
        { id: '2', text: 'c' },
      ],
    ],
    [
      'CSV rows with too few fields and too many',
      { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      'H1,\nValue4,Value5,Value6\n,,\ntrue\n',
      [
        { '': 'Value5', H1: 'Value4' },
        { '': '', H1: '' },
        { '': '', H1: 'true' },
      ],
    ],
  ])('reads %s', async (_, config, text, items) => {
    const { output, progress } = await itemsOf(config, text);

    expect(output).toEqual(items);
    expect(progress[0]?.total).toBe(items.length);
  });

  it('reads what is written as CSV', async () => {
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.string(), fc.string())), async (rows) => {
        const lines = rows.map((row) => row.map(quoted).join(','));
        const config = { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['a', 'b'] };

        const { output } = await itemsOf(config, lines.join('\n'));

        expect(output).toEqual(rows.map(([a, b]) => ({ a, b })));
      }),
      { numRuns: 30 },
    );
  });

  it('lists the objects of a prefix', async () => {
    const ItemReader = {
      Resource: 'arn:aws:states:::s3:listObjectsV2',
      Arguments: { Bucket: 'b', Prefix: '{% $states.input.prefix %}' },
    };

    const { output } = await ran(
      { M: distributed({ P: pass }, { ItemReader }) },
      { prefix: 'in/' },
      { 'b/in/1': 'one', 'b/other': 'x' },
    );

    expect(output).toEqual([
      { Etag: '"1"', Key: 'in/1', LastModified: 1767225600, Size: 3, StorageClass: 'STANDARD' },
    ]);
  });

  it.each([
    ['an object that is not there', reader({ InputType: 'JSON' }, 'none'), 'S3.NoSuchKey'],
    ['text that is no JSON', reader({ InputType: 'JSON' }), 'The object is not JSON'],
    ['a line that is no JSON', reader({ InputType: 'JSONL' }), 'Line 2 of the object, "}{",'],
  ])('fails by States.ItemReaderFailed for %s', async (_, ItemReader, cause) => {
    const failed = await ran(
      { M: distributed({ P: pass }, { ItemReader, MaxConcurrency: 1 }) },
      {},
      { 'b/in': '1\n}{' },
    );

    expect(failed.error).toBe('States.ItemReaderFailed');
    expect(failed.cause).toContain(cause);
  });

  it('has no more children at once than it may, of a hundred thousand lines', async () => {
    const lines = Array.from({ length: 100_000 }, (_, id) => `{"id":${id}}\n`).join('');
    let [alive, mostAlive] = [0, 0];
    const counted = await ran(
      {
        M: distributed(
          { P: { Type: 'Succeed', Output: 1 } },
          {
            ItemReader: reader({ InputType: 'JSONL' }),
            ItemBatcher: { MaxItemsPerBatch: 40 },
            ResultWriter: writer({ Transformation: 'COMPACT', OutputType: 'JSONL' }),
            MaxConcurrency: 3,
          },
        ),
      },
      {},
      { 'b/in': lines },
      {
        keepHistory: false,
        onHistoryEvent: ({ type }, executionArn) => {
          if (!executionArn.includes('/all:')) return;
          if (type === 'ExecutionStarted') mostAlive = Math.max(mostAlive, ++alive);
          if (type === 'ExecutionSucceeded') alive--;
        },
      },
    );

    expect(counted.status).toBe('SUCCEEDED');
    expect([alive, mostAlive]).toEqual([0, 3]);
    expect(counted.progress.at(-1)).toMatchObject({ total: 100_000, succeeded: 100_000 });
    expect(counted.store.get('b/out/1/SUCCEEDED_0.jsonl')?.length).toBe(2 * 2500);
    expect([...counted.engine.childExecutions()]).toEqual([]);
  }, 20_000);

  it('refuses an item that no execution could take', async () => {
    const { error } = await itemsOf({ InputType: 'JSON' }, JSON.stringify(['x'.repeat(262_144)]));

    expect(error).toBe('States.DataLimitExceeded');
  });
});

const fallible = {
  Ask: {
    Type: 'Choice',
    Choices: [{ Condition: "{% $states.input = 'bad' %}", Next: 'No' }],
    Default: 'Yes',
  },
  No: { Type: 'Fail', Error: 'Refused', Cause: 'no' },
  Yes: { Type: 'Pass', Output: ['{% $states.input %}', 1], End: true },
};

const common = {
  InputDetails: { Included: true },
  RedriveCount: 0,
  StartDate: '2026-01-01T00:00:00.000Z',
  StateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders/all',
  StopDate: '2026-01-01T00:00:00.000Z',
};

const succeededRecord = {
  ...common,
  ExecutionArn: 'arn:aws:states:eu-west-1:123456789012:execution:orders/all:2',
  Input: '"good"',
  Name: '2',
  Output: '["good",1]',
  OutputDetails: { Included: true },
  RedriveStatus: 'NOT_REDRIVABLE',
  RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
  Status: 'SUCCEEDED',
};

const failedRecord = {
  ...common,
  Cause: 'no',
  Error: 'Refused',
  ExecutionArn: 'arn:aws:states:eu-west-1:123456789012:execution:orders/all:3',
  Input: '"bad"',
  Name: '3',
  RedriveStatus: 'REDRIVABLE_BY_MAP_RUN',
  Status: 'FAILED',
};

describe('a ResultWriter', () => {
  it('writes a file for each status, with a manifest of them', async () => {
    const { output, read, store } = await ran(
      { M: distributed(fallible, { ResultWriter: writer(), ToleratedFailureCount: 1 }) },
      ['good', 'bad'],
    );

    expect(output).toEqual({
      MapRunArn: `${RUN}:1`,
      ResultWriterDetails: { Bucket: 'b', Key: 'out/1/manifest.json' },
    });
    const size = (key: string) => store.get(`b/${key}`)?.length;
    expect(read('out/1/manifest.json')).toEqual({
      DestinationBucket: 'b',
      MapRunArn: `${RUN}:1`,
      ResultFiles: {
        FAILED: [{ Key: 'out/1/FAILED_0.json', Size: size('out/1/FAILED_0.json') }],
        PENDING: [],
        SUCCEEDED: [{ Key: 'out/1/SUCCEEDED_0.json', Size: size('out/1/SUCCEEDED_0.json') }],
      },
    });
    expect(read('out/1/SUCCEEDED_0.json')).toEqual([succeededRecord]);
    expect(read('out/1/FAILED_0.json')).toEqual([failedRecord]);
  });

  it.each([
    ['COMPACT', [['good', 1]]],
    ['FLATTEN', ['good', 1]],
  ])('writes outputs alone as %s, and failures whole', async (Transformation, written) => {
    const ResultWriter = writer({ Transformation, OutputType: 'JSON' });
    const { read } = await ran(
      { M: distributed(fallible, { ResultWriter, ToleratedFailureCount: 1 }) },
      ['good', 'bad'],
    );

    expect(read('out/1/SUCCEEDED_0.json')).toEqual(written);
    expect(read('out/1/FAILED_0.json')).toEqual([failedRecord]);
  });

  it('tells also what a run that failed has done, stopped and left', async () => {
    const states = {
      Ask: {
        Type: 'Choice',
        Choices: [{ Condition: "{% $states.input = 'bad' %}", Next: 'No' }],
        Default: 'Long',
      },
      No: { Type: 'Fail', Error: 'Refused' },
      Long: { Type: 'Wait', Seconds: 60, End: true },
    };
    const { error, read } = await ran(
      { M: distributed(states, { ResultWriter: writer(), MaxConcurrency: 2 }) },
      ['long', 'bad', 'left'],
    );

    expect(error).toBe('States.ExceedToleratedFailureThreshold');
    expect(read('out/1/FAILED_0.json')).toMatchObject([
      { Input: '"long"', Status: 'ABORTED' },
      { Input: '"bad"', Status: 'FAILED' },
    ]);
    expect(read('out/1/PENDING_0.json')).toMatchObject([{ Input: '"left"', Status: 'PENDING' }]);
  });

  it('fails by States.ResultWriterFailed when it may not write', async () => {
    const mapHost = {
      ...objectsIn(new Map()),
      write: (): never => {
        throw new TaskError('S3.AccessDeniedException', 'may not write');
      },
    };

    const failed = await ran(
      { M: distributed({ P: pass }, { ResultWriter: writer() }) },
      [1],
      {},
      { mapHost },
    );

    expect([failed.error, failed.cause]).toEqual([
      'States.ResultWriterFailed',
      'S3.AccessDeniedException: may not write',
    ]);
  });
});

it('without a ResultWriter, a tolerated failure is in its place as it is', async () => {
  const { output } = await ran({ M: distributed(fallible, { ToleratedFailurePercentage: 50 }) }, [
    'good',
    'bad',
  ]);

  expect(output).toEqual([['good', 1], failedRecord]);
});

it('a child’s task is asked for in the name of the child', async () => {
  const { requests } = await ran({ M: distributed({ Work: lambda() }) }, [1]);

  expect(requests.map(({ executionArn }) => executionArn)).toEqual([
    'arn:aws:states:eu-west-1:123456789012:execution:orders/all:2',
  ]);
});
