import { compareText } from '../compare-text.ts';
import type { Candidate, Ineligibility, ProductOnOffer } from './decision.ts';
import type { Offer } from './offer.ts';
import type { RelatedProduct } from './session-facts.ts';
import type { Asked } from './standing-checks.ts';
import { valueMinorOf } from './value-of.ts';

/** What became of an offer: a candidate, or why not. */
export type Outcome =
  Candidate | Extract<Ineligibility, 'product-unknown' | 'nothing-related' | 'margin-floor'>;

/** An offer that has no product. */
export const withoutProduct = (offer: Offer): Candidate => ({
  offer,
  relation: 'none',
  valueMinor: valueMinorOf(offer),
});

/**
 * An offer of a product that it names. A product without a price in the shop's currency is unknown: it
 * can be put into no order.
 */
export const ofNamedProduct = (offer: Offer, sku: string | undefined, asked: Asked): Outcome => {
  const product = sku === undefined ? undefined : knownProduct(sku, asked);
  if (product === undefined) return 'product-unknown';
  const related = asked.facts.related.find((each) => each.sku === product.sku);
  const candidate = candidateOf(offer, product, related);
  return earnsTooLittle(candidate, asked) ? 'margin-floor' : candidate;
};

/**
 * Gives each affinity offer the best related product that is left: of its categories, known, not in
 * the order, worth its margin, not `taken` by an offer that names it, nor by another affinity offer.
 * What the customer bought before is not news to them and is left out, other than of subscriptions,
 * where what they subscribe to is.
 *
 * Offers that have the fewest products to choose from choose first, ties by offer id, so that what is
 * given does not depend on the order of the offers.
 */
export const ofRelatedProducts = (
  offers: readonly Offer[],
  taken: ReadonlySet<string>,
  asked: Asked,
): ReadonlyMap<Offer, Outcome> => {
  const gone = new Set(taken);
  const outcomes = new Map<Offer, Outcome>();
  const choosing = offers
    .map((offer) => ({ offer, ...choicesOf(offer, asked) }))
    .toSorted(
      (a, b) =>
        a.choices.length - b.choices.length || compareText(a.offer.offerId, b.offer.offerId),
    );
  for (const { offer, choices, isBelowFloor } of choosing) {
    const best = choices.find(({ product }) => !gone.has(product?.sku ?? ''));
    if (best?.product !== undefined) gone.add(best.product.sku);
    const refusal = choices.length === 0 && isBelowFloor ? 'margin-floor' : 'nothing-related';
    outcomes.set(offer, best ?? refusal);
  }
  return outcomes;
};

interface Choices {
  /** Best first. */
  readonly choices: readonly Candidate[];
  /** There were products, and all of them would have earned too little. */
  readonly isBelowFloor: boolean;
}

const choicesOf = (offer: Offer, asked: Asked): Choices => {
  const { categories } = offer.product?.kind === 'affinity' ? offer.product : {};
  const all = asked.facts.related.flatMap((related) => {
    const product = knownProduct(related.sku, asked);
    const fits =
      product !== undefined &&
      related.relation !== 'none' &&
      !isOwned(offer, related.sku, asked) &&
      (categories === undefined || categories.includes(product.category ?? ''));
    return fits ? [candidateOf(offer, product, related)] : [];
  });
  const choices = all.filter((candidate) => !earnsTooLittle(candidate, asked));
  return { choices, isBelowFloor: all.length > 0 };
};

const isOwned = ({ type }: Offer, sku: string, { facts, skus }: Asked): boolean =>
  type === 'subscription'
    ? facts.customer.subscribedTo.has(sku)
    : skus.has(sku) || facts.customer.bought.has(sku);

const knownProduct = (sku: string, { facts }: Asked): ProductOnOffer | undefined => {
  const product = facts.products.get(sku);
  return product?.price.currency === facts.currency ? product : undefined;
};

const candidateOf = (
  offer: Offer,
  product: ProductOnOffer,
  related: RelatedProduct | undefined,
): Candidate => ({
  offer,
  product,
  relation: related?.relation ?? 'none',
  because: related?.because,
  valueMinor: valueMinorOf(offer, product.price.amountMinor),
});

const earnsTooLittle = ({ valueMinor }: Candidate, { rules }: Asked): boolean =>
  valueMinor < rules.minMarginMinor;
