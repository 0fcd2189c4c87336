import { describe, expect, test } from 'vitest';
import { journeyContext } from '#core/delivery/journey-context.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { ARRIVAL } from '#tests/unit/journeys/plan-inputs.ts';
import { logOf } from '#tests/unit/orders/histories.ts';
import { at, delivered, line, placed } from '#tests/unit/orders/order-events.ts';
import { hash, setUp } from '#tests/unit/enrol-stage/set-up.ts';

test('an order that has not come is left to be tried again', async () => {
  const { handOver } = setUp({ events: [delivered(ARRIVAL)] });

  await expect(handOver('fulfilment', 'delivered')).rejects.toThrow(
    'order 100482 of hearth has not come yet',
  );
});

test('an order of a shop that is not configured is told which there are', async () => {
  const context = journeyContext(
    {
      orders: inMemoryOrderLogs({ ...logOf([placed()]), version: 1 }),
      customers: inMemoryCustomers(),
      purchases: inMemoryPurchases(),
      catalogue: inMemoryCatalogue(),
      shops: {},
      hash,
    },
    { shop: 'hearth', orderId: '100482' },
  );

  await expect(context).rejects.toThrow('no shop "hearth" is configured; there are: ');
});

describe('what is known of an order’s products', () => {
  const item = { shop: 'hearth', sku: 'SKU-mill', name: 'Mill', updatedAt: at(0) };
  const warranties = { Mills: { warrantyMonths: 24 } };

  test('is what the catalogue says of them', async () => {
    const enrol = setUp({ items: [{ ...item, facts: { warrantyMonths: 12 } }] });

    await enrol.handOver('onboarding');

    expect(enrol.scheduler.waiting()).toMatchObject([
      { payload: { stage: 'advocacy' } },
      { payload: { planned: 'warranty-registration' } },
    ]);
  });

  test('is what the shop says of the category that the catalogue has them in', async () => {
    const enrol = setUp({
      items: [{ ...item, category: 'Mills' }],
      shop: { categories: warranties },
    });

    await enrol.handOver('onboarding');

    expect(enrol.scheduler.waiting()).toMatchObject([
      { payload: { stage: 'advocacy' } },
      { payload: { planned: 'warranty-registration' } },
    ]);
  });

  test('is what the shop says of the line’s category when the catalogue has no such item', async () => {
    const enrol = setUp({
      events: [placed({ lines: [line('mill', { category: 'Mills' })] }), delivered(ARRIVAL)],
      shop: { categories: warranties },
    });

    await enrol.handOver('onboarding');

    expect(enrol.scheduler.waiting()).toMatchObject([
      { payload: { stage: 'advocacy' } },
      { payload: { planned: 'warranty-registration' } },
    ]);
  });

  test('is what the shop says of the line’s category when the catalogue has none for the item', async () => {
    const enrol = setUp({
      events: [placed({ lines: [line('mill', { category: 'Mills' })] }), delivered(ARRIVAL)],
      items: [item],
      shop: { categories: warranties },
    });

    await enrol.handOver('onboarding');

    expect(enrol.scheduler.waiting()).toMatchObject([
      { payload: { stage: 'advocacy' } },
      { payload: { planned: 'warranty-registration' } },
    ]);
  });
});
