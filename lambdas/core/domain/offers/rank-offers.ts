import { candidateSetOf } from './candidate-set.ts';
import { type Contenders, contendersOf } from './contenders.ts';
import type { Candidate, Ineligibility, Judged, OfferDecision, Refused } from './decision.ts';
import { eligibleOffers } from './eligible.ts';
import { fillUniformly, kindsOf } from './fill-uniformly.ts';
import { fillByScore, pageRoom } from './page-room.ts';
import { drawRate, propensitiesOf, TOP } from './propensity.ts';
import { type Draws, seededDraws } from './seeded-draws.ts';
import type { OfferRules, SessionFacts } from './session-facts.ts';
import { topScores } from './top-scores.ts';

/** Name and version of the rule; another version where the same facts may lead to another decision. */
const POLICY = 'thompson-empirical-bayes/1';

/** Refused offers that a decision names; it counts all. */
const MOST_REFUSED = 100;

/**
 * Decides which offers a session shows: Thompson sampling (W. R. Thompson, Biometrika 25, 1933; Chapelle &
 * Li, NIPS 2011) over Beta–Bernoulli posteriors whose priors are fitted to the shop.
 *
 * Of each eligible offer a rate θ is drawn from its posterior in this context and multiplied by what
 * a success is worth. Places go to the highest scores, at most so many of a type, partner and category
 * and no product twice; a score below the floor takes no place, which then stays empty.
 *
 * A share ε of sessions explores: there any page that diversity allows is filled at random, without
 * the floor, so that every candidate is shown now and then, is learnt of, and can be evaluated offline.
 *
 * Pure: all draws follow from `facts.sessionId`, so that the same facts give the same decision. It
 * does not depend on the order of `facts.offers`.
 *
 * @param draws makes the generator of a seed
 */
export const decideOffers = (
  facts: SessionFacts,
  rules: OfferRules,
  draws: (seed: string) => Draws = seededDraws,
): OfferDecision => {
  const { candidates, refused } = eligibleOffers(facts, rules);
  const contenders = contendersOf(candidates, facts);
  const ranked = rank(contenders, rules, draws(facts.sessionId));
  return {
    policy: POLICY,
    snapshot: facts.posterior.snapshot,
    seed: facts.sessionId,
    isExploration: ranked.isExploration,
    explorationShare: rules.explorationShare,
    slots: rules.slots,
    candidates: candidates.length,
    candidateSet: candidateSetOf(candidates.map(({ offer }) => offer.offerId)),
    floorMinor: rules.floorMinor,
    placed: ranked.placed.map((each, place) => ({
      ...judged(contenders, each, ranked),
      slot: place + 1,
      propensity: ranked.propensities[place] ?? 0,
    })),
    next: ranked.top
      .filter((each) => !ranked.placed.includes(each))
      .slice(0, Math.max(0, TOP - ranked.placed.length))
      .map((each) => ({
        ...judged(contenders, each, ranked),
        passedOver: passedOver(each, ranked, rules),
      })),
    refused: reasonsOf(refused),
    refusedOffers: refused.slice(0, MOST_REFUSED),
  };
};

interface Ranked {
  readonly isExploration: boolean;
  /** Contenders in order of their places. */
  readonly placed: readonly number[];
  readonly propensities: readonly number[];
  /** Those with the highest scores, best first. */
  readonly top: readonly number[];
  /** Of every contender: its rate as it was drawn, and that times its value. */
  readonly drawn: Float64Array;
  readonly scores: Float64Array;
}

const rank = (contenders: Contenders, rules: OfferRules, draws: Draws): Ranked => {
  const count = contenders.candidates.length;
  const isExploration = draws.uniform() < rules.explorationShare;
  const drawn = new Float64Array(count);
  for (let each = 0; each < count; each++) drawn[each] = drawRate(contenders, each, draws);
  const scores = drawn.map((rate, each) => rate * (contenders.valueMinor[each] ?? 0));
  const room = pageRoom(contenders, rules);
  if (isExploration) fillUniformly(room, kindsOf(contenders), draws.uniform);
  else
    fillByScore(
      room,
      scores.map((_, each) => each),
      scores,
      rules.floorMinor,
    );
  const decided = { placed: [...room.placed], top: topScores(scores, TOP), isExploration };
  const propensities = propensitiesOf(contenders, rules, draws, decided);
  return { ...decided, propensities, drawn, scores };
};

const judged = (
  { candidates, contexts, counts, alpha, beta }: Contenders,
  contender: number,
  { drawn, scores }: Ranked,
): Judged => {
  const { offer, product, valueMinor, because } = candidateAt(candidates, contender);
  const posterior = { alpha: alpha[contender] ?? 0, beta: beta[contender] ?? 0 };
  return {
    offerId: offer.offerId,
    type: offer.type,
    sku: product?.sku,
    context: contexts[contender] ?? 'new/none',
    shown: counts[contender]?.shown ?? 0,
    accepted: counts[contender]?.accepted ?? 0,
    posterior,
    mean: posterior.alpha / (posterior.alpha + posterior.beta),
    drawn: drawn[contender] ?? 0,
    valueMinor,
    valueKind: offer.value.kind,
    scoreMinor: scores[contender] ?? 0,
    because,
  };
};

const candidateAt = (candidates: readonly Candidate[], contender: number): Candidate => {
  const candidate = candidates[contender];
  if (candidate === undefined)
    throw new RangeError(
      `contender ${contender}: got a number outside the ${candidates.length} candidates`,
    );
  return candidate;
};

/**
 * A page that has room left shows whatever is good enough and allowed. Of a full one, diversity kept
 * out what scored above its last; the rest came too late.
 */
const passedOver = (
  contender: number,
  { isExploration, placed, scores }: Ranked,
  { slots, floorMinor }: OfferRules,
): OfferDecision['next'][number]['passedOver'] => {
  const score = scores[contender] ?? 0;
  const isFull = placed.length >= slots;
  if (isExploration) return isFull ? 'no-slot' : 'diversity';
  if (score < floorMinor) return 'below-floor';
  const last = scores[placed.at(-1) ?? -1] ?? Infinity;
  return !isFull || score > last ? 'diversity' : 'no-slot';
};

const reasonsOf = (refused: readonly Refused[]): OfferDecision['refused'] => {
  const counts: Partial<Record<Ineligibility, number>> = {};
  for (const { reason } of refused) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
};
