import { compareText } from '../compare-text.ts';
import type { Candidate, Refused } from './decision.ts';
import { type Offer, productTypes } from './offer.ts';
import {
  ofNamedProduct,
  ofRelatedProducts,
  type Outcome,
  withoutProduct,
} from './products-on-offer.ts';
import type { OfferRules, SessionFacts } from './session-facts.ts';
import { type Asked, askedOf, standingRefusal } from './standing-checks.ts';

export interface Eligibility {
  readonly candidates: readonly Candidate[];
  /** Each with the first of its reasons, in the order of `Ineligibility`. */
  readonly refused: readonly Refused[];
}

/**
 * Which offers may be shown in a session, of which product, and why the others may not. Both lists are
 * in order of offer id, whatever the order of `facts.offers`. Pure: the same facts, the same answer.
 */
export const eligibleOffers = (facts: SessionFacts, rules: OfferRules): Eligibility => {
  const asked = askedOf(facts, rules);
  const candidates: Candidate[] = [];
  const refused: Refused[] = [];
  for (const [{ offerId }, outcome] of outcomesOf(inOrder(facts.offers), asked))
    if (typeof outcome === 'string') refused.push({ offerId, reason: outcome });
    else candidates.push(outcome);
  return { candidates, refused };
};

/** Offers that name their product come before those that take what is left. */
const outcomesOf = (
  offers: readonly Offer[],
  asked: Asked,
): readonly (readonly [Offer, Outcome | Refused['reason']])[] => {
  const first = offers.map((offer) => [offer, outcomeOf(offer, asked)] as const);
  const waiting = first.flatMap(([offer, outcome]) => (outcome === 'waits' ? [offer] : []));
  const named = first.flatMap(([, outcome]) =>
    typeof outcome === 'string' || outcome.product === undefined ? [] : [outcome.product.sku],
  );
  const given = ofRelatedProducts(waiting, new Set(named), asked);
  return first.map(
    ([offer, outcome]) =>
      [offer, outcome === 'waits' ? (given.get(offer) ?? 'nothing-related') : outcome] as const,
  );
};

const outcomeOf = (offer: Offer, asked: Asked): Outcome | Refused['reason'] | 'waits' => {
  const refusal = standingRefusal(offer, asked);
  if (refusal !== undefined) return refusal;
  if (!isOfProduct(offer)) return withoutProduct(offer);
  if (offer.product?.kind === 'affinity') return 'waits';
  return ofNamedProduct(offer, offer.product?.sku, asked);
};

const isOfProduct = ({ type }: Offer): boolean => productTypes.some((each) => each === type);

/** Offers mostly come in the order of their key, and looking is cheaper than sorting. */
const inOrder = (offers: readonly Offer[]): readonly Offer[] =>
  offers.every(({ offerId }, at) => at === 0 || (offers[at - 1]?.offerId ?? '') < offerId)
    ? offers
    : offers.toSorted((a, b) => compareText(a.offerId, b.offerId));
