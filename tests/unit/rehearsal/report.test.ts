import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { parseEvent } from '#core/contracts/parse-event.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { contacts } from '#rehearsal/input/sample-cases/contacts.ts';
import { sampleCase } from '#rehearsal/input/sample-cases/script.ts';
import { line } from '#rehearsal/input/sample-order.ts';
import { hearth } from '#rehearsal/input/sample-shops.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import type { DeadLetter } from '#rehearsal/services/dead-letters.ts';
import type { RefusedEvent } from '#rehearsal/services/senders.ts';
import { lostEvents } from '#rehearsal/report/lost-events.ts';
import { writeMessageSamples } from '#rehearsal/report/message-samples.ts';
import { summaryInWords } from '#rehearsal/report/print-summary.ts';
import { storedItems } from '#rehearsal/report/state-files.ts';
import type { Summary } from '#rehearsal/report/summary.ts';

const PLACED_MS = Date.parse('2026-03-02T10:00:00Z');

const temporaryFolder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'afterglow-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
};

const [placed = { atMs: 0, source: '', detailType: '', detail: {} }] = sampleCase({
  orderId: '1',
  shop: hearth,
  about: 'An order.',
  placedAt: '2026-03-02T10:00:00Z',
  says: contacts.jana,
  lines: [line('HG-BEA-250')],
}).events;

const bodyOf = ({ source, detailType, detail }: TimedEvent) =>
  JSON.stringify({ source, 'detail-type': detailType, detail });

const read = (event: TimedEvent): readonly OrderEvent[] => {
  const parsed = parseEvent(bodyOf(event), ['hearth']);
  return parsed.ok && parsed.event.type === 'OrderPlaced' ? [parsed.event] : [];
};

interface Traces {
  readonly events: readonly TimedEvent[];
  readonly kept?: readonly OrderEvent[];
  readonly letters?: readonly string[];
  readonly onTheWay?: readonly string[];
  readonly refused?: readonly RefusedEvent[];
  readonly bySender?: readonly TimedEvent[];
  readonly unsent?: readonly TimedEvent[];
  readonly nowMs?: number;
}

const lost = ({
  events,
  kept = [],
  letters = [],
  onTheWay = [],
  refused = [],
  bySender = [],
  unsent = [],
  nowMs = PLACED_MS,
}: Traces) => {
  const deadLetters: readonly DeadLetter[] = letters.map((body, at) => ({
    messageId: `m-${at}`,
    queue: 'Dead',
    body,
    attributes: {},
  }));
  const clock = new VirtualClock(nowMs);
  const rehearsal = {
    clock,
    refused: [...refused],
    deadLetters: () => deadLetters,
    looseEnds: { underway: () => onTheWay.map((body) => ({ body })) },
    senders: { asTold: (event: TimedEvent) => event, lost: [...bySender], unsent: new Set(unsent) },
  };
  const log = { shop: 'hearth', orderId: '1', version: 1, events: kept, waits: [] };
  return lostEvents({ events, logs: [log], rehearsal });
};

describe('an event counts as lost', () => {
  test('when it stands nowhere', () => {
    expect(lost({ events: [placed] })).toEqual([expect.stringMatching(/^OrderPlaced {"eventId"/)]);
  });

  test.each<[string, Omit<Traces, 'events'>]>([
    ['its order has it', { kept: read(placed) }],
    ['it was parked', { letters: [bodyOf(placed)] }],
    ['a failure destination has it', { letters: [`{"requestPayload":${bodyOf(placed)}}`] }],
    ['the bus refused it', { refused: [{ event: placed, because: 'MalformedDetail: no' }] }],
    ['it was lost by its sender', { bySender: [placed] }],
    ['its sender still tries', { unsent: [placed] }],
    ['a queue has it still', { onTheWay: [bodyOf(placed)] }],
    ['its time has not come', { nowMs: PLACED_MS - 1 }],
  ])('but not when %s', (_, traces) => {
    expect(lost({ events: [placed], ...traces })).toEqual([]);
  });

  test('each by itself: another event of the order does not stand for it', () => {
    const other = { ...placed, detail: { ...placed.detail, eventId: 'other' } };

    expect(lost({ events: [placed, other], kept: read(placed) })).toHaveLength(1);
  });

  test('also when it came in an envelope of another system', () => {
    const envelope = '{"source":"aws.partner/x","detail-type":"t","detail":{"id":1}}';
    const captured = { ...placed, detail: { id: 1 }, envelope };

    expect(lost({ events: [captured] })).toHaveLength(1);
    expect(lost({ events: [captured], letters: [envelope] })).toEqual([]);
  });

  test.each(['SessionOpened', 'OfferShown', 'SupportCaseOpened', 'ConsentChanged'])(
    'never when it names an order and is not kept with it: %s',
    (detailType) => {
      expect(lost({ events: [{ ...placed, detailType }] })).toEqual([]);
    },
  );

  test('never when it is of no order: it leaves no trace of its own', () => {
    expect(lost({ events: [{ ...placed, detail: { shop: 'hearth' } }] })).toEqual([]);
  });
});

const summary: Summary = {
  from: '2026-03-02T00:00:00.000Z',
  until: '2026-05-01T00:00:00.000Z',
  events: 1200,
  orders: 2,
  testOrders: 1,
  ordersAwaited: 0,
  ordersByStatus: { cancelled: 1, delivered: 11 },
  messages: { 'order-confirmation: sent': 2 },
  mails: 2,
  texts: 1,
  pushes: 1,
  held: { 'quiet-hours, then sent by email': 3 },
  exposed: { 'holdout: holdout': 6, 'holdout: treated': 94 },
  page: { sessions: 7, 'offers seen': 19 },
  visits: { 'POST /survey: 200': 5 },
  injected: { bounces: 1, throttles: 0 },
  executions: { 'fulfilment: SUCCEEDED': 2 },
  transitions: 17,
  scheduled: 1,
  invariants: { 'nothing lost': 0 },
  redriven: 0,
  lostBySenders: 0,
  repeats: { 'win-backs ended by a new order': 4 },
  parked: {},
  refused: {},
  denied: [],
  unusedGrants: [],
  problems: [],
};

describe('the summary in words', () => {
  test('counts and passes when there is no problem', () => {
    const words = summaryInWords(summary);

    expect(words).toContain('From 2026-03-02 to 2026-05-01: 1200 events put on the bus');
    expect(words).toContain('   1  cancelled\n  11  delivered');
    expect(words).toContain('Executions (17 transitions; 1 moments still to come)');
    expect(words).toContain('2 e-mails, 1 texts and 1 notifications');
    expect(words).toContain('3  quiet-hours, then sent by email');
    expect(words).toContain('   6  holdout: holdout\n  94  holdout: treated');
    expect(words).toContain('On the confirmation page\n   7  sessions\n  19  offers seen');
    expect(words).toContain('5  POST /survey: 200');
    expect(words).toContain('1  bounces');
    expect(words).toContain('4  win-backs ended by a new order');
    expect(words).toContain('Parked events, by reason: none');
    expect(words).toMatch(/Passed: no event lost[^]*$/);
    expect(words).not.toContain('still awaited');
  });

  test('names what is still awaited and what was denied', () => {
    const words = summaryInWords({
      ...summary,
      ordersAwaited: 3,
      denied: [{ principal: 'DecideRole', action: 'sqs:SendMessage', resource: 'q', reason: '' }],
    });

    expect(words).toContain('3  still awaited');
    expect(words).toContain('1  DecideRole sqs:SendMessage q');
  });

  test('fails with the first twenty problems and says where all of them are', () => {
    const problems = Array.from({ length: 25 }, (_, at) => `problem ${at + 1}.`);

    const words = summaryInWords({ ...summary, problems });

    expect(words).toContain('FAILED: 25 problem(s)');
    expect(words).toContain('- problem 20.');
    expect(words).not.toContain('- problem 21.');
    expect(words).toContain('summary.json');
  });
});

describe('message samples', () => {
  const mail = (touch: string, language: string, text: string) => ({
    messageId: '1',
    at: '',
    from: '',
    to: [],
    tags: { shop: 'hearth', touch },
    language,
    raw: `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`,
  });

  test('are the first mail of each shop, touch and language', async () => {
    const dir = join(temporaryFolder(), 'messages');

    await writeMessageSamples(
      [mail('delay', 'de', 'erste'), mail('delay', 'de', 'zweite'), mail('delay', 'en', 'first')],
      dir,
    );

    expect((await readdir(dir)).filter((name) => name.endsWith('.txt')).toSorted()).toEqual([
      'hearth-delay.de.txt',
      'hearth-delay.en.txt',
    ]);
    expect(await readFile(join(dir, 'hearth-delay.de.txt'), 'utf8')).toContain('erste');
  });
});

describe('stored items', () => {
  test('of a folder without a rehearsal are an error that names the folder and what to do', async () => {
    const key = { attribute: 'order', value: 'hearth#1' };

    await expect(storedItems(temporaryFolder(), 'Orders', key)).rejects.toThrow(
      /has no finished rehearsal: run `npm run rehearse`/,
    );
  });
});
