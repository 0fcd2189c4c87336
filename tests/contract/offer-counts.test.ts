import { beforeAll, describe, expect, test } from 'vitest';
import { dynamoOfferCounts } from '#core/adapters/dynamo-offer-counts.ts';
import { tables } from '#core/contracts/tables.ts';
import type { OfferCounts, StoredCount } from '#core/ports/offer-counts.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemoryOfferCounts } from '#tests/fakes/in-memory-offer-counts.ts';

const client = await inMemoryDynamoDb();

const makers: Readonly<Record<string, () => OfferCounts>> = {
  'in memory': () => inMemoryOfferCounts(),
  'in DynamoDB': () => dynamoOfferCounts(client, tables.offerCounts.name),
};

const count = (change: Partial<StoredCount> = {}): StoredCount => ({
  shop: 'hearth',
  offerId: 'beans',
  context: 'returning/strong',
  shown: 1,
  accepted: 0,
  ...change,
});

describe.each(Object.entries(makers))('counters of offers %s', (_, make) => {
  let counts: OfferCounts;
  beforeAll(() => {
    counts = make();
  });

  test('are none before anything was shown', async () => {
    expect(await counts.of('new', 'new')).toEqual(new Map());
    expect(await counts.spentOf('new')).toEqual(new Map());
    expect(await counts.priorsOf('new')).toBeUndefined();
  });

  test('add up by offer and context, and are read by tenure and shop', async () => {
    await counts.add([count(), count({ shown: 0, accepted: 1 })]);
    await counts.add([count(), count({ context: 'returning/none' })]);
    await counts.add([count({ context: 'new/strong' }), count({ shop: 'northside' })]);

    expect(await counts.of('hearth', 'returning')).toEqual(
      new Map([
        ['beans#returning/none', { shown: 1, accepted: 0 }],
        ['beans#returning/strong', { shown: 2, accepted: 1 }],
      ]),
    );
    expect([...(await counts.of('hearth', 'new')).keys()]).toEqual(['beans#new/strong']);
  });

  test('lose nothing when many are added at once', async () => {
    const shop = 'busy';

    await Promise.all(Array.from({ length: 40 }, () => counts.add([count({ shop })])));

    expect(await counts.of(shop, 'returning')).toEqual(
      new Map([['beans#returning/strong', { shown: 40, accepted: 0 }]]),
    );
  });

  test('know offers whose names have signs in them', async () => {
    const shop = 'signs';

    await counts.add([count({ shop, offerId: 'new/offer#1' })]);

    expect([...(await counts.of(shop, 'returning')).keys()]).toEqual([
      'new/offer#1#returning/strong',
    ]);
  });

  test('spend a budget to its last cent and not beyond', async () => {
    const offer = { shop: 'hearth', offerId: 'huts' };

    expect(await counts.spend(offer, 60, 100)).toBe(true);
    expect(await counts.spend(offer, 41, 100)).toBe(false);
    expect(await counts.spend(offer, 40, 100)).toBe(true);
    expect(await counts.spend(offer, 1, 100)).toBe(false);

    expect(await counts.spentOf('hearth')).toEqual(new Map([['huts', 100]]));
  });

  test('spend nothing of a budget that is smaller than the price', async () => {
    expect(await counts.spend({ shop: 'small', offerId: 'huts' }, 101, 100)).toBe(false);
    expect(await counts.spentOf('small')).toEqual(new Map());
  });

  test('spend a budget once, however many try at the same time', async () => {
    const offer = { shop: 'rush', offerId: 'huts' };

    const spent = await Promise.all(Array.from({ length: 20 }, () => counts.spend(offer, 30, 100)));

    expect(spent.filter((isSpent) => isSpent)).toHaveLength(3);
    expect(await counts.spentOf('rush')).toEqual(new Map([['huts', 90]]));
  });

  test('keep the priors that were fitted last', async () => {
    const priors = {
      fittedAt: '2026-11-22T12:00:00.000Z',
      byType: { upsell: { 'new/none': { alpha: 1.5, beta: 48.5 } } },
    } as const;
    await counts.keepPriors('hearth', { fittedAt: 'before', byType: {} });

    await counts.keepPriors('hearth', priors);

    expect(await counts.priorsOf('hearth')).toEqual(priors);
    expect(await counts.priorsOf('northside')).toBeUndefined();
  });
});
