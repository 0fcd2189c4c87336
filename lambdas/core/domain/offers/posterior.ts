import {
  type Beta,
  type Candidate,
  countKey,
  type OfferContext,
  type OfferCount,
  type OfferPriors,
  type Posterior,
} from './decision.ts';
import type { OfferType } from './offer.ts';

/** What a prior weighs until one is fitted, in showings: a hundred later ones count for twice as much. */
const DEFAULT_STRENGTH = 50;

/**
 * Shares of showings that succeed, until the shop's own are known: a guess on the low side, since a
 * high one would have every offer tried for long. The first fit replaces them.
 */
const defaultRates: Readonly<Record<OfferType, number>> = {
  upsell: 0.03,
  'cross-sell': 0.02,
  subscription: 0.01,
  loyalty: 0.04,
  referral: 0.01,
  review: 0.03,
  partner: 0.02,
};

/** The prior of a type for which none was fitted. */
export const defaultPrior = (type: OfferType): Beta => ({
  alpha: defaultRates[type] * DEFAULT_STRENGTH,
  beta: (1 - defaultRates[type]) * DEFAULT_STRENGTH,
});

export const contextOf = (
  { relation }: Pick<Candidate, 'relation'>,
  isReturning: boolean,
): OfferContext => `${isReturning ? 'returning' : 'new'}/${relation}`;

/** The fitted prior of a type in a context, or else the default one of the type. */
export const priorOf = (
  priors: OfferPriors | undefined,
  type: OfferType,
  context: OfferContext,
): Beta => priors?.byType[type]?.[context] ?? defaultPrior(type);

/** A Beta prior after these showings: the success of each is Bernoulli, with the offer's rate. */
export const updated = ({ alpha, beta }: Beta, { shown, accepted }: OfferCount): Beta => ({
  alpha: alpha + accepted,
  beta: beta + Math.max(0, shown - accepted),
});

const NEVER_SHOWN: OfferCount = { shown: 0, accepted: 0 };

export const countOf = (
  { counts }: Pick<Posterior, 'counts'>,
  offerId: string,
  context: OfferContext,
): OfferCount => counts.get(countKey(offerId, context)) ?? NEVER_SHOWN;
