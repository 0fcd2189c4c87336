import { type Contenders, contendersOf } from '#core/domain/offers/contenders.ts';
import type { Beta, OfferPriors } from '#core/domain/offers/decision.ts';
import { fillByScore, pageRoom } from '#core/domain/offers/page-room.ts';
import { drawRate } from '#core/domain/offers/propensity.ts';
import type { Draws } from '#core/domain/offers/seeded-draws.ts';
import type { OfferRules } from '#core/domain/offers/session-facts.ts';
import { type OfferType, offerTypes } from '#core/domain/offers/offer.ts';
import { CONTEXT, type Counters, posteriorOf, priorsOf } from './counters.ts';
import { typesInWorld, type World } from './world.ts';

/** When a shop reads its counters and fits its priors anew, in impressions. */
export interface Schedule {
  readonly refresh: number;
  readonly refit: number;
}

/** Chooses the offer of each impression by its number, from what was counted. */
export type Choose = (impression: number) => number;

export type Policy = (world: World, counters: Counters, draws: Draws, schedule: Schedule) => Choose;

/** One place and nothing that keeps an offer from it: what is compared is the sampling. */
const rules: OfferRules = {
  slots: 1,
  floorMinor: 0,
  minMarginMinor: 0,
  explorationShare: 0,
  mostOfType: 1,
  mostOfPartner: 1,
  mostOfCategory: 1,
  dismissedDays: 0,
};

type PriorsAt = (impression: number, world: World, counters: Counters) => OfferPriors | undefined;

/** Makes the product's own contenders, as often as the schedule says, of the counters as they are then. */
const cached = (
  priorsAt: PriorsAt,
  world: World,
  counters: Counters,
  { refresh, refit }: Schedule,
): ((impression: number) => Contenders) => {
  let priors: OfferPriors | undefined;
  let contenders: Contenders | undefined;
  return (impression) => {
    if (impression % refit === 0) priors = priorsAt(impression, world, counters);
    if (contenders === undefined || impression % refresh === 0)
      contenders = contendersOf(world.candidates, {
        customer: { isReturning: true },
        posterior: posteriorOf(world, counters, priors),
      });
    return contenders;
  };
};

const thompson =
  (priorsAt: PriorsAt, explorationShare = 0): Policy =>
  (world, counters, draws, schedule) => {
    const contendersAt = cached(priorsAt, world, counters, schedule);
    const scores = new Float64Array(world.rate.length);
    const pool = scores.map((_, index) => index);
    const { valueMinor } = contendersAt(0);
    const room = pageRoom(contendersAt(0), rules);
    return (impression) => {
      const contenders = contendersAt(impression);
      if (explorationShare > 0 && draws.uniform() < explorationShare)
        return Math.floor(draws.uniform() * scores.length);
      for (let each = 0; each < scores.length; each++)
        scores[each] = drawRate(contenders, each, draws) * (valueMinor[each] ?? 0);
      room.clear();
      fillByScore(room, pool, scores, rules.floorMinor);
      return room.placed[0] ?? 0;
    };
  };

const fittedPriors: PriorsAt = (impression, world, counters) =>
  impression === 0 ? undefined : priorsOf(world, counters);

const fixedPriors =
  (priorOf: (type: OfferType) => Beta): PriorsAt =>
  () => ({
    fittedAt: 'bench',
    byType: Object.fromEntries(offerTypes.map((type) => [type, { [CONTEXT]: priorOf(type) }])),
  });

/** The best mean of the posterior times value; a share of impressions any offer. Its counters are never old. */
const greedy =
  (explorationShare: number): Policy =>
  (world, counters, draws, { refit }) => {
    let base: Contenders | undefined;
    const contendersAt = cached(fittedPriors, world, counters, { refresh: refit, refit });
    const scores = new Float64Array(world.rate.length);
    const score = ({ alpha, beta, valueMinor, counts }: Contenders, each: number): number => {
      const shown = (counters.shown[each] ?? 0) - (counts[each]?.shown ?? 0);
      const accepted = (counters.accepted[each] ?? 0) - (counts[each]?.accepted ?? 0);
      const total = (alpha[each] ?? 0) + (beta[each] ?? 0) + shown;
      return (((alpha[each] ?? 0) + accepted) / total) * (valueMinor[each] ?? 0);
    };
    let last = 0;
    return (impression) => {
      const contenders = contendersAt(impression);
      if (contenders === base) scores[last] = score(contenders, last);
      else scores.forEach((_, each) => (scores[each] = score(contenders, each)));
      base = contenders;
      last =
        draws.uniform() < explorationShare
          ? Math.floor(draws.uniform() * scores.length)
          : bestOf(scores);
      return last;
    };
  };

/** UCB1 (Auer, Cesa-Bianchi & Fischer, Machine Learning 47, 2002) of the rate, times value. Its counters are never old. */
const ucb1: Policy = (world, { shown, accepted }) => {
  const scores = new Float64Array(world.rate.length);
  return (impression) => {
    if (impression < scores.length) return impression;
    const bonus = 2 * Math.log(impression);
    for (let each = 0; each < scores.length; each++) {
      const tries = shown[each] ?? 1;
      const rate = (accepted[each] ?? 0) / tries + Math.sqrt(bonus / tries);
      scores[each] = rate * (world.candidates[each]?.valueMinor ?? 0);
    }
    return bestOf(scores);
  };
};

const random: Policy =
  ({ rate }, _counters, draws) =>
  () =>
    Math.floor(draws.uniform() * rate.length);

const bestOf = (scores: Float64Array): number => {
  let best = 0;
  for (let each = 1; each < scores.length; each++)
    if ((scores[each] ?? 0) > (scores[best] ?? 0)) best = each;
  return best;
};

/** The rule of the product, and what it is held against. */
export const policies: Readonly<Record<string, Policy>> = {
  'Thompson, fitted priors (ours)': thompson(fittedPriors),
  'ours, 5 % of sessions explore': thompson(fittedPriors, 0.05),
  'Thompson, true priors': thompson(fixedPriors((type) => typesInWorld[type].rate)),
  'Thompson, default priors': thompson(() => undefined),
  'Thompson, Beta(1, 1)': thompson(fixedPriors(() => ({ alpha: 1, beta: 1 }))),
  'ε-greedy (5 %), fitted priors': greedy(0.05),
  'greedy, fitted priors': greedy(0),
  UCB1: ucb1,
  random,
};
