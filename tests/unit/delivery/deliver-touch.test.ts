import { describe, expect, test } from 'vitest';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { reachable } from '#tests/unit/contact-policy/policy-inputs.ts';
import { at, delivered, euros, line, placed, reviewed } from '#tests/unit/orders/order-events.ts';
import { worldOf } from './world.ts';

const item = (sku: string, change: Partial<CatalogItem> = {}): CatalogItem => ({
  shop: 'hearth',
  sku,
  name: `Catalogue’s ${sku}`,
  updatedAt: at(0),
  ...change,
});

const productsOf = ({ due }: ReturnType<typeof worldOf>) => due.flatMap(({ products }) => products);

const contact = reachable;

describe('the products that a touch is written by', () => {
  test('are those of the lines it tells of, with their facts', async () => {
    const world = worldOf({
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
    const world = worldOf({
      touch: 'care-guide',
      subjects: ['mill'],
      events: [placed({ lines, contact }), delivered(14)],
      shop: { categories: { Mills: { returnableDays: 30 } } },
    });

    await world.deliver();

    expect(productsOf(world)).toMatchObject([
      { sku: 'SKU-mill', name: 'The mill', category: 'Mills', returnableDays: 30 },
    ]);
  });

  test('are of the category that the line has, where the catalogue leaves it out', async () => {
    const lines = [line('mill', { category: 'Mills' })];
    const world = worldOf({
      touch: 'care-guide',
      subjects: ['mill'],
      events: [placed({ lines, contact }), delivered(14)],
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
    const world = worldOf({
      touch: 'care-guide',
      subjects: ['a', 'b'],
      events: [placed({ lines, contact }), delivered(14)],
      items: [item('MILL')],
    });

    await world.deliver();

    expect(productsOf(world)).toMatchObject([{ sku: 'MILL' }]);
  });

  test('are those that it offers, as far as the catalogue knows them', async () => {
    const world = worldOf({
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
    const world = worldOf({
      touch: 'satisfaction-survey',
      subjects: [],
      items: [item('SKU-mill')],
    });

    expect(await world.deliver()).toBe('sent');

    expect(productsOf(world)).toEqual([]);
  });
});

test('a touch is written of the lines that are still open, whatever it was decided for', async () => {
  const world = worldOf({
    touch: 'review-request',
    subjects: ['mill', 'tin'],
    events: [placed({ contact }), delivered(14), reviewed(20, 'SKU-mill')],
  });

  expect(await world.deliver()).toBe('sent');

  expect(world.due).toMatchObject([{ subjects: ['tin'], products: [{ sku: 'SKU-tin' }] }]);
  expect(await world.stored()).toMatchObject({ subjects: ['mill', 'tin'] });
});

describe('a touch', () => {
  test('is told of by the channel that it went by', async () => {
    const byInsert = worldOf({
      touch: 'packaging-insert',
      subjects: ['mill'],
      channel: 'insert',
      events: [placed({ contact })],
    });
    const byEmail = worldOf({ touch: 'care-guide', subjects: ['mill'] });

    await byInsert.deliver();
    await byEmail.deliver();

    expect(byInsert.bus.events).toMatchObject([{ detail: { channel: 'insert' } }]);
    expect(byEmail.bus.events).toMatchObject([{ detail: { channel: 'email' } }]);
  });

  test('is not sent by a channel that it has not', async () => {
    const world = worldOf({ touch: 'care-guide', subjects: ['mill'], channel: 'insert' });

    expect(await world.deliver()).toBe('dropped');

    expect(world.due).toEqual([]);
    expect(await world.stored()).toMatchObject({ outcome: { reason: 'no-channel' } });
  });

  test('that finds nothing to say is dropped with the reason, and not told of', async () => {
    const world = worldOf({
      touch: 'cross-sell',
      subjects: ['GRINDER'],
      nothingToSay: true,
    });

    expect(await world.deliver()).toBe('dropped');
    expect(await world.deliver()).toBe('already-done');

    expect(await world.stored()).toMatchObject({
      state: 'dropped',
      outcome: { at: at(396), reason: 'no-longer-relevant' },
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
    const world = worldOf({ touch: 'cross-sell', subjects: ['GRINDER'], purchases });

    expect(await world.deliver()).toBe('dropped');

    expect(await world.stored()).toMatchObject({ outcome: { reason: 'ordered-again' } });
  });

  test('whose page the shop has given up is dropped', async () => {
    const world = worldOf({ touch: 'loyalty-invitation', subjects: [], shop: { pages: {} } });

    expect(await world.deliver()).toBe('dropped');

    expect(await world.stored()).toMatchObject({ outcome: { reason: 'no-page' } });
  });
});
