import { describe, expect, test } from 'vitest';
import {
  attributionOf,
  clicksSince,
  namedEvidence,
  withAttribution,
} from '#core/domain/ledger/attribution.ts';
import type { Evidence } from '#core/domain/ledger/evidence.ts';
import type { LedgerRules } from '#core/domain/ledger/ledger-rules.ts';
import { amended, at, line, placed } from '#tests/unit/orders/order-events.ts';

const rules: LedgerRules = {
  reportingCurrency: 'EUR',
  rates: {},
  attribution: {
    model: 'last-touch',
    clickDays: 7,
    purposes: ['service', 'marketing'],
    codeDays: 30,
    sessionHours: 24,
  },
  codes: { SPRING: 'packaging-insert' },
};
const linear: LedgerRules = { ...rules, attribution: { ...rules.attribution, model: 'linear' } };

/** Hours into the story at which the order is placed. */
const NOW = 1000;

const evidence = (change: Partial<Evidence> = {}): Evidence => ({
  kind: 'click',
  id: 'click-1',
  shop: 'hearth',
  customerId: 'c-17',
  orderId: '100001',
  touchId: 'cross-sell:1',
  touch: 'cross-sell',
  channel: 'email',
  at: at(NOW - 5),
  expiresAt: at(NOW + 1000),
  ...change,
});
const session = (change: Partial<Evidence> = {}): Evidence => ({
  kind: 'session',
  id: 's-1',
  shop: 'hearth',
  orderId: '100482',
  at: at(NOW - 1),
  expiresAt: at(NOW + 1000),
  ...change,
});

const order = (change: Parameters<typeof placed>[0] = {}) =>
  placed({ occurredAt: at(NOW), ...change });

const taken = order({
  lines: [line('mill'), line('lamp', { origin: { sessionId: 's-1', offerId: 'o-9' } })],
});
const clicked = order({ attribution: { clickIds: ['click-1'] } });
const redeemed = order({ attribution: { codes: [' spring '] } });

describe('a line that was taken up on a confirmation page', () => {
  test('is its session’s and its offer’s, the other lines are not', () => {
    const { ofOrder, ofLine } = attributionOf(taken, [session()], rules);

    expect(ofLine.get('lamp')).toEqual({
      class: 'confirmation_upsell',
      shares: [{ kind: 'session', id: 's-1', orderId: '100482', offerId: 'o-9', parts: 1 }],
      because: 'taken up on the confirmation page of this order',
    });
    expect(ofLine.has('mill')).toBe(false);
    expect(ofOrder).toMatchObject({ class: 'primary', shares: [] });
  });

  test('may be of the page of an earlier order', () => {
    const { ofLine } = attributionOf(taken, [session({ orderId: '100481' })], rules);

    expect(ofLine.get('lamp')).toMatchObject({
      class: 'confirmation_upsell',
      originOrderId: '100481',
      shares: [{ id: 's-1', orderId: '100481' }],
    });
  });

  test('may be added later', () => {
    const event = amended(NOW, {
      addedLines: [line('lamp', { origin: { sessionId: 's-1' } }), line('bulb')],
    });

    const { ofOrder, ofLine } = attributionOf(event, [session(), evidence()], rules);

    expect(ofOrder).toBeUndefined();
    expect([...ofLine.keys()]).toEqual(['lamp']);
  });

  test.each([
    ['is not known', []],
    ['is not known', [session({ shop: 'northside' })]],
    ['was not within 24 hours before', [session({ at: at(NOW - 25) })]],
    ['was not within 24 hours before', [session({ at: at(NOW + 2) })]],
  ])('whose session %s is what the order is, and says so', (why, known) => {
    const { ofLine } = attributionOf(taken, known, rules);

    expect(ofLine.get('lamp')).toEqual({
      class: 'primary',
      shares: [],
      because: `the session it names ${why}; nothing of ours led to it`,
    });
  });

  test('counts though the shop’s clock is a little behind ours', () => {
    const { ofLine } = attributionOf(taken, [session({ at: at(NOW + 1) })], rules);

    expect(ofLine.get('lamp')?.class).toBe('confirmation_upsell');
  });
});

describe('an order', () => {
  test('that came by a click follows from the order of its message', () => {
    const { ofOrder } = attributionOf(clicked, [evidence()], rules);

    expect(ofOrder).toEqual({
      class: 'followup_crosssell',
      originOrderId: '100001',
      shares: [
        {
          kind: 'touch',
          id: 'cross-sell:1',
          orderId: '100001',
          touch: 'cross-sell',
          channel: 'email',
          offerId: undefined,
          parts: 1,
        },
      ],
      because: 'the order came by a click on cross-sell of order 100001',
    });
  });

  test.each([
    [-7 * 24, 'followup_crosssell'],
    [-7 * 24 - 1, 'primary'],
    [1, 'followup_crosssell'],
    [2, 'primary'],
  ])('that came by a click %d hours from it is %s', (hours, expected) => {
    const { ofOrder } = attributionOf(clicked, [evidence({ at: at(NOW + hours) })], rules);

    expect(ofOrder?.class).toBe(expected);
  });

  test('that redeems a code follows from the message it was given in, however it was typed', () => {
    const given = evidence({
      kind: 'code',
      id: 'SPRING',
      touch: 'win-back',
      at: at(NOW - 24 * 29),
    });

    const { ofOrder } = attributionOf(redeemed, [given], rules);

    expect(ofOrder).toMatchObject({
      class: 'followup_crosssell',
      originOrderId: '100001',
      shares: [{ kind: 'code', id: 'SPRING', touch: 'win-back', orderId: '100001' }],
    });
  });

  test('that redeems a code that was given to another customer follows from no order of theirs', () => {
    const given = evidence({ kind: 'code', id: 'SPRING', touch: 'win-back', customerId: 'c-99' });

    const { ofOrder } = attributionOf(redeemed, [given], rules);
    const ofGuest = attributionOf(
      { ...redeemed, contact: { email: 'guest@mail.example' } },
      [given],
      rules,
    );

    expect(ofOrder).toMatchObject({ shares: [{ id: 'SPRING', touch: 'win-back' }] });
    expect(ofOrder?.originOrderId).toBeUndefined();
    expect(ofGuest.ofOrder?.originOrderId).toBe('100001');
  });

  test('that redeems a code for everyone follows from its touch, of no order in particular', () => {
    const { ofOrder } = attributionOf(redeemed, [], rules);

    expect(ofOrder).toEqual({
      class: 'followup_crosssell',
      shares: [{ kind: 'code', id: 'SPRING', touch: 'packaging-insert', parts: 1 }],
      because: 'its code was redeemed: packaging-insert',
    });
  });

  test('of a customer who clicked before follows from the last click', () => {
    const clicks = [
      evidence({ id: 'a', touchId: 'care-guide:1', touch: 'care-guide', at: at(NOW - 50) }),
      evidence({ id: 'b', touchId: 'win-back:1', touch: 'win-back', at: at(NOW - 20) }),
      evidence({ id: 'c', touchId: 'early:1', touch: 'early', at: at(NOW - 24 * 8) }),
      evidence({ id: 'd', touchId: 'late:1', touch: 'late', at: at(NOW + 0.5) }),
    ];

    const { ofOrder } = attributionOf(order(), clicks, rules);

    expect(ofOrder?.shares.map(({ touch }) => touch)).toEqual(['win-back']);
  });

  test('never follows from its own messages', () => {
    const own = evidence({ orderId: '100482', touch: 'dispatch-notice' });

    const results = [order(), clicked].map((event) => attributionOf(event, [own], rules).ofOrder);

    expect(results.map((each) => each?.class)).toEqual(['primary', 'primary']);
  });

  test('whose click is not known falls back to what is, and says so', () => {
    const own = evidence({ id: 'another' });

    const { ofOrder } = attributionOf(clicked, [own], rules);

    expect(ofOrder).toMatchObject({
      class: 'followup_crosssell',
      because:
        'no click it names is known or in time; the customer clicked within 7 days before on cross-sell of order 100001',
    });
  });

  test('is nobody’s where nothing led to it, whatever it names', () => {
    const event = order({ attribution: { clickIds: ['x'], codes: ['OTHER'] } });

    const { ofOrder } = attributionOf(event, [], rules);

    expect(ofOrder).toEqual({
      class: 'primary',
      shares: [],
      because:
        'no click it names is known or in time; no code it names is ours or in time; nothing of ours led to it',
    });
  });
});

describe('credited in equal parts', () => {
  test('an order is each click’s and code’s that led to it, each once', () => {
    const event = order({ attribution: { clickIds: ['click-1'], codes: ['SPRING'] } });
    const known = [
      evidence(),
      evidence({ at: at(NOW - 3) }),
      evidence({ id: 'own', touchId: 'win-back:1', touch: 'win-back' }),
    ];

    const { ofOrder } = attributionOf(event, known, linear);

    expect(ofOrder?.shares.map(({ id, parts }) => [id, parts])).toEqual([
      ['cross-sell:1', 1],
      ['SPRING', 1],
      ['win-back:1', 1],
    ]);
    expect(ofOrder?.because).toMatch(/^3 of ours led to it, the last: the order came by a click/);
  });

  test('is shared by five at most, the latest', () => {
    const known = Array.from({ length: 9 }, (_, index) =>
      evidence({ id: `${index}`, touchId: `t-${index}`, at: at(NOW - index - 1) }),
    );

    const { ofOrder } = attributionOf(order(), known, linear);

    expect(ofOrder?.shares.map(({ id }) => id)).toEqual(['t-0', 't-1', 't-2', 't-3', 't-4']);
  });
});

test('what an event names is looked up once each, codes in capitals', () => {
  const event = order({
    attribution: { clickIds: ['a', 'b', 'a'], codes: ['spring', ' SPRING'] },
    lines: [line('mill', { origin: { sessionId: 's-1' } }), line('tin')],
  });

  expect(namedEvidence(event)).toEqual({
    clicks: ['a', 'b'],
    codes: ['SPRING'],
    sessions: ['s-1'],
  });
  expect(namedEvidence(amended(NOW, {}))).toEqual({ clicks: [], codes: [], sessions: [] });
  expect(clicksSince(at(NOW), rules)).toBe(at(NOW - 7 * 24));
});

test('the credits are stored with the event: the order’s once, and those of lines that differ', () => {
  const attributed = attributionOf(taken, [session()], rules);

  const event = withAttribution(taken, attributed);

  expect(event.credit).toMatchObject({ class: 'primary' });
  expect(event.lines.map(({ lineId, credit }) => [lineId, credit?.class])).toEqual([
    ['mill', undefined],
    ['lamp', 'confirmation_upsell'],
  ]);
});
