import type { Beta, Candidate } from '#core/domain/offers/decision.ts';
import { type Offer, type OfferType, offerTypes } from '#core/domain/offers/offer.ts';
import { type Draws, seededDraws } from '#core/domain/offers/seeded-draws.ts';
import { valueMinorOf } from '#core/domain/offers/value-of.ts';

/** What offers of a type are like in the simulated shop. */
interface TypeInWorld {
  /** Of all offers. */
  readonly share: number;
  /** True rates of success are drawn from it. */
  readonly rate: Beta;
  /** Values, minor units, are log-normal: their median, and the standard deviation of their logarithm. */
  readonly medianMinor: number;
  readonly sigma: number;
}

/**
 * Rates are assumptions, about 1 to 5 of 100, and values differ by a factor
 * of ten between types and again within one: few offers are worth most of what there is.
 */
export const typesInWorld: Readonly<Record<OfferType, TypeInWorld>> = {
  upsell: { share: 0.2, rate: { alpha: 2, beta: 48 }, medianMinor: 600, sigma: 0.6 },
  'cross-sell': { share: 0.3, rate: { alpha: 2, beta: 78 }, medianMinor: 400, sigma: 0.6 },
  subscription: { share: 0.1, rate: { alpha: 1, beta: 99 }, medianMinor: 1_500, sigma: 0.5 },
  loyalty: { share: 0.03, rate: { alpha: 3, beta: 57 }, medianMinor: 150, sigma: 0.3 },
  referral: { share: 0.03, rate: { alpha: 1.5, beta: 98.5 }, medianMinor: 300, sigma: 0.3 },
  review: { share: 0.04, rate: { alpha: 3, beta: 72 }, medianMinor: 60, sigma: 0.3 },
  partner: { share: 0.3, rate: { alpha: 1, beta: 49 }, medianMinor: 250, sigma: 0.9 },
};

/** Offers that are all eligible all the time, and what is true of them. */
export interface World {
  readonly candidates: readonly Candidate[];
  /** True rate of success, and what a showing earns on average, minor units. */
  readonly rate: Float64Array;
  readonly expectedMinor: Float64Array;
  readonly bestMinor: number;
}

export const worldOf = (offers: number, seed: string): World => {
  const draws = seededDraws(`world ${seed}`);
  const candidates = Array.from({ length: offers }, (_, index) => candidate(index, offers, draws));
  const rate = Float64Array.from(candidates, ({ offer }) => {
    const { alpha, beta } = typesInWorld[offer.type].rate;
    return draws.beta(alpha, beta);
  });
  const expectedMinor = rate.map((each, index) => each * (candidates[index]?.valueMinor ?? 0));
  return {
    candidates,
    rate,
    expectedMinor,
    bestMinor: expectedMinor.reduce((best, each) => Math.max(best, each), 0),
  };
};

const candidate = (index: number, offers: number, draws: Draws): Candidate => {
  const type = typeAt((index + 0.5) / offers);
  const { medianMinor, sigma } = typesInWorld[type];
  const value = {
    kind: 'worth',
    amountMinor: medianMinor * Math.exp(sigma * normal(draws)),
  } as const;
  const offer: Offer = {
    shop: 'bench',
    offerId: `offer-${String(index).padStart(6, '0')}`,
    type,
    creative: {},
    value,
    conditions: {},
    isActive: true,
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
  return { offer, relation: 'none', valueMinor: Math.max(1, valueMinorOf(offer)) };
};

/** The type of the offer that so many are before, as a share of all. */
const typeAt = (share: number): OfferType => {
  let before = 0;
  const found = offerTypes.find((type) => {
    before += typesInWorld[type].share;
    return share < before;
  });
  return found ?? 'partner';
};

/** Box & Muller's draw of a standard normal. */
const normal = ({ uniform }: Draws): number =>
  Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
