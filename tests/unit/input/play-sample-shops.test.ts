import { describe, expect, test } from 'vitest';
import { playSampleShops } from '#rehearsal/input/play-sample-shops.ts';
import type { PlacedOrder } from '#rehearsal/input/order-life.ts';
import { sampleCases } from '#rehearsal/input/sample-cases.ts';
import { malformedEvents } from '#rehearsal/input/sample-malformed.ts';
import { placing } from '#rehearsal/input/sample-order.ts';
import { hearth } from '#rehearsal/input/sample-shops.ts';
import { type Deed, isRequest, type TimedEvent } from '#rehearsal/input/timed-event.ts';
import type { Listener } from '#rehearsal/rehearsal.ts';
import type { Envelope } from '#rehearsal/services/event-bus.ts';
import { accepted, clicked } from './bus-envelopes.ts';
import { manyOrders, PLACED_MS } from './many-orders.ts';
import { tokenIn } from './page-answers.ts';

const orders = manyOrders({ shop: hearth, skus: ['HG-ESP-100'], count: 200 });

const envelopeOf = ({ source, detailType, detail }: TimedEvent): Envelope => ({
  source,
  'detail-type': detailType,
  detail,
});

/** A rehearsal that only keeps what it is to do. */
const played = async (events: readonly TimedEvent[]) => {
  const planned: Deed[] = [];
  const listeners: Listener[] = [];
  const shops = await playSampleShops(
    {
      plan: (deeds) => void planned.push(...deeds),
      listen: (hear) => void listeners.push(hear),
    },
    { events, fromMs: PLACED_MS, seed: '1', appKey: 'the key of the app', keys: (shop) => shop },
  );
  const hear = async (envelope: Envelope): Promise<readonly Deed[]> =>
    (await Promise.all(listeners.map(async (each) => each(envelope)))).flat();
  return { planned, hear, shops };
};

const ordersLookedAt = (deeds: readonly Deed[]): readonly string[] =>
  deeds.filter(isRequest).map((visit) => {
    const [, payload = ''] = tokenIn(visit).split('.');
    return String(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')).sub);
  });

describe('the sample shops', () => {
  test('have the pages of known orders looked at after the order, not after its event', async () => {
    const told = orders.map((order) => placing(order, 3_600_000));

    const { planned } = await played(told);

    const looked = new Set(ordersLookedAt(planned));
    expect(looked.size).toBeGreaterThan(orders.length * 0.75);
    expect(Math.min(...planned.map(({ atMs }) => atMs))).toBeLessThan(PLACED_MS + 15_000);
  });

  test('notice an order of which nobody knew, once', async () => {
    const { planned, hear } = await played([]);

    const first = await Promise.all(orders.map((order) => hear(envelopeOf(placing(order)))));
    const again = await Promise.all(orders.map((order) => hear(envelopeOf(placing(order)))));

    expect(planned).toEqual([]);
    expect(new Set(ordersLookedAt(first.flat())).size).toBeGreaterThan(orders.length * 0.75);
    expect(again.flat()).toEqual([]);
  });

  test('have no page for named orders, for what cannot be read, and for what came of a page', async () => {
    const fromPage = orders.map((order): PlacedOrder => ({
      ...order,
      lines: order.lines.map((line) => ({ ...line, origin: { sessionId: 's', offerId: 'o' } })),
    }));
    const named = sampleCases.flatMap(({ events }) => events);

    const { planned } = await played([
      ...named,
      ...malformedEvents.map(({ event }) => event),
      ...fromPage.map((order) => placing(order)),
    ]);

    expect(planned).toEqual([]);
  });

  test('answer what is accepted and followed on their pages', async () => {
    const { hear, shops } = await played(orders.map((order) => placing(order)));

    const deeds = await Promise.all(
      orders.flatMap((order) => [
        hear(accepted(order, 'HG-DES-500')),
        hear(clicked(order, 'homecover-quote')),
      ]),
    );

    const types = new Set(
      deeds.flat().map((deed) => ('detailType' in deed ? deed.detailType : '')),
    );
    expect([...types]).toEqual(
      expect.arrayContaining(['OrderAmended', 'OfferRefused', 'CommissionConfirmed']),
    );
    const larger = shops.orders.all().filter(({ lines }) => lines.length === 2);
    expect(larger.length).toBeGreaterThan(orders.length * 0.85);
  });

  test('wait for visitors when they are told to: nobody else looks, and every yes is done at once', async () => {
    const { hear, shops } = await played([]);
    shops.waitForVisitors();

    const noticed = await Promise.all(orders.map((order) => hear(envelopeOf(placing(order)))));
    const answers = await Promise.all(orders.map((order) => hear(accepted(order, 'HG-DES-500'))));

    expect(noticed.flat()).toEqual([]);
    expect(shops.orders.all()).toHaveLength(orders.length);
    expect(answers.every(([deed]) => deed !== undefined && 'detailType' in deed)).toBe(true);
    expect(new Set(answers.map(([deed]) => deed?.atMs))).not.toContain(undefined);
  });
});
