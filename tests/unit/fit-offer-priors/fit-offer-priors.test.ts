import { expect, test } from 'vitest';
import type { StoredCount } from '#core/ports/offer-counts.ts';
import { fitOfferPriors } from '#lambdas/fit-offer-priors/fit-offer-priors.ts';
import { inMemoryOfferCounts } from '#tests/fakes/in-memory-offer-counts.ts';
import { inMemoryOffers } from '#tests/fakes/in-memory-offers.ts';
import { offer } from '#tests/unit/open-session/set-up.ts';
import { minute } from '#tests/unit/sessions/sessions.ts';

const counted = (change: Partial<StoredCount>): StoredCount => ({
  shop: 'hearth',
  offerId: 'offer-0',
  context: 'new/none',
  shown: 1000,
  accepted: 40,
  ...change,
});

const setUp = async (counts: readonly StoredCount[]) => {
  const store = inMemoryOfferCounts();
  await store.add(counts);
  const offers = Array.from({ length: 20 }, (_, index) => offer(`offer-${index}`));
  const fit = fitOfferPriors({
    shops: { hearth: {}, northside: {} },
    offers: inMemoryOffers(...offers),
    counts: store,
    now: () => new Date(minute(0)),
  });
  return { fit, store };
};

test('fits the priors of every shop to counters of both tenures, and keeps them', async () => {
  const counts = Array.from({ length: 20 }, (_, index) => [
    counted({ offerId: `offer-${index}`, accepted: 20 + 2 * index }),
    counted({ offerId: `offer-${index}`, context: 'returning/strong', accepted: 60 + 3 * index }),
  ]).flat();
  const { fit, store } = await setUp(counts);

  const fitted = await fit();

  expect(fitted).toMatchObject([
    { shop: 'hearth', counters: 40 },
    { shop: 'northside', counters: 0 },
  ]);
  const priors = await store.priorsOf('hearth');
  const meanOf = (context: 'new/none' | 'returning/strong'): number => {
    const { alpha = NaN, beta = NaN } = priors?.byType.upsell?.[context] ?? {};
    return alpha / (alpha + beta);
  };
  expect(priors?.fittedAt).toBe(minute(0));
  expect(meanOf('new/none')).toBeCloseTo(0.039, 2);
  expect(meanOf('returning/strong')).toBeCloseTo(0.0885, 2);
});

test('leaves out counters of offers that there are no more', async () => {
  const { fit } = await setUp([counted({}), counted({ offerId: 'forgotten' })]);

  expect(await fit()).toMatchObject([{ counters: 1 }, { counters: 0 }]);
});

test('keeps that nothing could be fitted, in the place of what was', async () => {
  const { fit, store } = await setUp([]);
  await store.keepPriors('hearth', {
    fittedAt: 'before',
    byType: { upsell: { 'new/none': { alpha: 1, beta: 1 } } },
  });

  const [fitted] = await fit();

  expect(fitted).toMatchObject({ counters: 0, types: 0 });
  expect((await store.priorsOf('hearth'))?.byType.upsell?.['new/none']).toBeUndefined();
});
