import type { ShopConfig } from '#core/contracts/config.ts';
import type { TokenOrder } from '#core/contracts/order-token.ts';
import { idsOf } from '#core/delivery/touch-inputs.ts';
import type { BasketAffinity } from '#core/domain/affinity/affinity-list.ts';
import { tellEvidence } from '#core/domain/affinity/evidence.ts';
import { rankCandidates } from '#core/domain/affinity/rank-candidates.ts';
import { relationOf } from '#core/domain/affinity/relation.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { knownItem, type Product, productOf } from '#core/domain/catalogue/product.ts';
import type { Customer } from '#core/domain/customers/customer.ts';
import type { Purchase } from '#core/domain/customers/purchase.ts';
import { type Offer, productTypes } from '#core/domain/offers/offer.ts';
import type { OfferSeen, RelatedProduct } from '#core/domain/offers/session-facts.ts';
import type { AffinityLists } from '#core/ports/affinity.ts';
import type { Known, Range } from './known.ts';
import type { OpenSessionDeps } from './open-session-deps.ts';

/** An order whose page is opened, and of which shop. */
export interface Opened {
  readonly shopId: string;
  readonly shop: ShopConfig;
  readonly orderId: string;
  readonly order: TokenOrder;
}

/** What is known of whoever ordered; nothing of a guest. */
export interface Person {
  /** The one that the id turned out to be. */
  readonly customerId: string | undefined;
  readonly customer: Customer | undefined;
  /** Other orders than this one. */
  readonly purchases: readonly Purchase[];
  readonly seen: readonly OfferSeen[];
}

/** @throws when a table cannot be read */
export const personOf = async (
  { customers, purchases, histories }: OpenSessionDeps,
  { shopId, orderId, order: { customerId } }: Opened,
): Promise<Person> => {
  if (customerId === undefined) return { customerId, customer: undefined, purchases: [], seen: [] };
  const customer = await customers.read(shopId, customerId);
  const ids = idsOf(customerId, customer);
  const [bought, seen] = await Promise.all([purchases.of(shopId, ids), histories.of(shopId, ids)]);
  return {
    customerId: customer?.customerId ?? customerId,
    customer,
    // It may have been taken in already.
    purchases: bought.filter((each) => each.orderId !== orderId),
    seen,
  };
};

/** What the shop offers, and what was spent of its partners' budgets. */
export interface Supply extends Range {
  readonly spentMinor: ReadonlyMap<string, number>;
}

/**
 * An order in another currency than the shop's gets no products, whose prices would be in the wrong one, and no offers
 * that depend on its total.
 */
export const supplyOf = async (known: Known, { shopId, shop, order }: Opened): Promise<Supply> => {
  const [range, spentMinor] = await Promise.all([known.rangeOf(shopId), known.spentOf(shopId)]);
  const isOwnCurrency = order.currency === shop.currency;
  return {
    ...range,
    offers: isOwnCurrency ? range.offers : range.offers.filter(needsNoAmount),
    spentMinor,
  };
};

const ofProducts: ReadonlySet<string> = new Set(productTypes);

const needsNoAmount = ({ type, conditions }: Offer): boolean =>
  !ofProducts.has(type) &&
  conditions.totalFromMinor === undefined &&
  conditions.totalBelowMinor === undefined;

/** What was bought, and what goes with it. */
export interface Basket {
  readonly products: readonly Product[];
  /** What the shop says goes with it, and then what other orders show; without what was bought. */
  readonly related: readonly RelatedProduct[];
  readonly relatedItems: readonly CatalogItem[];
}

/** Offers take the best of them: more make no difference. */
const MOST_RELATED = 60;

export const basketOf = async (
  { affinity }: OpenSessionDeps,
  known: Known,
  { shopId, shop, order }: Opened,
): Promise<Basket> => {
  const skus = order.lines.map(({ sku }) => sku);
  const items = await known.items(shopId, skus);
  const products = order.lines.map(({ sku, name = sku, category }) =>
    productOf(knownItem({ sku, name, category }, items), shop),
  );
  const all = eachOnce([
    ...statedPairs(products),
    ...learntPairs(products, await listsOf(affinity, shopId, products)),
  ])
    .filter(({ sku }) => !skus.includes(sku))
    .slice(0, MOST_RELATED);
  const relatedItems = await known.items(
    shopId,
    all.map(({ sku }) => sku),
  );
  return { products, related: all, relatedItems };
};

/** They are read by one request, of 100 items at most; the first of a longer order say enough. */
const MOST_SKUS = 60;
const MOST_CATEGORIES = 30;

const listsOf = (
  affinity: AffinityLists,
  shopId: string,
  products: readonly Product[],
): Promise<BasketAffinity> =>
  affinity.of(
    shopId,
    [...new Set(products.map(({ sku }) => sku))].slice(0, MOST_SKUS),
    [...new Set(products.flatMap(({ category }) => category ?? []))].slice(0, MOST_CATEGORIES),
  );

const learntPairs = (
  products: readonly Product[],
  lists: BasketAffinity,
): readonly RelatedProduct[] => {
  const ranked = rankCandidates(products, lists, { limit: MOST_RELATED });
  return ranked.map(({ sku, evidence }) => ({
    sku,
    relation: relationOf(sku, ranked),
    because: tellEvidence(evidence),
  }));
};

const statedPairs = (products: readonly Product[]): readonly RelatedProduct[] =>
  products.flatMap(({ name, pairsWith = [] }) =>
    pairsWith.map((sku) => ({
      sku,
      relation: 'strong' as const,
      because: `the shop says that it goes with ${name}`,
    })),
  );

/** The first of each: the shop knows best. */
const eachOnce = (related: readonly RelatedProduct[]): readonly RelatedProduct[] =>
  related.filter(({ sku }, place) => related.findIndex((each) => each.sku === sku) === place);
