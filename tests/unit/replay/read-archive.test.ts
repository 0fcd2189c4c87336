import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArchive } from '#rehearsal/replay/read-archive.ts';
import { readItems } from '#rehearsal/replay/read-items.ts';
import { temporaryFolder } from '#tests/fakes/command-line.ts';

const { folder, fileOf } = temporaryFolder();

const envelope = (id: string, source = 'oms.hearth', time = '2026-03-02T09:00:00Z') =>
  `{"version":"0","id":"${id}","detail-type":"OrderPlaced","source":"${source}","account":"111122223333","time":"${time}","region":"eu-central-1","resources":[],"detail":{"orderId":"${id}","rate":1.10000000000000000001}}`;

const came = (at: string, event: string): string => `{"ingestionTime":"${at}","event":${event}}`;

describe('an archive', () => {
  it('has its events in the order in which they came, twice where they came twice', async () => {
    const file = await fileOf(
      'archive.jsonl.gz',
      [
        came('2026-03-02T09:00:05.250Z', envelope('late')),
        came('2026-03-02T09:00:01.500Z', envelope('soon')),
        came('2026-03-02T09:00:06.000Z', envelope('soon')),
      ].join('\n'),
    );

    const { events, withoutArrival } = await readArchive(file);

    expect(
      events.map(({ atMs, detail }) => [detail['orderId'], new Date(atMs).toISOString()]),
    ).toEqual([
      ['soon', '2026-03-02T09:00:01.500Z'],
      ['late', '2026-03-02T09:00:05.250Z'],
      ['soon', '2026-03-02T09:00:06.000Z'],
    ]);
    expect(withoutArrival).toBe(0);
  });

  it('keeps every digit of the envelope', async () => {
    const file = await fileOf('digits.jsonl', came('2026-03-02T09:00:01Z', envelope('1')));

    const { events } = await readArchive(file);

    expect(events[0]?.envelope).toBe(envelope('1'));
  });

  it('knows of bare envelopes only when they were sent, and keeps their order within a second', async () => {
    const file = await fileOf('bare.jsonl', [envelope('b'), envelope('a')].join('\n'));

    const { events, withoutArrival } = await readArchive(file);

    expect(events.map(({ detail }) => detail['orderId'])).toEqual(['b', 'a']);
    expect(withoutArrival).toBe(2);
  });

  it('leaves out what Afterglow said itself, and keeps what customers said on its pages', async () => {
    const file = await fileOf(
      'own.jsonl',
      [envelope('1', 'afterglow'), envelope('2', 'afterglow.customer')].join('\n'),
    );

    const { events, ownEvents } = await readArchive(file);

    expect(events.map(({ source }) => source)).toEqual(['afterglow.customer']);
    expect(ownEvents).toBe(1);
  });

  it('is all files of a folder, without the manifests of an export', async () => {
    await mkdir(join(folder, 'parts', '09'), { recursive: true });
    await fileOf(join('parts', '09', 'afterglow-1-2026-03-02-09'), envelope('1'));
    await fileOf(join('parts', 'manifest-summary.json'), '{"no":"event"}');

    const { events } = await readArchive(join(folder, 'parts'));

    expect(events).toHaveLength(1);
  });

  it.each([
    ['no JSON', 'wrong.jsonl:2: '],
    ['{"detail":{}}', 'expected source, detail-type and detail'],
    [came('yesterday', envelope('1')), 'ingestionTime: expected a time'],
  ])('names file, line and mistake of %s', async (line, complaint) => {
    const file = await fileOf('wrong.jsonl', [envelope('1'), line].join('\n'));

    await expect(readArchive(file)).rejects.toThrow(complaint);
  });

  it('refuses a path that is not there, and a file without events from outside', async () => {
    const own = await fileOf('only-own.jsonl', envelope('1', 'afterglow'));

    await expect(readArchive('nowhere')).rejects.toThrow('there is no file or folder nowhere');
    await expect(readArchive(own)).rejects.toThrow('no event from outside, only 1 of our own');
  });
});

describe('items of a table', () => {
  const item = { order: { S: 'hearth#1' } };

  it('are read of an export in DynamoDB JSON and of a rehearsal alike', async () => {
    const exported = await fileOf('export.json.gz', JSON.stringify({ Item: item }));
    const dumped = await fileOf('Touches.jsonl', JSON.stringify(item));

    expect(await readItems(exported)).toEqual([item]);
    expect(await readItems(dumped)).toEqual([item]);
  });

  it('are refused by file and line where a line is none', async () => {
    const file = await fileOf('broken.jsonl', `${JSON.stringify(item)}\n[]\n`);

    await expect(readItems(file)).rejects.toThrow(`${join(dirname(file), 'broken.jsonl')}:2`);
  });
});
