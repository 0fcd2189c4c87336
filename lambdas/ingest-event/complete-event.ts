import type { ShopConfig } from '#core/contracts/config.ts';
import type { Refusal } from '#core/contracts/parse-event.ts';
import { enriched, skusToLookUp } from '#core/domain/catalogue/catalog-item.ts';
import { frozenRate } from '#core/domain/ledger/frozen-rate.ts';
import type { OrderEvent, PlacedLine } from '#core/domain/orders/order-event.ts';
import { withPromise } from '#core/domain/orders/promise.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import { type CreditOrderDeps, withCredit } from './credit-order.ts';
import { type ReachDeps, withReach } from './reach.ts';

export interface CompleteEventDeps extends ReachDeps, CreditOrderDeps {
  readonly catalogue: Catalogue;
  readonly shops: Readonly<
    Record<string, Pick<ShopConfig, 'country' | 'promise' | 'categories' | 'products'>>
  >;
}

const noFacts = { categories: {}, products: {} };

type Unusable = { readonly kind: 'parked' } & Refusal;

/**
 * Fills in what the event leaves out and the shop has said elsewhere, reads its addresses, and freezes what brought it
 * and what its currency is worth.
 */
export const completedEvent = async (
  deps: CompleteEventDeps,
  event: OrderEvent,
): Promise<OrderEvent | Unusable> => {
  const { shops, ledgerRules } = deps;
  const promised = withPromise(await withReach(deps, event), shops[event.shop]?.promise ?? {});
  const whole = await withCredit(deps, await withProducts(deps, promised));
  if (whole.type !== 'OrderPlaced' && whole.type !== 'CommissionConfirmed') return whole;
  const { currency } = whole.type === 'OrderPlaced' ? whole.total : whole.amount;
  const rate = frozenRate(currency, whole.exchangeRate, ledgerRules);
  if (!rate.ok) return { kind: 'parked', reason: 'no-exchange-rate', problem: rate.problem };
  return { ...whole, exchangeRate: rate.exchangeRate };
};

const withProducts = async (
  { catalogue, shops }: CompleteEventDeps,
  event: OrderEvent,
): Promise<OrderEvent> => {
  const placed = placedLines(event);
  const skus = skusToLookUp(placed);
  if (skus.length === 0) return event;
  const items = await catalogue.find(event.shop, skus);
  const lines = placed.map((line) => enriched(line, items, shops[event.shop] ?? noFacts));
  if (event.type === 'OrderPlaced') return { ...event, lines };
  return event.type === 'OrderAmended' ? { ...event, addedLines: lines } : event;
};

const placedLines = (event: OrderEvent): readonly PlacedLine[] => {
  if (event.type === 'OrderPlaced') return event.lines;
  return event.type === 'OrderAmended' ? (event.addedLines ?? []) : [];
};
