import { describe, expect, test } from 'vitest';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { parseEvent } from '#core/contracts/parse-event.ts';
import { phrases } from '#rehearsal/scenarios/phrases.ts';
import { detailsOf, page, readText, scenarioOf } from './notes.ts';

const at = (ms: number | undefined): string => new Date(ms ?? 0).toISOString().slice(0, 16);

describe('a plain page', () => {
  const scenario = scenarioOf(
    page(
      '  - day 1 14:00: shipped\n  - day 3: delivered',
      '  - day 3 11:20: delivery-notice by email dropped\n    because: no-address\n  - never: win-back',
    ),
  );

  test('tells the customer first, and each event at its time in the shop’s zone', () => {
    expect(scenario.events.map(({ detailType, atMs }) => [detailType, at(atMs)])).toEqual([
      ['CustomerUpdated', '2026-03-02T06:00'],
      ['OrderPlaced', '2026-03-02T08:00'],
      ['ShipmentDispatched', '2026-03-03T13:00'],
      ['ShipmentDelivered', '2026-03-05T11:00'],
    ]);
  });

  test('gives ids of its own, and fills in what goes without saying', () => {
    expect(detailsOf(scenario, 'OrderPlaced')).toMatchObject([
      {
        orderId: 'a.1.a-page',
        contact: { customerId: 'a.1.a-page-c-1', name: 'Jana Krüger' },
        lines: [
          { lineId: 'L1', sku: 'HG-GRI-010', quantity: 1 },
          { lineId: 'L2', sku: 'HG-BEA-250', quantity: 2 },
        ],
        total: { amountMinor: 16_900 + 2 * 890, currency: 'EUR' },
      },
    ]);
    expect(detailsOf(scenario, 'ShipmentDelivered')).toMatchObject([{ parcelId: 'P1' }]);
  });

  test('keeps what is expected', () => {
    expect(scenario.expectations).toMatchObject([
      { touch: 'order-confirmation', when: { day: 0 }, outcome: 'sent' },
      {
        touch: 'delivery-notice',
        when: { day: 3, minute: 11 * 60 + 20 },
        channel: 'email',
        outcome: 'dropped',
        because: 'no-address',
      },
      { touch: 'win-back', when: undefined },
    ]);
  });

  test('is watched to the end of the day after the last that it names', () => {
    expect(at(scenario.untilMs)).toBe('2026-03-06T23:00');
  });
});

test('every event is one that the contract takes', () => {
  const { events } = scenarioOf(everything);

  for (const { source, detailType, detail } of events)
    expect(
      parseEvent(JSON.stringify({ source, 'detail-type': detailType, detail }), ['hearth']),
    ).toMatchObject({ ok: true });
  expect(new Set(events.map(({ detailType }) => detailType))).toEqual(
    new Set(Object.keys(incomingEvents)),
  );
});

test('every type of the contract can be written by its own name in words', () => {
  expect(new Set(phrases.map(({ type }) => type))).toEqual(new Set(Object.keys(incomingEvents)));
  expect(new Set(phrases.map(({ words }) => words)).size).toBe(phrases.length);
});

test('a day is one of the shop’s, also over a change to summer time', () => {
  const scenario = scenarioOf(
    page('  - day 27 09:00: delivered\n  - day 28 09:00: delivered', '', 'until: day 30'),
  );

  expect(scenario.events.slice(-2).map(({ atMs }) => at(atMs))).toEqual([
    '2026-03-29T07:00',
    '2026-03-30T07:00',
  ]);
  expect(at(scenario.untilMs)).toBe('2026-04-01T22:00');
});

test('an event may come late, and twice', () => {
  const { events } = scenarioOf(
    page('  - day 1: shipped\n    told: [day 2 10:00, day 3 10:00]\n  - day 2 09:00: delivered'),
  );

  expect(events.slice(-3).map(({ detailType, atMs }) => [detailType, at(atMs)])).toEqual([
    ['ShipmentDelivered', '2026-03-04T08:00'],
    ['ShipmentDispatched', '2026-03-04T09:00'],
    ['ShipmentDispatched', '2026-03-05T09:00'],
  ]);
  expect(new Set(events.slice(-2).map(({ detail }) => detail['eventId'])).size).toBe(1);
  expect(events.at(-3)?.detail).toMatchObject({ parcelId: 'P1' });
});

test('several orders of one customer are told apart by their names', () => {
  const scenario = scenarioOf(`scenario: Two
shop: northside
customer: { id: c-1 }
when:
  - day -30: order placed
    order: A
    lines: [NS-TNT-2P]
  - day 0: order placed
    order: B
    lines: [NS-TNT-PEG]
  - day 1: shipped
    order: B
then:
  - day 1: dispatch-notice
    order: B
    of: [P1, NS-TNT-PEG]
`);

  expect(scenario.orders.map(({ orderId }) => orderId)).toEqual(['a.1.two-A', 'a.1.two-B']);
  expect(detailsOf(scenario, 'ShipmentDispatched')).toMatchObject([{ orderId: 'a.1.two-B' }]);
  expect(scenario.expectations).toMatchObject([
    {
      order: { name: 'B' },
      of: [{ written: 'P1' }, { written: 'NS-TNT-PEG', means: ['NS-TNT-PEG', 'NS-TNT-PEG', 'L1'] }],
    },
  ]);
});

test('where no order is named, the one without a name is meant', () => {
  const scenario = scenarioOf(
    page(
      '  - day -30: order placed\n    order: earlier\n    lines: [HG-FLT-002]\n  - day 1: shipped',
      '  - day -30: order-confirmation\n    order: earlier',
    ),
  );

  expect(detailsOf(scenario, 'ShipmentDispatched')).toMatchObject([{ orderId: 'a.1.a-page' }]);
  expect(scenario.expectations.map(({ order }) => order.orderId)).toEqual([
    'a.1.a-page',
    'a.1.a-page-earlier',
  ]);
});

test('a guest is told of in the order only', () => {
  const scenario = scenarioOf(
    page('').replace(
      '{ id: c-1, name: Jana Krüger, email: jana@customers.example }',
      '{ name: Tom }',
    ),
  );

  expect(scenario.events).toHaveLength(1);
  expect(scenario.events[0]?.detail).toMatchObject({ contact: { name: 'Tom' } });
});

test('a product of its own, and facts that differ, are no other scenario’s', () => {
  const scenario = scenarioOf(
    page(
      '  - day 1: product updated\n    product: X-1\n    price: 50',
      '',
      'catalogue:\n  - { sku: X-1, name: Kettle, price: 49.00 }\n  - { sku: HG-BEA-250, days of supply: 14, pairs with: [HG-FLT-002, X-1] }',
    ),
  );

  expect(detailsOf(scenario, 'CatalogItemUpdated')).toMatchObject([
    { item: { sku: 'a.1.a-page-X-1', price: { amountMinor: 4900, currency: 'EUR' } } },
    {
      item: {
        sku: 'a.1.a-page-HG-BEA-250',
        name: 'House espresso beans, 250 g',
        facts: { daysOfSupply: 14, pairsWith: ['HG-FLT-002', 'a.1.a-page-X-1'] },
      },
    },
    { item: { sku: 'a.1.a-page-X-1', name: 'Kettle', price: { amountMinor: 5000 } } },
  ]);
  expect(detailsOf(scenario, 'OrderPlaced')).toMatchObject([
    { lines: [{ sku: 'HG-GRI-010' }, { sku: 'a.1.a-page-HG-BEA-250' }] },
  ]);
});

test('what is said of a customer goes above what is known', () => {
  const scenario = scenarioOf(page('  - day 1: customer updated\n    locale: de-AT'));

  expect(detailsOf(scenario, 'CustomerUpdated').at(-1)).toMatchObject({
    profile: { name: 'Jana Krüger', locale: 'de-AT' },
  });
});

test('pieces are named by product; without a number all of the line are meant', () => {
  const scenario = scenarioOf(
    page(
      '  - day 1: order cancelled\n    lines: [1 x HG-BEA-250]\n  - day 2: refunded\n    lines: [HG-BEA-250]\n    amount: 8.90',
    ),
  );

  expect(detailsOf(scenario, 'OrderCancelled')).toMatchObject([
    { lines: [{ lineId: 'L2', quantity: 1 }] },
  ]);
  expect(detailsOf(scenario, 'RefundIssued')).toMatchObject([
    { amount: { amountMinor: 890 }, lines: [{ lineId: 'L2', quantity: 1 }] },
  ]);
});

test('the survey is the shop’s, unless it is named', () => {
  const nps = page('  - day 5: survey answered\n    score: 9')
    .replace('hearth', 'northside')
    .replace('HG-GRI-010, 2 x HG-BEA-250', 'NS-TNT-2P');

  expect(detailsOf(scenarioOf(nps), 'SurveyAnswered')).toMatchObject([{ survey: 'nps', score: 9 }]);
});

test('the documents of a file are scenarios that share no id', () => {
  const { scenarios } = readText([page(''), page('')].join('---\n'));

  const ids = scenarios.flatMap(({ events }) => events.map(({ detail }) => detail['eventId']));
  expect(scenarios.map(({ scope, line }) => [scope, line])).toEqual([
    ['a.1.a-page', 1],
    ['a.2.a-page', 13],
  ]);
  expect(new Set(ids).size).toBe(ids.length);
});

const everything = page(
  `  - day 0 10:00: order amended
    added lines: [HG-FLT-002]
    lines: [{ product: HG-BEA-250, quantity: 3 }]
  - day 0 12:00: order cancelled
    lines: [HG-FLT-002]
  - day 1: shipped
    due: day 3 18:00
    tracking number: 00123
  - day 2: out for delivery
  - day 2 18:00: delivery failed
    pickup point: Parcel shop
  - day 3: delivered
  - day 4: first used
    product: HG-GRI-010
  - day 5: survey answered
    score: 2
  - day 6: review posted
    product: HG-GRI-010
    rating: 5
  - day 7: return requested
    lines: [HG-GRI-010]
  - day 9: return received
  - day 10: refunded
    lines: [HG-GRI-010]
    reason: returned
  - day 11: payment disputed
  - day 12: dispute won
  - day 13: loyalty joined
    tier: gold
  - day 14: subscription started
    product: HG-TEA-BOX
  - day 20: subscription renewed
  - day 21: subscription cancelled
  - day 22: customer updated
    email: new@customers.example
  - day 23: consent withdrawn
    for: marketing by email
  - day 24 08:00: app installed
    on: iPhone
  - day 24 09:00: app removed
  - day 24 10:00: case opened
    topic: where is my order
  - day 24 11:00: case closed
  - day 0 09:10: session opened
  - day 0 09:11: offer shown
    offer id: grinder
  - day 0 09:12: offer clicked
    offer id: grinder
  - day 0 09:13: offer accepted
    offer id: grinder
  - day 0 09:14: offer dismissed
    offer id: grinder
  - day 0 09:15: offer refused
    offer id: grinder
    reason: payment declined
  - day 0 09:16: offer updated
    offer id: grinder
    type: partner
    partner: Coffee Club
    url: https://www.coffeeclub.example
    value: { kind: cpc, amountMinor: 20 }
    conditions: { bought skus: [X-1] }
    creative: { en: { headline: Join the club, action: Have a look } }
  - day 0 09:20: session viewed
  - day 12: commission confirmed
    partner: Coffee Club
    amount: 4.50
  - day 13: commission reversed
  - day 14: adjustment posted
    amount minor: -1200
    reason: bad debt
  - day 20: content reviewed
    sku: X-1
    subject: { type: text, locale: en-GB, kind: care, version: 1 }
  - day 24 12:00: erasure requested
  - day 24: product updated
    product: X-1
    name: Kettle, large`,
  '',
  'catalogue: [{ sku: X-1, name: Kettle, price: 49 }]',
);
