import { describe, expect, test } from 'vitest';
import config from '#config';
import { journeyContext, visitContext } from '#core/delivery/journey-context.ts';
import type { DatedScore } from '#core/domain/scores/dated-score.ts';
import { inMemoryAffinity } from '#tests/fakes/in-memory-affinity.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { list, neighbour } from '#tests/unit/affinity/lists.ts';
import { ARRIVAL, tenOclock } from '#tests/unit/journeys/plan-inputs.ts';
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

describe('what visits are planned by besides', () => {
  const score: DatedScore = {
    scoredOn: '2026-12-07',
    lastOrderDay: '2026-11-18',
    dueBy: '2026-12-31',
    propensities: [{ category: 'Filters', score: 1 }],
  };
  const item = (sku: string, category: string) => ({
    shop: 'hearth',
    sku,
    name: sku,
    category,
    updatedAt: at(0),
  });
  const facts = { 'SKU-mill': { pairsWith: ['CUP', 'FILTER'] } };

  test('is the customer’s score, which the visit is told of', async () => {
    const enrol = setUp({ score, now: '2027-01-17T10:00:00.000Z' });
    const due = { shop: 'hearth', orderId: '100482', stage: 'repurchase', planned: 'win-back' };

    await enrol.due({ ...due, done: [], turn: 1 });

    expect([...enrol.journeys.repurchase.started.values()]).toMatchObject([
      { touch: 'win-back', because: 'score of 2026-12-07' },
    ]);
  });

  test('are the categories of what may be offered', async () => {
    const enrol = setUp({
      score,
      facts,
      items: [item('CUP', 'Cups'), item('FILTER', 'Filters')],
      now: tenOclock(25),
    });
    const due = { shop: 'hearth', orderId: '100482', stage: 'repurchase', planned: 'cross-sell' };

    await enrol.due({ ...due, done: [], turn: 1 });

    expect([...enrol.journeys.repurchase.started.values()]).toMatchObject([
      { touch: 'cross-sell', subjects: ['FILTER', 'CUP'] },
    ]);
  });

  test('are products that others bought with it, of those that the catalogue has', async () => {
    const enrol = setUp({
      affinity: [
        {
          shop: 'hearth',
          list: list('sku', 'SKU-mill', [
            neighbour('GONE', 0.9),
            neighbour('SKU-mill', 0.8),
            neighbour('CUP', 0.1),
          ]),
        },
        {
          shop: 'hearth',
          list: list('best-seller', '', [neighbour('FILTER', 0.5)], { orders: 1_000 }),
        },
      ],
      items: [item('CUP', 'Cups'), item('FILTER', 'Filters')],
      now: tenOclock(25),
    });
    const due = { shop: 'hearth', orderId: '100482', stage: 'repurchase', planned: 'cross-sell' };

    await enrol.due({ ...due, done: [], turn: 1 });

    expect([...enrol.journeys.repurchase.started.values()]).toMatchObject([
      {
        touch: 'cross-sell',
        subjects: ['CUP'],
        because: 'CUP: together with SKU-mill in 30 of its 100 orders, LLR 68.7',
      },
    ]);
  });

  test('is the score alone once the cross-sell is done', async () => {
    const unread = () => Promise.reject(new Error('nothing goes by it any more'));
    const orders = inMemoryOrderLogs({ ...logOf([placed()]), version: 1 });
    const catalogue = inMemoryCatalogue();
    const context = await visitContext(
      {
        orders,
        customers: inMemoryCustomers(),
        purchases: inMemoryPurchases(),
        catalogue,
        affinity: { of: unread },
        scores: { of: async () => score },
        shops: config.shops,
        hash,
      },
      { shop: 'hearth', orderId: '100482' },
      ['cross-sell'],
    );

    expect(context).toMatchObject({ score });
    expect(context).not.toHaveProperty('offerCategories');
  });

  test('is nothing for an order that names nobody', async () => {
    const orders = inMemoryOrderLogs({ ...logOf([placed({ contact: {} })]), version: 1 });
    const context = await visitContext(
      {
        orders,
        customers: inMemoryCustomers(),
        purchases: inMemoryPurchases(),
        catalogue: inMemoryCatalogue(),
        affinity: inMemoryAffinity().reader,
        scores: { of: async () => score },
        shops: config.shops,
        hash,
      },
      { shop: 'hearth', orderId: '100482' },
      [],
    );

    expect(context.score).toBeUndefined();
  });
});
