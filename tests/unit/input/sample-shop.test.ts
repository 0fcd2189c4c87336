import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import config from '#config';
import { type IncomingEvent, parseEvent } from '#core/contracts/parse-event.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { statusOf } from '#core/domain/orders/order.ts';
import { sampleCases } from '#rehearsal/input/sample-cases.ts';
import { sampleCatalogue } from '#rehearsal/input/sample-catalogue.ts';
import { malformedEvents } from '#rehearsal/input/sample-malformed.ts';
import { sampleOffers } from '#rehearsal/input/sample-offers.ts';
import { sampleShop } from '#rehearsal/input/sample-shop.ts';
import { sampleShops } from '#rehearsal/input/sample-shops.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { isOfOrder } from './is-of-order.ts';

const shops = Object.keys(config.shops);

const parse = ({ source, detailType, detail }: TimedEvent) =>
  parseEvent(JSON.stringify({ source, 'detail-type': detailType, detail }), shops);

const read = (events: readonly TimedEvent[]): readonly IncomingEvent[] =>
  events.flatMap((event) => {
    const parsed = parse(event);
    return parsed.ok ? [parsed.event] : [];
  });

/** Each order's events once, as the order's log keeps them. */
const logsOf = (events: readonly TimedEvent[]): ReadonlyMap<string, readonly OrderEvent[]> => {
  const logs = new Map<string, OrderEvent[]>();
  for (const event of read(events).filter(isOfOrder)) {
    const key = `${event.shop}#${event.orderId}`;
    const log = logs.get(key) ?? [];
    if (!log.some(({ eventId }) => eventId === event.eventId)) log.push(event);
    logs.set(key, log);
  }
  return logs;
};

const statusesOf = (events: readonly TimedEvent[]) =>
  [...logsOf(events)].map(([key, log]) => {
    const order = orderOf(log);
    return [key, order === undefined ? 'unknown' : statusOf(order)] as const;
  });

const events = sampleShop({ seed: '1' });
const orders = [...logsOf(events).values()].flatMap((log) => orderOf(log) ?? []);

describe('sampleShop', () => {
  it('is the same for the same seed', () => {
    expect(sampleShop({ seed: 'a' })).toStrictEqual(sampleShop({ seed: 'a' }));
    expect(sampleShop({ seed: 'a' })).not.toStrictEqual(sampleShop({ seed: 'b' }));
  });

  it('tells nothing that cannot be read but for the malformed events', () => {
    const refused = events.filter((event) => !parse(event).ok);

    expect(refused).toStrictEqual(
      malformedEvents.map(({ event }) => event).toSorted((a, b) => a.atMs - b.atMs),
    );
  });

  it('brings every order to its end, whatever the seed', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const open = statusesOf(sampleShop({ seed })).filter(
          ([, status]) => status !== 'delivered' && status !== 'cancelled',
        );
        expect(open).toStrictEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('has at least 200 orders besides the named ones, placed within 14 days of both shops', () => {
    const named = new Set(sampleCases.map(({ orderId }) => orderId));
    const ordinary = orders.filter(({ orderId }) => !named.has(orderId));

    expect(ordinary.length).toBeGreaterThanOrEqual(200);
    expect(new Set(ordinary.map(({ shop }) => shop))).toStrictEqual(new Set(shops));
    const placed = orders
      .filter(({ orderId }) => !orderId.endsWith('-again'))
      .map(({ placedAt }) => placedAt)
      .toSorted();
    expect(placed[0]?.slice(0, 10)).toBe('2026-03-02');
    // The evening of the last day in Chicago is the next morning in UTC.
    expect(placed.at(-1)?.localeCompare('2026-03-16T05:00:00.000Z')).toBe(-1);
  });

  it('stays within half a year, in order of arrival, nothing arriving before it happened', () => {
    const last = Math.max(...events.map(({ atMs }) => atMs));

    expect(last).toBeLessThan(Date.parse('2026-08-29T00:00:00Z'));
    expect(events.map(({ atMs }) => atMs)).toStrictEqual(
      events.map(({ atMs }) => atMs).toSorted((a, b) => a - b),
    );
    const early = events.filter(
      ({ atMs, detail }) => atMs < Date.parse(String(detail['occurredAt'])),
    );
    expect(early).toStrictEqual([]);
  });

  it('tells the catalogue before the first order', () => {
    const typesBefore = events
      .slice(
        0,
        events.findIndex(({ detailType }) => detailType === 'OrderPlaced'),
      )
      .map(({ detailType }) => detailType);

    expect(typesBefore.filter((type) => type === 'CatalogItemUpdated')).toHaveLength(
      sampleCatalogue.length,
    );
    expect(typesBefore).toContain('CustomerUpdated');
    expect(typesBefore).toContain('ConsentChanged');
  });

  it('has orders at night seldom and in the evening often, by the clocks of the shop', () => {
    const hours = orders
      .filter(({ orderId }) => /^\d{5}$/.test(orderId))
      .map(({ shop, placedAt }) => {
        const timeZone = config.shops[shop]?.timeZone ?? 'UTC';
        const format = new Intl.DateTimeFormat('en', {
          hour: 'numeric',
          hourCycle: 'h23',
          timeZone,
        });
        return Number(format.format(new Date(placedAt)));
      });

    const evening = hours.filter((hour) => hour >= 19 && hour < 22).length;
    const night = hours.filter((hour) => hour >= 1 && hour < 4).length;
    expect(evening).toBeGreaterThan(hours.length / 8);
    expect(night).toBe(0);
  });

  it('shows every kind of order, customer and accident', () => {
    const placed = read(events).filter((event) => event.type === 'OrderPlaced');
    const locales = new Set(placed.map(({ contact }) => contact.locale));

    expect([...locales]).toEqual(
      expect.arrayContaining(['en-GB', 'de-DE', 'de-AT', 'fr-FR', 'en-US']),
    );
    expect(placed.some(({ contact }) => contact.customerId === undefined)).toBe(true);
    expect(placed.some(({ contact }) => contact.email === undefined)).toBe(true);
    expect(placed.some(({ gift }) => gift === true)).toBe(true);
    expect(placed.some(({ test }) => test === true)).toBe(true);
    expect(placed.some(({ lines }) => lines.length === 50)).toBe(true);
    expect(placed.some(({ lines }) => lines.every(({ kind }) => kind === 'digital'))).toBe(true);
    expect(orders.some(({ anomalies }) => anomalies.length > 0)).toBe(false);
  });

  it('tells amounts that add up', () => {
    const wrong = read(events)
      .filter((event) => event.type === 'OrderPlaced')
      .filter(({ lines, total, shipping, discount, tax }) => {
        const goods = lines.reduce(
          (sum, { unitPrice, quantity, total: whole }) =>
            sum + (whole?.amountMinor ?? unitPrice.amountMinor * quantity),
          0,
        );
        const sum =
          goods +
          (shipping?.amountMinor ?? 0) +
          (tax?.amountMinor ?? 0) -
          (discount?.amountMinor ?? 0);
        return sum !== total.amountMinor;
      });

    expect(wrong).toStrictEqual([]);
  });

  it('tells its offers before the first order, and nothing of what happens on pages', () => {
    const types = events.map(({ detailType }) => detailType);
    const firstOrder = types.indexOf('OrderPlaced');

    expect(types.slice(0, firstOrder).filter((type) => type === 'OfferUpdated')).toHaveLength(
      sampleOffers.length,
    );
    expect(types.filter((type) => /^(Session|Offer(?!Updated)|Commission)/.test(type))).toEqual([]);
  });

  it('shows who asks where it is and what is written off', () => {
    const types = new Set(read(events).map(({ type }) => type));

    expect([...types]).toEqual(expect.arrayContaining(['SupportCaseOpened', 'AdjustmentPosted']));
  });

  it('uses the currency and time zone that the configuration gives the shop', () => {
    for (const { id, currency, timeZone } of sampleShops)
      expect(config.shops[id]).toMatchObject({ currency, timeZone });
  });
});

describe('sampleCases', () => {
  it('are named once each and say in one line what they show', () => {
    const keys = sampleCases.map(({ shop, orderId }) => `${shop}#${orderId}`);

    expect(new Set(keys).size).toBe(keys.length);
    expect(sampleCases.length).toBeGreaterThanOrEqual(25);
    for (const { about } of sampleCases) expect(about).toMatch(/^[^\n]{10,100}\.$/);
  });

  const statuses = new Map(statusesOf(sampleCases.flatMap((each) => each.events)));

  it.each([
    ['hearth#1001-split-parcels', 'delivered'],
    ['hearth#1003-returned-to-sender', 'cancelled'],
    ['northside#1004-lost-and-replaced', 'delivered'],
    ['hearth#1005-lost-and-refunded', 'cancelled'],
    ['hearth#1006-part-lost', 'delivered'],
    ['hearth#1010-cancelled-before-dispatch', 'cancelled'],
    ['hearth#1012-cancelled-after-dispatch', 'cancelled'],
    ['northside#1013-line-cancelled-after-dispatch', 'delivered'],
    ['northside#1015-backorder-of-36-days', 'delivered'],
    ['hearth#1023-delivered-without-parcel', 'delivered'],
    ['hearth#1036-review-failed', 'cancelled'],
  ])('%s ends %s', (key, status) => {
    expect(statuses.get(key)).toBe(status);
  });

  it('tell two neighbours apart that one JSON number would make one', () => {
    const ids = sampleCases.map(({ orderId }) => orderId).filter((id) => /^\d{16}$/.test(id));

    expect(ids).toHaveLength(2);
    expect(new Set(ids.map(Number)).size).toBe(1);
  });
});

describe('malformedEvents', () => {
  it.each(malformedEvents)('park $about', ({ event, reason }) => {
    expect(parse(event)).toMatchObject({ ok: false, reason });
  });
});

describe('the sample offers', () => {
  it('have names of their own within their shop, and are of every kind', () => {
    for (const { id } of sampleShops) {
      const own = sampleOffers.filter(({ shop }) => shop === id).map(({ offer }) => offer);
      expect(new Set(own.map(({ offerId }) => offerId)).size).toBe(own.length);
      expect(own.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['upsell', 'cross-sell', 'subscription', 'referral', 'partner']),
      );
    }
    expect(sampleOffers.map(({ offer: { type } }) => type)).toContain('loyalty');
  });

  it('are of products that their own shop sells, at a price', () => {
    const sold = new Set(sampleCatalogue.map(({ shop, sku }) => `${shop}#${sku}`));
    const offered = sampleOffers.flatMap(({ shop, offer: { product } }) =>
      product?.kind === 'sku' ? [`${shop}#${product.sku}`] : [],
    );

    expect(offered.filter((each) => !sold.has(each))).toEqual([]);
    expect(offered.length).toBeGreaterThan(5);
  });
});

describe('the sample catalogue', () => {
  it('has about forty products, some of them without a category or a picture', () => {
    expect(sampleCatalogue.length).toBeGreaterThanOrEqual(40);
    expect(sampleCatalogue.some(({ category }) => category === undefined)).toBe(true);
    expect(sampleCatalogue.some(({ imageUrl }) => imageUrl === undefined)).toBe(true);
    expect(new Set(sampleCatalogue.map(({ kind }) => kind))).toStrictEqual(
      new Set(['physical', 'digital', 'subscription', 'service']),
    );
  });
});
