import {
  countKey,
  type OfferCount,
  type OfferPriors,
  type Posterior,
} from '#core/domain/offers/decision.ts';
import { fitPriors } from '#core/domain/offers/fit-priors.ts';
import type { World } from './world.ts';

/** The one context of the simulated world. */
export const CONTEXT = 'returning/none';

/** What was counted of each offer, by its number. */
export interface Counters {
  readonly shown: Uint32Array;
  readonly accepted: Uint32Array;
}

export const noCounters = (offers: number): Counters => ({
  shown: new Uint32Array(offers),
  accepted: new Uint32Array(offers),
});

const countAt = ({ shown, accepted }: Counters, index: number): OfferCount => ({
  shown: shown[index] ?? 0,
  accepted: accepted[index] ?? 0,
});

/** Counters and priors as the product reads them. */
export const posteriorOf = (
  { candidates }: World,
  counters: Counters,
  priors: OfferPriors | undefined,
): Posterior => ({
  snapshot: 'bench',
  counts: new Map(
    candidates.map(({ offer }, index) => [
      countKey(offer.offerId, CONTEXT),
      countAt(counters, index),
    ]),
  ),
  priors,
});

/** Priors as the product fits them to what was counted. */
export const priorsOf = ({ candidates }: World, counters: Counters): OfferPriors =>
  fitPriors(
    candidates.map(({ offer: { offerId, type } }, index) => ({
      offerId,
      type,
      context: CONTEXT,
      ...countAt(counters, index),
    })),
    'bench',
  );
