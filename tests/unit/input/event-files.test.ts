import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemInWords, readEvents } from '#rehearsal/input/event-files.ts';
import { putEventsEntry } from '#rehearsal/input/put-events-entry.ts';
import { sampleShop } from '#rehearsal/input/sample-shop.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'events-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
const fileOf = async (text: string, extension: string): Promise<string> => {
  const file = join(folder, `${files++}.${extension}`);
  await writeFile(file, text);
  return file;
};

const detail = { eventId: 'e1', occurredAt: '2026-03-02T10:00:00.000Z' };
const entry = { source: 'oms.hearth', 'detail-type': 'OrderPlaced', detail };
const atMs = Date.parse(detail.occurredAt);
const event = { atMs, source: 'oms.hearth', detailType: 'OrderPlaced', detail };

describe('readEvents', () => {
  it.each([
    ['detail-type', entry],
    ['detailType', { source: 'oms.hearth', detailType: 'OrderPlaced', detail }],
    ['what a rehearsal holds', event],
    ['an entry of PutEvents', putEventsEntry(event)],
  ])('reads an event written with %s', async (_, written) => {
    const file = await fileOf(JSON.stringify(written), 'json');

    expect(await readEvents(file)).toStrictEqual({ events: [event], problems: [] });
  });

  it('puts an event on the bus at the time that is given, or else when it occurred', async () => {
    const timed = { ...entry, time: '2026-03-02T13:00:00+02:00' };
    const file = await fileOf(`${JSON.stringify(timed)}\n${JSON.stringify(entry)}\n`, 'jsonl');

    const { events } = await readEvents(file);

    expect(events.map((each) => new Date(each.atMs).toISOString())).toStrictEqual([
      '2026-03-02T10:00:00.000Z',
      '2026-03-02T11:00:00.000Z',
    ]);
  });

  it('keeps a captured envelope as it came, with all digits of its numbers', async () => {
    const envelope =
      '{"version":"0","id":"1b8e","detail-type":"shopifyWebhook","source":"aws.partner/shopify.com/x/y","account":"123456789012","time":"2026-03-02T10:00:00Z","region":"eu-central-1","resources":[],"detail":{"payload":{"id":9007199254740993}}}';
    const file = await fileOf(`[${envelope}]`, 'json');

    const { events, problems } = await readEvents(file);

    expect(problems).toStrictEqual([]);
    expect(events).toMatchObject([
      { atMs, source: 'aws.partner/shopify.com/x/y', detailType: 'shopifyWebhook', envelope },
    ]);
  });

  it('reads back what it is given to write', async () => {
    const events = sampleShop({ seed: '1' });
    const text = events.map((each) => JSON.stringify(putEventsEntry(each))).join('\n');

    const read = await readEvents(await fileOf(text, 'ndjson'));

    expect(read).toStrictEqual({ events, problems: [] });
  });

  it('reads the sample file', async () => {
    const { events, problems } = await readEvents('samples/events.jsonl');

    expect(problems).toStrictEqual([]);
    expect(events.map(({ detailType }) => detailType)).toStrictEqual([
      'OrderPlaced',
      'ShipmentDispatched',
      'ShipmentDelivered',
      'shopifyWebhook',
    ]);
  });

  it('reads all files of a folder and of those within, in order of time', async () => {
    const root = join(folder, 'many');
    await mkdir(join(root, 'inner'), { recursive: true });
    const later = { ...entry, time: '2026-03-03T00:00:00Z' };
    await writeFile(join(root, 'a.json'), JSON.stringify([later]));
    await writeFile(join(root, 'inner', 'b.jsonl'), JSON.stringify(entry));
    await writeFile(join(root, 'notes.txt'), 'not an event');

    const { events, problems } = await readEvents(root);

    expect(events.map((each) => each.atMs)).toStrictEqual([
      atMs,
      Date.parse('2026-03-03T00:00:00Z'),
    ]);
    expect(problems.map(problemInWords)).toStrictEqual([
      `${join(root, 'notes.txt')}: the name ends in neither .json, .jsonl nor .ndjson`,
    ]);
  });

  it.each([
    ['{"a":', 'Invalid JSON'],
    ['7', 'expected a JSON object'],
    [JSON.stringify(detail), 'this is a bare detail'],
    ['{"a":1,"b":2}', 'got the members a, b; expected source, detail-type and detail'],
    ['{"source":"x","detail":{}}', 'detail-type: expected a text, got nothing'],
    ['{"source":"x","detail-type":"y","detail":"z"}', 'entry: detail:'],
    ['{"source":"x","detail-type":"y","detail":{}}', 'expected a time, or an occurredAt'],
    ['{"source":"x","detail-type":"y","detail":{},"time":"noon"}', 'entry: time:'],
    ['{"source":"x","detail-type":"y","detail":{},"id":"1"}', 'envelope: time:'],
    [
      '{"Source":"x","DetailType":"y","Detail":"[1]"}',
      'Detail: expected the text of a JSON object',
    ],
    ['{"Source":"x","DetailType":"y","Detail":"{"}', 'Detail: expected the text of a JSON object'],
  ])('says of %s what is wrong, with file and line, and reads on', async (line, problem) => {
    const file = await fileOf(`\n${line}\r\n${JSON.stringify(entry)}\n`, 'jsonl');

    const { events, problems } = await readEvents(file);

    expect(events).toStrictEqual([event]);
    expect(problems).toHaveLength(1);
    expect(problems.map(problemInWords)[0]).toContain(`${file}:2: `);
    expect(problems[0]?.problem).toContain(problem);
  });

  it('says when there is no such file', async () => {
    const { events, problems } = await readEvents(join(folder, 'missing.json'));

    expect(events).toStrictEqual([]);
    expect(problems[0]?.problem).toContain('ENOENT');
  });
});
