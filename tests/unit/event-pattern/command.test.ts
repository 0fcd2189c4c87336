import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { run } from '#rehearsal/event-pattern/command.ts';

type Spoken = { readonly code: number; readonly out: readonly string[]; readonly err: string };

const command = async (...args: readonly string[]): Promise<Spoken> => {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void err.push(line));
  const code = await run(args);
  return { code, out, err: err.join('\n') };
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pattern-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const file = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

describe('npm run pattern', () => {
  test('says match and exits with 0', async () => {
    expect(await command('{"a":["x"]}', '{"a":"x"}')).toEqual({ code: 0, out: ['match'], err: '' });
  });

  test('says no-match and exits with 1', async () => {
    expect(await command('{"a":["x"]}', '{"a":"y"}')).toMatchObject({ code: 1, out: ['no-match'] });
  });

  test('says why a pattern or an event is invalid and exits with 2', async () => {
    expect(await command('{"a":"x"}', '{}')).toMatchObject({
      code: 2,
      out: ['invalid: Event pattern is not valid. Reason: "a" must be an object or an array'],
    });
    expect(await command('{"a":["x"]}', '[]')).toMatchObject({
      code: 2,
      out: ['invalid: Event must be a JSON object'],
    });
    expect(await command('{"a":["x"]}', 'null')).toMatchObject({
      code: 2,
      out: ['invalid: Event must be a JSON object'],
    });
  });

  test('--json says it in JSON', async () => {
    const { out } = await command('--json', '{"a":["x"]}', '{"a":"x"}');
    const { out: refusal } = await command('--json', '[]', '{}');

    expect(out).toEqual(['{"result":"match"}']);
    expect(refusal).toEqual([
      '{"result":"invalid","reason":"Event pattern is not valid. Reason: Filter is not an object"}',
    ]);
  });

  test('reads files', async () => {
    const pattern = await file('pattern.json', ' {"a": [9007199254740993]} ');
    const event = await file('event.json', '{"a": 9007199254740993}');

    expect(await command(pattern, event)).toMatchObject({ code: 0, out: ['match'] });
  });

  test('names an argument that is neither file nor JSON', async () => {
    expect(await command('{"a":["x"]}', 'nowhere.json')).toMatchObject({
      code: 2,
      out: [],
      err: 'pattern: "nowhere.json" is neither a readable file nor JSON',
    });
  });

  test('--help explains the exit codes', async () => {
    const { code, out } = await command('--help');

    expect(code).toBe(0);
    expect(out.join()).toContain('Exit code: 0 match, 1 no match, 2 invalid');
  });

  test.each([[[]], [['{}']], [['{}', '{}', '{}']], [['--unknown']], [['--batch', 'f', '{}']]])(
    'refuses the arguments %j',
    async (args) => {
      expect(await command(...args)).toMatchObject({ code: 2, out: [] });
    },
  );
});

describe('npm run pattern -- --batch', () => {
  test('judges each line, in order, by id or line number', async () => {
    const batch = await file(
      'cases.jsonl',
      [
        '{"id":"first","pattern":{"a":["x"]},"event":{"a":"x"}}',
        '',
        '{"pattern":"{\\"a\\":[9007199254740993]}","event":"{\\"a\\":9007199254740993}"}\r',
        '{"id":9007199254740993,"pattern":{"a":[9007199254740993]},"event":{"a":9007199254740992}}',
        '{"id":4,"pattern":{"a":5},"event":{"a":"x"}}',
        '{"id":5,"pattern":{"a":["x"]},"event":"{"}',
      ].join('\n'),
    );

    expect(await command('--batch', batch)).toMatchObject({
      code: 0,
      out: [
        '{"id":"first","result":"match"}',
        '{"line":3,"result":"match"}',
        '{"id":9007199254740993,"result":"no-match"}',
        '{"id":4,"result":"invalid","reason":"Event pattern is not valid. Reason: \\"a\\" must be an object or an array"}',
        '{"id":5,"result":"invalid","reason":"Event is not valid. Invalid JSON: unexpected end of text"}',
      ],
    });
  });

  test('goes on after a line that cannot be read, and says so with its exit code', async () => {
    const batch = await file(
      'cases.jsonl',
      'not JSON\n{"id":2}\n[]\n{"id":4,"pattern":{"a":[1]},"event":{"a":1}}\n',
    );

    expect(await command('--batch', batch)).toMatchObject({
      code: 2,
      out: [
        '{"line":1,"result":"invalid","reason":"Invalid JSON: unexpected \\"n\\" at position 0"}',
        '{"id":2,"result":"invalid","reason":"The line must be an object with \\"pattern\\" and \\"event\\""}',
        '{"line":3,"result":"invalid","reason":"The line must be an object with \\"pattern\\" and \\"event\\""}',
        '{"id":4,"result":"match"}',
      ],
    });
  });

  test('a file that is not there is an error of usage', async () => {
    expect(await command('--batch', join(folder, 'none'))).toMatchObject({ code: 2, out: [] });
  });
});
