import { beforeAll, describe, expect, test } from 'vitest';
import { dynamoOffers } from '#core/adapters/dynamo-offers.ts';
import { tables } from '#core/contracts/tables.ts';
import type { Offer } from '#core/domain/offers/offer.ts';
import type { Offers } from '#core/ports/offers.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemoryOffers } from '#tests/fakes/in-memory-offers.ts';
import { minute } from '#tests/unit/sessions/sessions.ts';

const client = await inMemoryDynamoDb();

const makers: Readonly<Record<string, () => Offers>> = {
  'in memory': () => inMemoryOffers(),
  'in DynamoDB': () => dynamoOffers(client, tables.offers.name),
};

const offer = (offerId: string, change: Partial<Offer> = {}): Offer => ({
  shop: 'hearth',
  offerId,
  type: 'upsell',
  product: { kind: 'sku', sku: 'SKU-1' },
  creative: { en: { headline: 'Beans', action: 'Add' } },
  value: { kind: 'margin', amountMinor: 500 },
  conditions: {},
  isActive: true,
  updatedAt: minute(1),
  ...change,
});

describe.each(Object.entries(makers))('offers %s', (_, make) => {
  let offers: Offers;
  beforeAll(() => {
    offers = make();
  });

  test('are none of a shop that made none', async () => {
    expect(await offers.of('new')).toEqual([]);
  });

  test('are a shop’s own, all of them', async () => {
    await offers.save(offer('a'));
    await offers.save(offer('b', { isActive: false }));
    await offers.save(offer('a', { shop: 'northside' }));

    const found = await offers.of('hearth');

    expect(found.toSorted((x, y) => (x.offerId < y.offerId ? -1 : 1))).toEqual([
      offer('a'),
      offer('b', { isActive: false }),
    ]);
  });

  test('are what the shop said last, in whatever order it comes', async () => {
    const of = async () => (await offers.of('late'))[0]?.stock;
    const said = (stock: number, at: number) =>
      offers.save(offer('a', { shop: 'late', stock, updatedAt: minute(at) }));

    await said(5, 2);
    await said(9, 1);
    expect(await of()).toBe(5);
    await said(4, 2);
    expect(await of()).toBe(5);
    await said(3, 3);
    expect(await of()).toBe(3);
  });

  test('may be more than one answer of a table holds', async () => {
    const text = 'x'.repeat(4_000);
    const many = Array.from({ length: 300 }, (__, index) =>
      offer(`offer-${index}`, { shop: 'large', creative: { en: { headline: text, action: 'a' } } }),
    );
    await Promise.all(many.map((each) => offers.save(each)));

    expect(await offers.of('large')).toHaveLength(300);
  });
});
