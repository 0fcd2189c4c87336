import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { loadStateMachine } from '#rehearsal/asl/load.ts';
import { distributed, pass, reader, writer } from './map-runs.ts';
import { callback, lambda, machine } from './run.ts';

const csv = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };

const plain = (states: Readonly<Record<string, unknown>>): object =>
  JSON.parse(JSON.stringify(machine(states)));

describe('loading a Distributed Map', () => {
  it.each([
    ['an array of items', {}, 'STANDARD'],
    [
      'a reader of JSON lines',
      { ItemReader: reader({ InputType: 'JSONL', MaxItems: 5 }) },
      'STANDARD',
    ],
    ['a reader of CSV', { ItemReader: reader({ ...csv, CSVDelimiter: 'TAB' }) }, 'EXPRESS'],
    [
      'a listing',
      {
        ItemReader: {
          Resource: 'arn:aws:states:::s3:listObjectsV2',
          Arguments: { Bucket: 'b', Prefix: '{% $states.input.prefix %}' },
        },
      },
      'STANDARD',
    ],
    [
      'batches and an export',
      {
        ItemBatcher: {
          MaxItemsPerBatch: '{% 2 %}',
          MaxInputBytesPerBatch: 1000,
          BatchInput: { at: '{% $now() %}' },
        },
        ResultWriter: writer({ Transformation: 'COMPACT', OutputType: 'JSONL' }),
        MaxConcurrency: 40,
        ToleratedFailureCount: 1,
        ToleratedFailurePercentage: 5,
      },
      'EXPRESS',
    ],
  ])('takes %s, and asl-validator does', (_, more, type) => {
    const definition = plain({ M: distributed({ P: pass }, more, type) });

    expect(() => loadStateMachine(definition)).not.toThrow();
    expect(validate(definition).errorsText()).toBe('');
  });

  it.each([
    ['PARQUET', { ItemReader: reader({ InputType: 'PARQUET' }) }, '"JSONL", "JSON" or "CSV"'],
    ['MANIFEST', { ItemReader: reader({ InputType: 'MANIFEST' }) }, '"JSONL", "JSON" or "CSV"'],
    ['no input type', { ItemReader: reader({}) }, '"JSONL", "JSON" or "CSV"'],
    ['CSV without headers', { ItemReader: reader({ InputType: 'CSV' }) }, '"FIRST_ROW" or "GIVEN"'],
    [
      'GIVEN headers that are not',
      { ItemReader: reader({ InputType: 'CSV', CSVHeaderLocation: 'GIVEN' }) },
      'at least one column name',
    ],
    [
      'another delimiter',
      { ItemReader: reader({ ...csv, CSVDelimiter: ';' }) },
      'COMMA, PIPE, SEMICOLON, SPACE, TAB',
    ],
    ['a version', { ItemReader: { ...reader(csv), Arguments: { VersionId: '1' } } }, 'VersionId'],
    [
      'a reader of a table',
      { ItemReader: { Resource: 'arn:aws:states:::dynamodb:scan' } },
      's3:getObject',
    ],
    ['items twice', { Items: [1], ItemReader: reader(csv) }, 'both Items and ItemReader'],
    ['batches without limits', { ItemBatcher: {} }, 'needs MaxItemsPerBatch'],
    [
      'a format without an export',
      { ResultWriter: { WriterConfig: { OutputType: 'JSON' } } },
      's3:putObject',
    ],
    ['another format', { ResultWriter: writer({ OutputType: 'CSV' }) }, 'JSON, JSONL'],
    ['a label with white space', { Label: 'all orders' }, '1 to 40 characters'],
  ])('refuses %s', (_, more, message) => {
    expect(() => loadStateMachine(plain({ M: distributed({ P: pass }, more) }))).toThrow(message);
  });

  it('refuses two maps of one label', () => {
    const states = {
      A: { ...distributed({ P: pass }), End: undefined, Next: 'B' },
      B: distributed({ P: pass }),
    };

    expect(() => loadStateMachine(plain(states))).toThrow('names another Distributed Map');
  });

  it.each([
    ['a callback', callback()],
    ['a job', { ...lambda(), Resource: 'arn:aws:states:::athena:startQueryExecution.sync' }],
    ['a Distributed Map', distributed({ P: pass }, { Label: 'inner' })],
  ])('refuses %s in Express children alone', (_, state) => {
    const inside = { Around: { Type: 'Parallel', Branches: [branchOf(state)], End: true } };

    expect(() => loadStateMachine(plain({ M: distributed(inside) }))).not.toThrow();
    expect(() => loadStateMachine(plain({ M: distributed(inside, {}, 'EXPRESS') }))).toThrow(
      'an EXPRESS child execution cannot',
    );
  });

  it('lets children assign what their surroundings assign, as they see none of it', () => {
    const states = {
      Set: { Type: 'Pass', Assign: { a: 1 }, Next: 'M' },
      M: distributed({ P: { ...pass, Assign: { a: 2 } } }),
    };

    expect(() => loadStateMachine(plain(states))).not.toThrow();
  });
});

const branchOf = (state: object) => ({ StartAt: 'S', States: { S: state } });
