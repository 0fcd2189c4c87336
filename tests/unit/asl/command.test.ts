import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { run } from '#rehearsal/asl/command.ts';
import { distributed, pass as passOn } from './map-runs.ts';
import { machine } from './run.ts';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/asl/${name}`, import.meta.url));

const pass = '{"QueryLanguage":"JSONata","StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}';
const fail = '{"QueryLanguage":"JSONata","StartAt":"F","States":{"F":{"Type":"Fail","Error":"E"}}}';

let printed: string[] = [];
let complained: string[] = [];

beforeEach(() => {
  printed = [];
  complained = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void complained.push(line));
});

afterEach(() => {
  vi.restoreAllMocks();
});

const output = (): unknown => JSON.parse(printed.join('\n'));

describe('the command asl', () => {
  it('prints one JSON object for inline JSON', async () => {
    const code = await run([pass, '{"a":1}']);

    expect(code).toBe(0);
    expect(output()).toMatchObject({
      status: 'SUCCEEDED',
      output: { a: 1 },
      history: { length: 4 },
    });
  });

  it('exits 0 when the execution ran and failed', async () => {
    const code = await run([fail]);

    expect(code).toBe(0);
    expect(output()).toMatchObject({ status: 'FAILED', error: 'E' });
  });

  it('reads files, and starts its clock when it is told to', async () => {
    const mocks = JSON.stringify({
      'Load order': { Return: { Payload: { id: 'o', totalMinor: 1 } } },
      'Await delivery': { Return: {} },
    });

    const code = await run([
      fixture('order-journey.asl.json'),
      '{}',
      '--mocks',
      mocks,
      '--now',
      '2026-03-01T00:00:00Z',
      '--name',
      'o-1',
    ]);

    expect(code).toBe(0);
    expect(JSON.stringify(output())).toContain('"timestamp":"2026-03-08T00:00:00.000Z"');
  });

  it('prints one event a line', async () => {
    await run([pass]);

    expect(printed.join('\n').split('\n')).toHaveLength(4 + 6);
  });

  it.each([
    [[], 'needs DEFINITION'],
    [['{"a":1'], 'definition is not JSON'],
    [['nowhere.json'], 'no file "nowhere.json"'],
    [[pass, 'x.json'], 'input: no file'],
    [[pass, '{}', 'more'], 'at most one INPUT'],
    [['{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}'], 'means JSONPath'],
    [[pass, '{}', '--colour'], '--colour'],
    [[pass, '{}', '--now', 'soon'], 'now: got "soon"'],
    [[pass, '{}', '--seed', 'x'], 'seed: got "x"'],
    [[pass, '{}', '--name', 'a b'], 'Invalid Name'],
    [[pass, '{}', '--mocks', '[1]'], 'needs an object by state name'],
    [[fixture('order-journey.asl.json')], 'State "Load order"'],
    [['--batch', 'nowhere.jsonl'], 'no file "nowhere.jsonl"'],
    [[pass, '--batch', fixture('batch.jsonl')], '--batch takes no DEFINITION'],
  ])('%j exits 2 and says why', async (args, problem) => {
    const code = await run(args);

    expect([code, printed]).toEqual([2, []]);
    expect(complained.join('\n')).toContain(problem);
  });

  it('explains itself', async () => {
    const code = await run(['--help']);

    expect(code).toBe(0);
    expect(printed.join('\n')).toContain('npm run asl -- DEFINITION');
  });

  it('answers every case of a batch, also behind one that is invalid', async () => {
    const code = await run(['--batch', fixture('batch.jsonl')]);

    expect(code).toBe(0);
    expect(printed.map((line): unknown => JSON.parse(line))).toMatchObject([
      { id: 'inline', status: 'SUCCEEDED', output: 2 },
      { id: 'file', status: 'SUCCEEDED', output: { thanked: false } },
      { id: 'unmocked', status: 'INVALID', error: 'MissingMock' },
      { id: 'invalid', status: 'INVALID', error: 'InvalidDefinition' },
      { id: 6, status: 'INVALID', error: 'UsageError' },
      {
        id: 7,
        status: 'INVALID',
        error: 'UsageError',
        cause: expect.stringContaining('nowhere.json'),
      },
    ]);
  });

  it('lets a Distributed Map read and write the objects of a folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'afterglow-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'box'));
    writeFileSync(join(folder, 'box', 'in.jsonl'), '1\n2\n');
    const definition = machine({
      M: distributed(
        { P: passOn },
        {
          ItemReader: {
            Resource: 'arn:aws:states:::s3:getObject',
            Arguments: { Bucket: 'box', Key: 'in.jsonl' },
            ReaderConfig: { InputType: 'JSONL' },
          },
          ResultWriter: {
            Resource: 'arn:aws:states:::s3:putObject',
            Arguments: { Bucket: 'box', Prefix: 'out' },
            WriterConfig: { Transformation: 'COMPACT' },
          },
        },
      ),
    });

    const code = await run([JSON.stringify(definition), '--objects', folder]);

    const { output: result } = Object(output());
    expect([code, result.ResultWriterDetails.Bucket]).toEqual([0, 'box']);
    const written = dirname(join(folder, 'box', result.ResultWriterDetails.Key));
    expect(readFileSync(join(written, 'SUCCEEDED_0.json'), 'utf8')).toBe('[1,2]');
  });

  it('exits 2 for a folder of objects that is not there', async () => {
    const code = await run([pass, '--objects', '/no/such/folder']);

    expect([code, complained]).toEqual([2, ['asl: objects: no folder "/no/such/folder".']]);
  });
});
