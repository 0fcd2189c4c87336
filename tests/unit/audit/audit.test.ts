import { describe, expect, test } from 'vitest';
import config from '#config';
import type { Touch } from '#core/domain/touches/touch.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { touches } from '#touches/registry.ts';
import { calendarAsMarkdown, calendarAsSvg, calendarInWords } from '../../../bin/audit/calendar.ts';
import { mapAsMarkdown, mapInWords, refusalsInWords } from '../../../bin/audit/map-text.ts';
import { missingFacts } from '../../../bin/audit/missing-facts.ts';
import {
  coverageInWords,
  touchpointMap,
  utilisationLevel,
} from '../../../bin/audit/touchpoint-map.ts';

const winBack: Touch = touches['win-back'];

const recordOf = (change: Partial<TouchRecord>): TouchRecord => ({
  shop: 'hearth',
  orderId: '1',
  touch: 'win-back',
  touchId: 'win-back',
  subjects: [],
  purpose: 'marketing',
  decision: { kind: 'send', channel: 'email', rules: [] },
  decidedAt: '2026-03-02T10:00:00.000Z',
  turn: 1,
  earlier: [],
  zones: ['Europe/Berlin'],
  state: 'decided',
  attempts: 0,
  ...change,
});

const sent = recordOf({
  outcome: {
    state: 'sent',
    at: '2026-03-02T10:00:00.000Z',
    messageId: 'm',
    locale: 'en-GB',
    inDoubt: false,
  },
});
const dropped = (reason: 'no-consent' | 'ordered-again') =>
  recordOf({ decision: { kind: 'drop', reason, rules: [] } });

describe('the touchpoint map', () => {
  test('has every touch, each with elements that depend on who or what was bought', () => {
    const map = touchpointMap(Object.values(touches), undefined);

    expect(map).toHaveLength(Object.keys(touches).length);
    expect(map.filter(({ byOrder, byCustomer }) => byOrder + byCustomer === 0)).toEqual([]);
    expect(coverageInWords(map)).toMatch(/^\d+ touches with \d+ personalised elements; /);
  });

  test('counts elements by what they depend on', () => {
    const touch: Touch = { ...winBack, personalised: ['lines', 'dates', 'name', 'locale'] };

    expect(touchpointMap([touch], undefined)).toEqual([
      { touch, byOrder: 2, byCustomer: 2, utilisation: undefined },
    ]);
  });

  test('says of a rehearsal how often a touch was asked for, sent, and why it was not', () => {
    const records = [sent, dropped('no-consent'), dropped('ordered-again'), dropped('no-consent')];

    const [point] = touchpointMap([winBack], records);

    expect(point?.utilisation).toEqual({
      asked: 4,
      sent: 1,
      channels: [['email', 1]],
      reasons: [
        ['no-consent', 2],
        ['ordered-again', 1],
      ],
    });
    expect(refusalsInWords(point === undefined ? [] : [point])).toBe(
      'win-back  2 no-consent, 1 ordered-again',
    );
  });

  test.each([
    [{ asked: 0, sent: 0, channels: [], reasons: [] }, 'never asked for'],
    [{ asked: 9, sent: 2, channels: [], reasons: [] }, 'low (2 of 9)'],
    [{ asked: 9, sent: 3, channels: [], reasons: [] }, 'medium (3 of 9)'],
    [{ asked: 9, sent: 6, channels: [], reasons: [] }, 'high (6 of 9)'],
    [{ asked: 9, sent: 9, channels: [], reasons: [] }, 'high (9 of 9)'],
  ])('rates use in thirds: %j is %s', (utilisation, level) => {
    expect(utilisationLevel(utilisation)).toBe(level);
  });

  test('is a row a touch, as text and as Markdown', () => {
    const map = touchpointMap([winBack], [sent]);

    expect(mapInWords(map).split('\n')[1]).toMatch(
      /^win-back {2}marketing {2}email \(1\), audience {2}repeat .*high \(1 of 1\)$/,
    );
    expect(mapAsMarkdown(map).split('\n')).toHaveLength(3);
  });
});

describe('missing facts', () => {
  const item = { shop: 'hearth', sku: 'X', name: 'A thing' };

  test('are those that its kind calls for and neither SKU, item nor category states', () => {
    const facts = missingFacts([item], config).map(({ fact }) => fact);

    expect(facts).toEqual(['category', 'complexity', 'returnableDays']);
  });

  test('are none where the category states them', () => {
    expect(missingFacts([{ ...item, category: 'Knives' }], config)).toEqual([]);
  });

  test('are gathered by category, with the path that is taken without them', () => {
    const items = ['A', 'B'].map((sku) => ({ ...item, sku, category: 'Lamps' }));

    expect(missingFacts(items, config)).toMatchObject([
      { category: 'Lamps', fact: 'complexity', skus: ['A', 'B'] },
      { category: 'Lamps', fact: 'returnableDays', skus: ['A', 'B'] },
    ]);
    expect(missingFacts(items, config).filter(({ safePath }) => safePath === '')).toEqual([]);
  });

  test('are asked of shops that are configured', () => {
    expect(missingFacts([{ ...item, shop: 'elsewhere' }], config)).toEqual([]);
  });
});

describe('a calendar', () => {
  const calendar = {
    profile: 'simple',
    about: 'a towel',
    transitions: 18,
    entries: [
      { day: 0, touch: 'order-confirmation', channel: 'email' },
      { day: 0, touch: 'packaging-insert', channel: 'insert' },
      { day: 14, touch: 'satisfaction-survey', channel: 'email' },
    ],
  };

  test('has a line a day', () => {
    expect(calendarInWords([calendar])).toBe(
      [
        'simple: a towel (18 transitions)',
        '  day 0: order-confirmation, packaging-insert (insert)',
        '  day 14: satisfaction-survey',
      ].join('\n'),
    );
    expect(calendarAsMarkdown([calendar])).toContain('## Simple\n\nA towel. 18 state transitions.');
  });

  test('is a picture of a row a profile and a dot a touch', () => {
    const svg = calendarAsSvg([calendar], { 'order-confirmation': 'transactional' });

    expect(svg.match(/<title>/g)).toHaveLength(3);
    expect(svg).toContain('<title>day 14: satisfaction-survey</title>');
    expect(svg).toContain('<title>day 0: packaging-insert (insert)</title>');
  });
});
