import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timelineOf } from '#core/domain/explain/timeline.ts';
import { withWait } from '#core/domain/orders/order-log.ts';
import type { TouchOutcome, TouchRecord } from '#core/domain/touches/touch-record.ts';
import { histories, logOf } from '#tests/unit/orders/histories.ts';
import { at, dispatched, placed } from '#tests/unit/orders/order-events.ts';

const record = (change: Partial<TouchRecord> = {}): TouchRecord => ({
  shop: 'hearth',
  orderId: '100482',
  touch: 'dispatch-notice',
  touchId: 'dispatch-notice:P1',
  subjects: ['P1'],
  purpose: 'transactional',
  decision: {
    kind: 'send',
    channel: 'email',
    rules: [{ rule: 'address', channel: 'email', verdict: 'pass', because: 'one is known' }],
  },
  decidedAt: at(12),
  turn: 1,
  earlier: [],
  zones: ['Europe/Berlin'],
  state: 'decided',
  attempts: 0,
  ...change,
});

const whatOf = (touch: TouchRecord): readonly string[] =>
  timelineOf(logOf([]), [touch]).map(({ what }) => what);

const ended = (outcome: TouchOutcome, attempts = 1): string | undefined =>
  whatOf(record({ outcome, attempts })).at(-1);

test('an order is explained from its placing on: events, what follows, touches, waits', () => {
  const wait = {
    stage: 'fulfilment' as const,
    seen: [],
    registeredAt: at(12),
    deadline: at(40),
    token: 't',
  };
  const log = withWait(logOf([dispatched(12, 'P1'), placed()]), wait);

  expect(timelineOf(log, [record()])).toEqual([
    { at: at(10), kind: 'event', what: 'OrderPlaced (placed)', because: [] },
    { at: at(12), kind: 'event', what: 'ShipmentDispatched (dispatched-P1-12)', because: [] },
    { at: at(12), kind: 'milestone', what: 'dispatched: P1', because: [] },
    {
      at: at(12),
      kind: 'touch',
      what: 'dispatch-notice:P1: send by email',
      because: ['✓ address: one is known'],
    },
    {
      at: at(12),
      kind: 'wait',
      what: `fulfilment waits for news, until ${at(40)} at most`,
      because: [],
    },
  ]);
});

test('what a touch was asked for by stands with its first decision', () => {
  const { decision, decidedAt } = record();
  const again = record({
    because: 'score of 2026-11-23, loyal',
    earlier: [{ decision, decidedAt }],
    decidedAt: at(13),
    turn: 2,
  });

  expect(timelineOf(logOf([]), [again]).map(({ because }) => because)).toEqual([
    ['asked for by: score of 2026-11-23, loyal', '✓ address: one is known'],
    ['✓ address: one is known'],
  ]);
});

test('an event that does not fit says why', () => {
  const stray = dispatched(12, 'P1', { lines: [{ lineId: 'stray', quantity: 1 }] });

  expect(timelineOf(logOf([placed(), stray]), [])).toContainEqual({
    at: at(12),
    kind: 'event',
    what: `ShipmentDispatched (${stray.eventId})`,
    because: ['does not fit: ShipmentDispatched names lines that the order has not: stray'],
  });
});

describe('a decision', () => {
  const rules = [
    { rule: 'consent', channel: 'email', verdict: 'refuse', because: 'was never asked about' },
  ] as const;

  test('to drop says why, rule by rule', () => {
    const dropped = record({ decision: { kind: 'drop', reason: 'no-consent', rules } });

    expect(timelineOf(logOf([]), [dropped])).toEqual([
      {
        at: at(12),
        kind: 'touch',
        what: 'dispatch-notice:P1: drop (no-consent)',
        because: ['✗ consent: was never asked about'],
      },
    ]);
  });

  test('to hold says until when', () => {
    const decision = { kind: 'hold', until: at(20), reason: 'quiet-hours', rules: [] } as const;

    expect(whatOf(record({ decision }))).toEqual([
      `dispatch-notice:P1: hold until ${at(20)} (quiet-hours)`,
    ]);
  });
});

describe('a touch that was decided several times', () => {
  const hold = { kind: 'hold', until: at(20), reason: 'cap-reached', rules: [] } as const;
  const earlier = [{ decision: hold, decidedAt: at(12) }];

  test('has an entry a turn, each with its own reasons', () => {
    const rules = [{ rule: 'cap', verdict: 'hold', because: 'a day: 1 of 1' }] as const;
    const again = record({
      decidedAt: at(20),
      turn: 2,
      earlier: [{ decision: { ...hold, rules }, decidedAt: at(12) }],
    });

    expect(timelineOf(logOf([]), [again])).toMatchObject([
      {
        at: at(12),
        what: expect.stringContaining('hold until'),
        because: ['⧗ cap: a day: 1 of 1'],
      },
      { at: at(20), what: 'dispatch-notice:P1: decided again: send by email' },
    ]);
  });

  test('says that it came back when its turn came', () => {
    const decision = { kind: 'reroute', from: 'push', channel: 'email', rules: [] } as const;
    const turns = [...earlier, { decision: record().decision, decidedAt: at(20) }];

    expect(whatOf(record({ decision, decidedAt: at(21), turn: 3, earlier: turns })).at(-1)).toBe(
      'dispatch-notice:P1: could not go when its turn came, decided again: send by email instead of push',
    );
    expect(whatOf(record({ state: 'returned' }))).toEqual([
      'dispatch-notice:P1: send by email',
      'dispatch-notice:P1: could not go when its turn came, and is decided again',
    ]);
  });
});

test('the reasons of several channels name theirs', () => {
  const rule = { rule: 'consent', verdict: 'pass', because: 'granted' } as const;
  const rules = [
    { rule: 'relevance', verdict: 'pass', because: 'still open' } as const,
    { ...rule, channel: 'push' as const },
    { ...rule, channel: 'email' as const, verdict: 'refuse' as const },
  ];
  const [entry] = timelineOf(logOf([]), [
    record({ decision: { kind: 'send', channel: 'push', rules } }),
  ]);

  expect(entry?.because).toEqual([
    '✓ relevance: still open',
    '✓ push: consent: granted',
    '✗ email: consent: granted',
  ]);
});

test('what was heard of a touch is told when it was heard', () => {
  const feedback = { delivered: at(14), clicked: at(16), unsubscribed: at(16) };

  expect(
    timelineOf(logOf([]), [record({ feedback })])
      .slice(1)
      .map((entry) => [entry.at, entry.what]),
  ).toEqual([
    [at(14), 'dispatch-notice:P1: delivered'],
    [at(16), 'dispatch-notice:P1: clicked'],
    [at(16), 'dispatch-notice:P1: unsubscribed'],
  ]);
});

describe('an outcome', () => {
  const sent = { state: 'sent', at: at(13), messageId: 'm-1', locale: 'de-DE' } as const;

  test.each<[TouchOutcome, number, string]>([
    [{ ...sent, inDoubt: false }, 1, 'sent as m-1 (de-DE)'],
    [
      { ...sent, inDoubt: true },
      2,
      'sent as m-1 at attempt 2; an earlier attempt may have arrived',
    ],
    [
      { state: 'refused', at: at(13), because: 'on a list' },
      1,
      'refused by the provider: on a list',
    ],
    [
      { state: 'dropped', at: at(13), reason: 'suppressed' },
      1,
      'dropped at send time (suppressed)',
    ],
    [
      { state: 'in-doubt', at: at(13) },
      1,
      'perhaps sent: a crash hides it, and marketing does not go twice',
    ],
  ])('of %j after %i attempts is told in words', (outcome, attempts, words) => {
    expect(ended(outcome, attempts)).toBe(`dispatch-notice:P1: ${words}`);
  });
});

test('everything that is known is told, in order of time', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const entries = timelineOf(logOf(history), [record()]);
      const times = entries.map((entry) => entry.at);

      expect(times).toEqual(times.toSorted());
      expect(entries.filter(({ kind }) => kind === 'event')).toHaveLength(history.length);
    }),
  );
});
