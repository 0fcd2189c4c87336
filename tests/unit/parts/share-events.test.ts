import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { isForEveryPart, shareEvents } from '#rehearsal/parts/share-events.ts';

const event = (detailType: string, says: object): TimedEvent => ({
  atMs: 0,
  source: 'oms.hearth',
  detailType,
  detail: { shop: 'hearth', ...says },
});

const placed = (orderId: string, contact: object): TimedEvent =>
  event('OrderPlaced', { orderId, contact });

const product = (sku: string): TimedEvent => {
  const occurredAt = '2026-03-01T00:00:00.000Z';
  const item = { sku, name: sku };
  return event('CatalogItemUpdated', { eventId: sku, occurredAt, schemaVersion: 1, item });
};

const few = (prefix: string): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: 12 }).map((number) => `${prefix}${number}`);

const anyEvent: fc.Arbitrary<TimedEvent> = fc.oneof(
  fc
    .record({
      orderId: few('o'),
      customerId: few('c'),
      email: few('e'),
      phone: few('+49170000000'),
    })
    .chain(({ orderId, ...contact }) =>
      fc.subarray(Object.entries(contact)).map((some) => placed(orderId, Object.fromEntries(some))),
    ),
  few('o').map((orderId) => event('ShipmentDelivered', { orderId })),
  few('c').map((customerId) => event('LoyaltyEnrolled', { customerId })),
  few('sku').map(product),
  few('a').map((adjustmentId) => event('AdjustmentPosted', { adjustmentId })),
);

const input = {
  events: fc.array(anyEvent, { maxLength: 60 }),
  parts: fc.integer({ min: 1, max: 5 }),
};

/** What of an event names somebody. */
const namesOf = ({ detail }: TimedEvent): readonly string[] =>
  Object.entries({ ...detail, ...Object(detail['contact']) }).flatMap(([member, value]) =>
    ['orderId', 'customerId', 'email', 'phone'].includes(member)
      ? [`${member} ${String(value)}`]
      : [],
  );

describe('shareEvents', () => {
  it('gives every part what is of the shop, and exactly one part everything else', () => {
    fc.assert(
      fc.property(input.events, input.parts, (events, parts) => {
        const shared = shareEvents(events, parts);

        for (const each of events)
          expect(shared.filter((part) => part.includes(each)).length).toBe(
            isForEveryPart(each) ? shared.length : 1,
          );
        expect(shared.length).toBeLessThanOrEqual(parts);
      }),
    );
  });

  it('leaves no order, customer or address in two parts', () => {
    fc.assert(
      fc.property(input.events, input.parts, (events, parts) => {
        const names = shareEvents(events, parts).flatMap((part) => [
          ...new Set(part.flatMap(namesOf)),
        ]);

        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  it('keeps the order of arrival', () => {
    fc.assert(
      fc.property(input.events, input.parts, (events, parts) => {
        for (const part of shareEvents(events, parts)) {
          const places = part.map((each) => events.indexOf(each));
          expect(places).toEqual(places.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('shares the same events alike', () => {
    fc.assert(
      fc.property(input.events, input.parts, (events, parts) => {
        expect(shareEvents(structuredClone(events), parts)).toEqual(shareEvents(events, parts));
      }),
    );
  });

  it('gives customers of one size evenly', () => {
    const events = Array.from({ length: 9 }, (_, at) => placed(`o${at}`, { customerId: `c${at}` }));

    const sizes = shareEvents(events, 3).map((part) => part.length);

    expect(sizes).toEqual([3, 3, 3]);
  });

  it('makes no part that would have no customers', () => {
    const events = [product('mill'), placed('1', { customerId: 'ada' })];

    expect(shareEvents(events, 4)).toEqual([events]);
    expect(shareEvents([product('mill')], 4)).toEqual([[product('mill')]]);
  });

  it.each([
    [
      'an address that is written otherwise',
      { email: 'A.da@googlemail.com' },
      { email: 'ada@gmail.com' },
    ],
    [
      'a number that is written otherwise',
      { phone: '+49 170 1234567' },
      { phone: '+491701234567' },
    ],
    ['a customer', { customerId: 'ada' }, { customerId: 'ada', email: 'other@mail.example' }],
  ])('keeps orders together that have %s in common', (_, one, two) => {
    const shared = shareEvents([placed('1', one), placed('2', two), placed('3', {})], 2);

    expect(shared.map((part) => part.map(({ detail }) => detail['orderId']))).toEqual([
      ['1', '2'],
      ['3'],
    ]);
  });

  it('takes orders of one number in two shops for two', () => {
    const other = { ...placed('1', {}), detail: { shop: 'northpeak', orderId: '1' } };

    expect(shareEvents([placed('1', {}), other], 2)).toEqual([[placed('1', {})], [other]]);
  });

  it('has the first part alone park what of the shop cannot be read', () => {
    const broken = event('CatalogItemUpdated', { item: 'none' });
    const orders = [placed('1', {}), placed('2', {})];

    const [first, second] = shareEvents([broken, ...orders], 2);

    expect(first).toContain(broken);
    expect(second).not.toContain(broken);
  });

  it('books what names nobody in the first part alone', () => {
    const adjustment = event('AdjustmentPosted', { adjustmentId: 'a-1' });
    const orders = [placed('1', {}), placed('2', {})];

    expect(shareEvents([...orders, adjustment], 2)).toEqual([[orders[1], adjustment], [orders[0]]]);
  });
});
