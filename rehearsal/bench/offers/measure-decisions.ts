import { contendersOf } from '#core/domain/offers/contenders.ts';
import { countKey, type ProductOnOffer } from '#core/domain/offers/decision.ts';
import { eligibleOffers } from '#core/domain/offers/eligible.ts';
import { type Offer, type OfferType, offerTypes, productTypes } from '#core/domain/offers/offer.ts';
import { fillByScore, pageRoom } from '#core/domain/offers/page-room.ts';
import { defaultPrior } from '#core/domain/offers/posterior.ts';
import { drawRate } from '#core/domain/offers/propensity.ts';
import { decideOffers } from '#core/domain/offers/rank-offers.ts';
import { seededDraws } from '#core/domain/offers/seeded-draws.ts';
import type { OfferRules, SessionFacts } from '#core/domain/offers/session-facts.ts';
import { CONTEXT } from './counters.ts';

/** Of one decision, milliseconds. */
export interface Times {
  readonly p50: number;
  readonly p99: number;
}

export interface DecisionFigures {
  readonly candidates: number;
  readonly decisionsPerSecond: number;
  readonly whole: Times;
  /** Without its propensities: eligibility, draws and places. */
  readonly ranking: Times;
}

const rules: OfferRules = {
  slots: 3,
  floorMinor: 1,
  minMarginMinor: 0,
  explorationShare: 0.05,
  mostOfType: 2,
  mostOfPartner: 1,
  mostOfCategory: 1,
  dismissedDays: 30,
};

const CATEGORIES = 12;
const PARTNERS = 30;

/** As many as a fifth of the decisions go first and are not counted: until then the code is being compiled. */
const WARM_UP = 5;

/**
 * Times decisions over sessions that differ in their seed, on one core.
 *
 * @param offers all of them eligible
 */
export const measureDecisions = (offers: number, decisions = 1_500): DecisionFigures => {
  const facts = factsOf(offers);
  const { candidates } = decideOffers(facts, rules);
  const whole = timesOf(decisions, (sessionId) => decideOffers({ ...facts, sessionId }, rules));
  const ranking = timesOf(decisions, (sessionId) => rankAlone({ ...facts, sessionId }));
  const total = whole.reduce((sum, each) => sum + each, 0);
  return {
    candidates,
    decisionsPerSecond: (decisions * 1000) / total,
    whole: quantilesOf(whole),
    ranking: quantilesOf(ranking),
  };
};

const timesOf = (decisions: number, decide: (sessionId: string) => unknown): readonly number[] => {
  const times: number[] = [];
  for (let session = -Math.ceil(decisions / WARM_UP); session < decisions; session++) {
    const began = performance.now();
    decide(`session-${session}`);
    if (session >= 0) times.push(performance.now() - began);
  }
  return times;
};

const quantilesOf = (times: readonly number[]): Times => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
};

/** What `decideOffers` does before it asks how likely that was. */
const rankAlone = (facts: SessionFacts): readonly number[] => {
  const contenders = contendersOf(eligibleOffers(facts, rules).candidates, facts);
  const draws = seededDraws(facts.sessionId);
  const scores = contenders.valueMinor.map(
    (value, each) => value * drawRate(contenders, each, draws),
  );
  const room = pageRoom(contenders, rules);
  fillByScore(
    room,
    scores.map((_, each) => each),
    scores,
    rules.floorMinor,
  );
  return room.placed;
};

const factsOf = (count: number): SessionFacts => {
  const offers = Array.from({ length: count }, (_, index) => offerOf(index));
  return {
    shop: 'bench',
    sessionId: 'session',
    now: '2026-11-22T12:00:00.000Z',
    currency: 'EUR',
    locales: ['de-AT', 'en'],
    order: {
      lines: [{ sku: 'bought', category: 'kitchen' }],
      totalMinor: 5_000,
      country: 'AT',
      isGift: false,
    },
    customer: {
      hasAccount: true,
      isReturning: true,
      isMember: false,
      bought: new Set(),
      subscribedTo: new Set(),
      hasReturnOpen: false,
      seen: [],
    },
    pages: ['review', 'referral', 'loyalty'],
    offers,
    products: new Map(offers.map((_, index) => [`sku-${index}`, productOf(index)])),
    related: [],
    spentMinor: new Map(),
    posterior: { snapshot: 'bench', counts: countsOf(offers), priors: undefined },
  };
};

const typeOf = (index: number): OfferType => offerTypes[index % offerTypes.length] ?? 'upsell';

const offerOf = (index: number): Offer => {
  const type = typeOf(index);
  const isOfProduct = productTypes.some((each) => each === type);
  return {
    shop: 'bench',
    offerId: `offer-${String(index).padStart(6, '0')}`,
    type,
    ...(isOfProduct ? { product: { kind: 'sku', sku: `sku-${index}` } } : {}),
    ...(type === 'partner'
      ? { partner: `partner-${index % PARTNERS}`, url: 'https://partner.example/' }
      : {}),
    creative: { en: { headline: 'An offer', action: 'Take it' } },
    value: isOfProduct
      ? { kind: 'margin', shareOfPrice: 0.3 }
      : { kind: 'worth', amountMinor: 200 },
    conditions: { countries: ['DE', 'AT', 'CH'], totalFromMinor: 2_000 },
    cap: { max: 3, days: 30 },
    isActive: true,
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
};

const productOf = (index: number): ProductOnOffer => ({
  sku: `sku-${index}`,
  name: `Product ${index}`,
  category: `category-${index % CATEGORIES}`,
  price: { amountMinor: 1_000 + 3 * index, currency: 'EUR' },
});

/** As they may be after a while: each offer shown up to 2,000 times. */
const countsOf = (offers: readonly Offer[]): SessionFacts['posterior']['counts'] => {
  const draws = seededDraws('counts');
  return new Map(
    offers.map(({ offerId, type }) => {
      const shown = Math.floor(draws.uniform() * 2_000);
      const { alpha, beta } = defaultPrior(type);
      return [
        countKey(offerId, CONTEXT),
        { shown, accepted: Math.floor(shown * draws.beta(alpha, beta)) },
      ];
    }),
  );
};
