import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { instantOf } from '#rehearsal/scenarios/calendar.ts';
import { compare } from '#rehearsal/scenarios/compare.ts';
import { phrases } from '#rehearsal/scenarios/phrases.ts';
import { resultsAsJson, resultsInWords } from '#rehearsal/scenarios/print-results.ts';
import { pageForms } from '#rehearsal/scenarios/customer-deed.ts';
import { seenTouches } from '#rehearsal/scenarios/seen-touch.ts';
import { page, scenarioOf } from './notes.ts';

const scenario = scenarioOf(
  page('', '  - day 4 10:00: win-back by email\n  - day 5: dispatch-notice\n    of: [P1, P2]'),
);

const decided = (day: number, touch: string, more: Partial<TouchRecord> = {}): TouchRecord => {
  const at = new Date(instantOf(scenario.calendar, { day, minute: 600 })).toISOString();
  return {
    shop: 'hearth',
    orderId: 'a.1.a-page',
    touch,
    touchId: touch,
    subjects: [],
    purpose: 'marketing',
    decision: { kind: 'send', channel: 'email', rules: [] },
    decidedAt: at,
    turn: 1,
    earlier: [],
    zones: ['Europe/Berlin'],
    state: 'sent',
    attempts: 1,
    outcome: { state: 'sent', at, messageId: 'm', locale: 'en-GB', inDoubt: false },
    ...more,
  };
};

const refused = {
  outcome: undefined,
  decision: {
    kind: 'drop',
    reason: 'no-consent',
    rules: [
      { rule: 'relevance', verdict: 'pass', because: 'the order still gives reason for it' },
      {
        rule: 'consent',
        verdict: 'refuse',
        because: `marketing by email was never asked about ${'and so on '.repeat(10)}`,
      },
    ],
  },
} as const;

const resultOf = (records: readonly TouchRecord[], faults: readonly string[] = []) => ({
  scenario,
  ...compare(scenario, records.flatMap(seenTouches)),
  mismatches: [],
  shareMs: 41.6,
  faults,
});

const failed = resultOf(
  [
    decided(0, 'order-confirmation'),
    decided(4, 'win-back', refused),
    decided(3, 'delivery-notice', { subjects: ['P1', 'L2/2026-03-06T17:00:00.000Z'] }),
  ],
  ['event not taken in: invalid: score'],
);

describe('the table', () => {
  const table = resultsInWords([failed], '.rehearsal/scenarios');

  test('shows under a scenario that failed what was expected, what came and why', () => {
    const [, ...lines] = table.split('\n').map((line) => line.trimEnd());

    expect(lines.slice(0, 9)).toEqual([
      expect.stringMatching(/^FAIL {2}:1 {4}A page +3 +2 +7 +42$/),
      '      unexpected  day 3 10:00        delivery-notice of P1, HG-BEA-250/day 4 18:00 sent by email',
      '      expected    day 4 10:00        win-back sent by email',
      '      got         day 4 10:00        win-back dropped because no-consent',
      expect.stringMatching(/^ {37}✗ consent: marketing by email was never asked about/),
      expect.stringMatching(/^ {39}and so on|^ {39}\S/),
      expect.stringMatching(/^ {39}\S/),
      '      expected    day 5              dispatch-notice of P1, P2 sent',
      '      got         nothing: no journey asked for it before day 7 00:00',
    ]);
    expect(table).toContain('fault       event not taken in: invalid: score');
    expect(table).toContain('npm run explain -- a.1.a-page --state .rehearsal/scenarios');
    expect(table).toContain('0 passed, 1 failed.');
  });

  test('shows books, offers and metrics that are otherwise, with their line and what shows more', () => {
    const mismatch = {
      line: 23,
      expected: 'day 3              books receivable 40.00',
      got: 'day 3              books receivable 35.00',
      hint: 'npm run ledger -- a.1.a-page',
    };
    const result = { ...resultOf([]), differences: [], mismatches: [mismatch] };

    expect(resultsInWords([result], 'dir').split('\n')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^FAIL /),
        '      expected    day 3              books receivable 40.00 (line 23)',
        '      got         day 3              books receivable 35.00',
        '      npm run explain -- a.1.a-page --state dir',
        '      npm run ledger -- a.1.a-page --state dir',
      ]),
    );
  });

  test('fits into 100 columns', () => {
    const long = { ...failed, scenario: { ...scenario, name: 'long '.repeat(40) } };

    const widths = resultsInWords([failed, long], 'dir')
      .split('\n')
      .map(({ length }) => length);

    expect(Math.max(...widths)).toBeLessThanOrEqual(100);
  });

  test('has a line for a scenario that passed', () => {
    const passed = resultOf([
      decided(0, 'order-confirmation'),
      decided(4, 'win-back'),
      decided(5, 'dispatch-notice', { subjects: ['P2', 'P1'] }),
    ]);

    expect(resultsInWords([passed], 'dir')).toMatch(/^PASS {2}:1 {4}A page +3 +3 +7 +42$/m);
  });
});

test('as JSON it has the same, with times and rules', () => {
  expect(JSON.parse(resultsAsJson([failed]))).toMatchObject([
    {
      name: 'A page',
      passed: false,
      differences: [
        { got: { touch: 'delivery-notice', moment: 'day 3 10:00' } },
        { expected: 'day 4 10:00        win-back sent by email', got: { reason: 'no-consent' } },
        { expected: expect.stringContaining('dispatch-notice of P1, P2') },
      ],
      faults: ['event not taken in: invalid: score'],
    },
  ]);
});

describe('what became of a touch', () => {
  const at = '2026-03-05T09:00:00.000Z';

  test.each([
    ['dropped', { outcome: { state: 'dropped', at, reason: 'suppressed' } }, 'suppressed'],
    ['refused', { outcome: { state: 'refused', at, because: 'no such domain' } }, 'no such domain'],
    ['in doubt', { outcome: { state: 'in-doubt', at } }, undefined],
    ['waiting', { outcome: undefined }, undefined],
    [
      'held',
      {
        outcome: undefined,
        decision: { kind: 'hold', until: at, reason: 'quiet-hours', rules: [] },
      },
      'quiet-hours',
    ],
  ] as const)('is %s', (outcome, more, reason) => {
    expect(seenTouches(decided(3, 'win-back', more))).toMatchObject([
      { outcome, ...(reason && { reason }) },
    ]);
  });

  test('is each decision on it in turn, the last with what came of it', () => {
    const quiet = { kind: 'hold', until: at, reason: 'quiet-hours', rules: [] } as const;
    const taken = { kind: 'send', channel: 'push', rules: [] } as const;
    const record = decided(3, 'win-back', {
      turn: 3,
      earlier: [
        { decision: quiet, decidedAt: '2026-03-03T21:00:00.000Z' },
        { decision: taken, decidedAt: '2026-03-04T08:00:00.000Z' },
      ],
    });

    expect(seenTouches(record)).toMatchObject([
      { outcome: 'held', reason: 'quiet-hours', atMs: Date.parse('2026-03-03T21:00:00.000Z') },
      { outcome: 'returned', channel: 'push', decidedAgainMs: Date.parse(record.decidedAt) },
      { outcome: 'sent', channel: 'email', atMs: Date.parse(record.decidedAt) },
    ]);
    expect(seenTouches(record).at(-1)).not.toHaveProperty('decidedAgainMs');
  });
});

test('the guide has every phrase', () => {
  const guide = readFileSync('docs/scenarios.md', 'utf8');

  expect(
    [...phrases, ...pageForms]
      .map(({ words }) => words)
      .filter((words) => !guide.includes(`\`${words}\``)),
  ).toEqual([]);
});
