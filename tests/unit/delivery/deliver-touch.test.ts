import { describe, expect, test } from 'vitest';
import config from '#config';
import type { ShopConfig } from '#core/contracts/config.ts';
import { deliverTouch, type DueTouch, type SendResult } from '#core/delivery/deliver-touch.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { newCustomer } from '#core/domain/customers/customer.ts';
import type { Purchase } from '#core/domain/customers/purchase.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { Channel } from '#core/domain/touches/touch.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { inMemoryTouchRecords } from '#tests/fakes/in-memory-touch-records.ts';
import { logOf } from '#tests/unit/orders/histories.ts';
import { at, delivered, euros, line, placed, reviewed } from '#tests/unit/orders/order-events.ts';
import { type TouchName, touches } from '#touches/registry.ts';

const agreed = {
  ...newCustomer('hearth', 'c-17'),
  consents: { 'marketing/email': { state: 'granted', at: at(1), source: 'checkout' } },
} as const;

const item = (sku: string, change: Partial<CatalogItem> = {}): CatalogItem => ({
  shop: 'hearth',
  sku,
  name: `Catalogue’s ${sku}`,
  updatedAt: at(0),
  ...change,
});

interface World {
  readonly touch: TouchName;
  readonly subjects: readonly string[];
  readonly channel?: Channel;
  readonly events?: readonly OrderEvent[];
  readonly items?: readonly CatalogItem[];
  readonly shop?: Partial<ShopConfig>;
  readonly purchases?: readonly Purchase[];
  readonly result?: SendResult;
}

const shopOf = (change: Partial<ShopConfig> = {}): ShopConfig => {
  const { hearth } = config.shops;
  if (hearth === undefined) throw new Error('the configuration has no shop hearth');
  return { ...hearth, categories: {}, products: {}, ...change };
};

const setUp = ({ touch, subjects, channel = 'email', ...world }: World) => {
  const { events = [placed(), delivered(14)], purchases = [] } = world;
  const record: TouchRecord = {
    shop: 'hearth',
    orderId: '100482',
    touch,
    touchId: touch,
    subjects,
    purpose: touches[touch].purpose,
    decision: { kind: 'send', channel, rules: [] },
    decidedAt: at(12),
    state: 'decided',
    attempts: 0,
  };
  const records = inMemoryTouchRecords(record);
  const bus = inMemoryEventBus();
  const due: DueTouch[] = [];
  const deliver = deliverTouch({
    channel,
    touches,
    shops: { hearth: shopOf(world.shop) },
    orders: inMemoryOrderLogs({ ...logOf(events), version: 1 }),
    customers: inMemoryCustomers(agreed),
    purchases: inMemoryPurchases(...purchases),
    catalogue: inMemoryCatalogue(...(world.items ?? [])),
    records,
    send: async (each) => {
      due.push(each);
      return world.result ?? { kind: 'accepted', messageId: 'm-1', locale: 'de-DE' };
    },
    publisher: bus,
    now: () => new Date(at(400)),
  });
  const stored = async () => (await records.ofOrder('hearth', '100482'))[0];
  return { deliver: () => deliver(record), due, stored, bus };
};

const productsOf = ({ due }: ReturnType<typeof setUp>) => due.flatMap(({ products }) => products);

describe('the products that a touch is written by', () => {
  test('are those of the lines it tells of, with their facts', async () => {
    const world = setUp({
      touch: 'care-guide',
      subjects: ['mill'],
      items: [item('SKU-mill', { category: 'Mills' }), item('SKU-tin')],
      shop: { categories: { Mills: { guideUrl: 'https://www.hearth.example/mills' } } },
    });

    await world.deliver();

    expect(productsOf(world)).toMatchObject([
      {
        sku: 'SKU-mill',
        name: 'Catalogue’s SKU-mill',
        guideUrl: 'https://www.hearth.example/mills',
      },
    ]);
  });

  test('are known by their lines where the catalogue does not know them', async () => {
    const lines = [line('mill', { category: 'Mills' })];
    const world = setUp({
      touch: 'care-guide',
      subjects: ['mill'],
      events: [placed({ lines }), delivered(14)],
      shop: { categories: { Mills: { returnableDays: 30 } } },
    });

    await world.deliver();

    expect(productsOf(world)).toMatchObject([
      { sku: 'SKU-mill', name: 'The mill', category: 'Mills', returnableDays: 30 },
    ]);
  });

  test('are of the category that the line has, where the catalogue leaves it out', async () => {
    const lines = [line('mill', { category: 'Mills' })];
    const world = setUp({
      touch: 'care-guide',
      subjects: ['mill'],
      events: [placed({ lines }), delivered(14)],
      items: [item('SKU-mill')],
      shop: { categories: { Mills: { returnableDays: 30 } } },
    });

    await world.deliver();

    expect(productsOf(world)).toMatchObject([
      { name: 'Catalogue’s SKU-mill', category: 'Mills', returnableDays: 30 },
    ]);
  });

  test('are one for two lines of one product', async () => {
    const lines = [line('a', { sku: 'MILL' }), line('b', { sku: 'MILL' })];
    const world = setUp({
      touch: 'care-guide',
      subjects: ['a', 'b'],
      events: [placed({ lines }), delivered(14)],
      items: [item('MILL')],
    });

    await world.deliver();

    expect(productsOf(world)).toMatchObject([{ sku: 'MILL' }]);
  });

  test('are those that it offers, as far as the catalogue knows them', async () => {
    const world = setUp({
      touch: 'cross-sell',
      subjects: ['GRINDER', 'UNKNOWN'],
      items: [item('GRINDER', { price: euros(9_900) }), item('SKU-mill')],
      shop: { products: { GRINDER: { url: 'https://www.hearth.example/grinder' } } },
    });

    await world.deliver();

    expect(productsOf(world)).toMatchObject([
      { sku: 'GRINDER', price: euros(9_900), url: 'https://www.hearth.example/grinder' },
    ]);
  });

  test('are none for what tells of the order', async () => {
    const world = setUp({
      touch: 'satisfaction-survey',
      subjects: [],
      items: [item('SKU-mill')],
    });

    expect(await world.deliver()).toBe('sent');

    expect(productsOf(world)).toEqual([]);
  });
});

test('a touch is written of the lines that are still open, whatever it was decided for', async () => {
  const world = setUp({
    touch: 'review-request',
    subjects: ['mill', 'tin'],
    events: [placed(), delivered(14), reviewed(20, 'SKU-mill')],
  });

  expect(await world.deliver()).toBe('sent');

  expect(world.due).toMatchObject([{ subjects: ['tin'], products: [{ sku: 'SKU-tin' }] }]);
  expect(await world.stored()).toMatchObject({ subjects: ['mill', 'tin'] });
});

describe('a touch', () => {
  test('is told of by the channel that it went by', async () => {
    const byInsert = setUp({
      touch: 'packaging-insert',
      subjects: ['mill'],
      channel: 'insert',
      events: [placed()],
    });
    const byEmail = setUp({ touch: 'care-guide', subjects: ['mill'] });

    await byInsert.deliver();
    await byEmail.deliver();

    expect(byInsert.bus.events).toMatchObject([{ detail: { channel: 'insert' } }]);
    expect(byEmail.bus.events).toMatchObject([{ detail: { channel: 'email' } }]);
  });

  test('is not sent by a channel that it has not', async () => {
    const world = setUp({ touch: 'care-guide', subjects: ['mill'], channel: 'insert' });

    expect(await world.deliver()).toBe('dropped');

    expect(world.due).toEqual([]);
    expect(await world.stored()).toMatchObject({ outcome: { reason: 'no-channel' } });
  });

  test('that finds nothing to say is dropped with the reason, and not told of', async () => {
    const world = setUp({
      touch: 'cross-sell',
      subjects: ['GRINDER'],
      result: { kind: 'dropped', reason: 'no-longer-relevant' },
    });

    expect(await world.deliver()).toBe('dropped');
    expect(await world.deliver()).toBe('already-done');

    expect(await world.stored()).toMatchObject({
      state: 'dropped',
      outcome: { at: at(400), reason: 'no-longer-relevant' },
    });
    expect(world.bus.events).toEqual([]);
  });

  test('that the customer has overtaken while it was queued is dropped', async () => {
    const purchases = [
      {
        shop: 'hearth',
        customerId: 'c-17',
        orderId: '9',
        placedAt: at(300),
        total: euros(9_900),
        lines: [{ sku: 'GRINDER', quantity: 1 }],
      },
    ];
    const world = setUp({ touch: 'cross-sell', subjects: ['GRINDER'], purchases });

    expect(await world.deliver()).toBe('dropped');

    expect(await world.stored()).toMatchObject({ outcome: { reason: 'ordered-again' } });
  });

  test('whose page the shop has given up is dropped', async () => {
    const world = setUp({ touch: 'satisfaction-survey', subjects: [], shop: { pages: {} } });

    expect(await world.deliver()).toBe('dropped');

    expect(await world.stored()).toMatchObject({ outcome: { reason: 'no-page' } });
  });
});
