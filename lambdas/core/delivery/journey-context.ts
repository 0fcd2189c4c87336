import type { ShopConfig } from '#core/contracts/config.ts';
import { rankCandidates } from '#core/domain/affinity/rank-candidates.ts';
import { knownItem, productOf } from '#core/domain/catalogue/product.ts';
import { profileOf } from '#core/domain/journeys/classification.ts';
import { keptLines, type PlanInputs } from '#core/domain/journeys/plan.ts';
import { offersOf, visitId } from '#core/domain/journeys/visits.ts';
import { customerIdOf } from '#core/domain/customers/reach.ts';
import { spread } from '#core/domain/journeys/spread.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { pagesOf } from '#core/domain/touches/touch.ts';
import type { AffinityLists } from '#core/ports/affinity.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import type { Customers } from '#core/ports/customers.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import type { Purchases } from '#core/ports/purchases.ts';
import type { Scores } from '#core/ports/scores.ts';
import { idsOf } from './touch-inputs.ts';

export interface JourneyContextDeps {
  readonly orders: OrderLogs;
  readonly customers: Customers;
  readonly purchases: Purchases;
  readonly catalogue: Catalogue;
  readonly shops: Readonly<Record<string, ShopConfig>>;
  /** A stable hash in hexadecimal. */
  readonly hash: (text: string) => string;
}

/**
 * Reads what a journey is planned by.
 *
 * @throws for an order that has not come, and for a shop that is not configured
 */
export const journeyContext = async (
  { orders, customers, purchases, catalogue, shops, hash }: JourneyContextDeps,
  { shop, orderId }: { readonly shop: string; readonly orderId: string },
): Promise<PlanInputs> => {
  const order = orderOf((await orders.read(shop, orderId)).events);
  if (order === undefined) throw new Error(`order ${orderId} of ${shop} has not come yet`);
  const rules = shops[shop];
  if (rules === undefined)
    throw new Error(`no shop "${shop}" is configured; there are: ${Object.keys(shops).join(', ')}`);

  const named = customerIdOf(order.contact);
  const customer = named === undefined ? undefined : await customers.read(shop, named);
  const bought = named === undefined ? [] : await purchases.of(shop, idsOf(named, customer));
  const items = await catalogue.find(shop, [...new Set(order.lines.map(({ sku }) => sku))]);
  const products = order.lines.map((line) => productOf(knownItem(line, items), rules));
  const profile = profileOf({ order, products, customer, purchases: bought, rules });
  const { timing, timeZone } = rules;
  const pages = pagesOf(rules.pages);
  const spreadOrder = (at: Instant): Instant => spread(at, orderId, hash);
  return {
    order,
    profile,
    customer,
    purchases: bought,
    timing,
    pages,
    timeZone,
    spread: spreadOrder,
  };
};

export interface VisitContextDeps extends JourneyContextDeps {
  readonly scores: Scores;
  readonly affinity: AffinityLists;
}

/**
 * Reads what the visits of the repurchase stage are planned by besides: what goes with the order, the customer's score,
 * and where it tells categories apart those of the products that may be offered.
 *
 * @param done the visits that were made: what only they go by is not read again
 * @throws as `journeyContext`
 */
export const visitContext = async (
  deps: VisitContextDeps,
  ref: { readonly shop: string; readonly orderId: string },
  done: readonly string[],
): Promise<PlanInputs> => forVisits(deps, await journeyContext(deps, ref), done);

/** The same for what was read already. */
export const forVisits = async (
  deps: Pick<VisitContextDeps, 'affinity' | 'catalogue' | 'scores'>,
  inputs: PlanInputs,
  done: readonly string[],
): Promise<PlanInputs> => {
  const isCrossSellOpen = !done.includes(visitId({ touch: 'cross-sell', subjects: [] }));
  return isCrossSellOpen
    ? withOfferCategories(deps, await withScore(deps, await withCandidates(deps, inputs)))
    : withScore(deps, inputs);
};

/** As many as are looked up in the catalogue: some of them the customer has. */
const MOST_CANDIDATES = 20;

/** A best seller goes with anything: it is no reason to write to somebody. */
const withCandidates = async (
  { affinity, catalogue }: Pick<VisitContextDeps, 'affinity' | 'catalogue'>,
  inputs: PlanInputs,
): Promise<PlanInputs> => {
  const basket = keptLines(inputs).map(({ product }) => product);
  if (basket.length === 0) return inputs;
  const { shop } = inputs.order;
  const learnt = await affinity.of(
    shop,
    basket.map(({ sku }) => sku),
    basket.flatMap(({ category }) => category ?? []),
  );
  const exclude = new Set([
    ...inputs.profile.lines.map(({ line }) => line.sku),
    ...inputs.purchases.flatMap(({ lines }) => lines.map(({ sku }) => sku)),
  ]);
  const ranked = rankCandidates(basket, learnt, { exclude })
    .filter(({ evidence }) => evidence.level !== 'best-seller')
    .slice(0, MOST_CANDIDATES);
  if (ranked.length === 0) return inputs;
  const items = await catalogue.find(
    shop,
    ranked.map(({ sku }) => sku),
  );
  const known = new Set(items.map(({ sku }) => sku));
  return { ...inputs, candidates: ranked.filter(({ sku }) => known.has(sku)) };
};

const withScore = async (
  { scores }: Pick<VisitContextDeps, 'scores'>,
  inputs: PlanInputs,
): Promise<PlanInputs> => {
  const { order, customer } = inputs;
  const named = customerIdOf(order.contact);
  if (named === undefined) return inputs;
  return { ...inputs, score: await scores.of(order.shop, idsOf(named, customer)) };
};

const withOfferCategories = async (
  { catalogue }: Pick<VisitContextDeps, 'catalogue'>,
  inputs: PlanInputs,
): Promise<PlanInputs> => {
  const { order, score } = inputs;
  const offers = offersOf(inputs);
  if (score === undefined || score.propensities.length === 0 || offers.length < 2) return inputs;
  const items = await catalogue.find(order.shop, offers);
  const offerCategories = new Map(
    items.flatMap(({ sku, category }) => (category === undefined ? [] : [[sku, category]])),
  );
  return { ...inputs, offerCategories };
};
