import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mergeOutboxes, mergeStates, partFolder } from '#rehearsal/parts/merge-states.ts';
import { MailStore, type PackedMails } from '#rehearsal/services/packed-mail.ts';
import { temporaryFolder } from '#tests/fakes/command-line.ts';

const { folder } = temporaryFolder();

type Files = Readonly<Record<string, string | readonly object[]>>;

let states = 0;

/** The state's folder after parts that left these files; objects are lines of JSON. */
const mergedOf = async (...parts: readonly Files[]): Promise<string> => {
  states += 1;
  const stateDir = join(folder, `state-${states}`);
  for (const [part, files] of parts.entries())
    for (const [name, content] of Object.entries(files)) {
      const file = join(partFolder(stateDir, part), name);
      await mkdir(dirname(file), { recursive: true });
      const lines = (values: readonly object[]) =>
        values.map((value) => `${JSON.stringify(value)}\n`).join('');
      await writeFile(file, typeof content === 'string' ? content : lines(content));
    }
  await mergeStates(stateDir, parts.length);
  return stateDir;
};

const linesOf = async (stateDir: string, file: string): Promise<readonly unknown[]> =>
  (await readFile(join(stateDir, file), 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));

const anOrder = { 'detail-type': 'OrderPlaced', detail: {} };

describe('mergeOutboxes', () => {
  const mail = (at: string, raw = '') => ({
    messageId: at,
    at,
    from: '',
    to: [],
    tags: {},
    language: 'de',
    raw,
  });

  const packedOf = (mails: readonly ReturnType<typeof mail>[]): PackedMails => {
    const store = new MailStore();
    for (const each of mails) store.add(each);
    return store.packed();
  };

  it('writes messages in order of time, of one time those of the first part first', async () => {
    const one = [mail('2026-03-01'), mail('2026-03-03', 'first')];
    const two = [mail('2026-03-02'), mail('2026-03-03', 'second'), mail('2026-03-04')];

    await mergeOutboxes(folder, [one, [], two].map(packedOf));

    expect(await linesOf(folder, 'outbox.jsonl')).toEqual([one[0], two[0], one[1], two[1], two[2]]);
  });
});

describe('mergeStates', () => {
  it('keeps lines whole that are longer than a chunk or have line breaks of Unicode', async () => {
    const long = { ingestionTime: '1', text: 'ä\u2028'.repeat(100_000), event: anOrder };
    const state = await mergedOf({ 'archive.jsonl': [long] }, { 'archive.jsonl': [long, long] });

    expect(await linesOf(state, 'archive.jsonl')).toEqual([long, long, long]);
  });

  it('puts executions in the order of their ends, and those that run last', async () => {
    const [early, late] = [
      { startDate: '1', stopDate: '2' },
      { startDate: '0', stopDate: '3' },
    ];
    const running = { startDate: '1' };

    const state = await mergedOf(
      { 'executions.jsonl': [late, running] },
      { 'executions.jsonl': [early] },
    );

    expect(await linesOf(state, 'executions.jsonl')).toEqual([early, late, running]);
  });

  it('archives once what every part was told', async () => {
    const catalogue = {
      eventId: 'e',
      occurredAt: '2026-03-01T00:00:00.000Z',
      schemaVersion: 1,
      shop: 'hearth',
      item: { sku: 'mill', name: 'Mill' },
    };
    const told = {
      ingestionTime: '1',
      event: { 'detail-type': 'CatalogItemUpdated', detail: catalogue },
    };
    const order = (ingestionTime: string) => ({
      ingestionTime,
      event: { 'detail-type': 'OrderPlaced', detail: { orderId: ingestionTime } },
    });

    const state = await mergedOf(
      { 'archive.jsonl': [told, order('3')] },
      { 'archive.jsonl': [told, order('2')] },
    );

    expect(await linesOf(state, 'archive.jsonl')).toEqual([told, order('2'), order('3')]);
  });

  it('keeps the first of items of one key, and all of different ones', async () => {
    const item = (order: string, touch: string, n: string) => ({
      order: { S: order },
      touch: { S: touch },
      n: { N: n },
    });

    const state = await mergedOf(
      { 'tables/Touches.jsonl': [item('1', 'care', '1'), item('1', 'survey', '2')] },
      { 'tables/Touches.jsonl': [item('1', 'care', '3'), item('2', 'care', '4')] },
    );

    expect(await linesOf(state, 'tables/Touches.jsonl')).toEqual([
      item('1', 'care', '1'),
      item('1', 'survey', '2'),
      item('2', 'care', '4'),
    ]);
  });

  it.each([
    ['order', { S: 'a "b" \\ c' }, { S: 'care' }],
    ['other members', { S: '1' }, { S: 'care' }],
    ['umlauts', { S: 'ä\u2028' }, { S: 'Größe' }],
  ])('knows a key wherever it stands and however it is written: %s', async (n, order, touch) => {
    const first = { order, touch, n: { S: n } };
    const again = { n: { S: 'again' }, touch, order };
    const after = { order, touch: { S: `${touch.S}2` } };

    const state = await mergedOf(
      { 'tables/Touches.jsonl': [first] },
      { 'tables/Touches.jsonl': [again, after] },
    );
    const turned = await mergedOf(
      { 'tables/Touches.jsonl': [again] },
      { 'tables/Touches.jsonl': [first, after] },
    );

    expect(await linesOf(state, 'tables/Touches.jsonl')).toEqual([first, after]);
    expect(await linesOf(turned, 'tables/Touches.jsonl')).toEqual([again, after]);
  });

  it('adds what is counted, and nothing else that is a number', async () => {
    const counter = (usd: string) => ({ counter: { S: 'sms-spend#2026-03' }, usd: { N: usd } });
    const shown = (count: string) => ({
      group: { S: 'hearth#new' },
      offer: { S: 'mill' },
      shown: { N: count },
    });
    const priors = { group: { S: 'hearth#priors' }, offer: { S: 'priors' }, version: { N: '1' } };

    const state = await mergedOf(
      {
        'tables/Counters.jsonl': [counter('0.1')],
        'tables/OfferCounts.jsonl': [shown('2'), priors],
      },
      {
        'tables/Counters.jsonl': [counter('0.2')],
        'tables/OfferCounts.jsonl': [shown('3'), priors],
      },
    );

    expect(await linesOf(state, 'tables/Counters.jsonl')).toEqual([counter('0.3')]);
    expect(await linesOf(state, 'tables/OfferCounts.jsonl')).toEqual([shown('5'), priors]);
  });

  it('refuses a table whose keys nobody knows', async () => {
    const merging = mergedOf({ 'tables/Unheard.jsonl': [{}] });

    await expect(merging).rejects.toThrow('a table Unheard: expected one of Orders, ');
  });

  it('numbers the files of a day of the lake, appends logs and keeps the first sample', async () => {
    const files = (part: string): Files => ({
      'lake/touches/dt=2026-03-01/part-0.parquet': part,
      [`lake/touches/dt=2026-03-0${part}/part-0.parquet`]: part,
      'logs/DecideTouch.log': `${part}\n`,
      'messages/hearth-care.en.txt': part,
      [`messages/hearth-only-${part}.en.txt`]: part,
    });

    const state = await mergedOf(files('2'), files('3'));

    const textOf = (file: string) => readFile(join(state, file), 'utf8');
    expect(await readdir(join(state, 'lake/touches'))).toHaveLength(3);
    expect(await textOf('lake/touches/dt=2026-03-01/part-0.parquet')).toBe('2');
    expect(await textOf('lake/touches/dt=2026-03-01/part-1.parquet')).toBe('3');
    expect(await textOf('lake/touches/dt=2026-03-03/part-0.parquet')).toBe('3');
    expect(await textOf('logs/DecideTouch.log')).toBe('2\n3\n');
    expect(await textOf('messages/hearth-care.en.txt')).toBe('2');
    expect(await readdir(join(state, 'messages'))).toHaveLength(3);
    expect(existsSync(join(state, 'parts'))).toBe(false);
  });
});
