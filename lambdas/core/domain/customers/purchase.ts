import type { Money } from '../money.ts';
import { type OrderTrouble, troubleOf } from '../orders/after-delivery.ts';
import { type Order, wantedOf } from '../orders/order.ts';
import type { Instant } from '../orders/order-event.ts';
import { customerIdOf } from './reach.ts';

/** One order of a customer, as far as their other orders need to know of it. */
export interface Purchase {
  readonly shop: string;
  readonly customerId: string;
  readonly orderId: string;
  readonly placedAt: Instant;
  readonly total: Money;
  /** What is still wanted of it; of a cancelled order nothing. */
  readonly lines: readonly PurchasedLine[];
  /** What of it keeps messages back. */
  readonly trouble?: OrderTrouble | undefined;
}

export interface PurchasedLine {
  readonly sku: string;
  readonly category?: string | undefined;
  readonly quantity: number;
}

/** What the customer's other orders see of this one; a test order is none. */
export const purchaseOf = (order: Order): Purchase | undefined => {
  const { shop, orderId, placedAt, total, contact, test } = order;
  const customerId = customerIdOf(contact);
  if (customerId === undefined || test) return undefined;
  const trouble = troubleOf(order);
  return {
    shop,
    customerId,
    orderId,
    placedAt,
    total,
    lines: order.lines.flatMap((line) => {
      const { sku, category } = line;
      const quantity = wantedOf(line);
      return quantity === 0 ? [] : [{ sku, category, quantity }];
    }),
    ...(Object.keys(trouble).length === 0 ? {} : { trouble }),
  };
};

type OrderRef = Pick<Purchase, 'orderId' | 'placedAt'>;

/**
 * Of orders of one instant the ids decide, so that of two orders one is always the later. An order
 * whose placing was told twice may be kept under both times, and is not later than itself.
 */
const isLater = (a: OrderRef, b: OrderRef): boolean =>
  a.orderId !== b.orderId &&
  (a.placedAt > b.placedAt || (a.placedAt === b.placedAt && a.orderId > b.orderId));

const isReal = ({ lines }: Purchase): boolean => lines.length > 0;

/** The customer's orders after this one, but for cancelled ones. */
export const purchasesAfter = (
  purchases: readonly Purchase[],
  order: OrderRef,
): readonly Purchase[] => purchases.filter((each) => isReal(each) && isLater(each, order));

/** The customer's orders before this one, but for cancelled ones. */
export const purchasesBefore = (
  purchases: readonly Purchase[],
  order: OrderRef,
): readonly Purchase[] => purchases.filter((each) => isReal(each) && isLater(order, each));

/** The customer's orders up to this one, itself included, but for cancelled ones. */
export const purchasesUpTo = (
  purchases: readonly Purchase[],
  order: OrderRef,
): readonly Purchase[] => purchases.filter((each) => isReal(each) && !isLater(each, order));

export const hasBought = (purchases: readonly Purchase[], sku: string): boolean =>
  purchases.some(({ lines }) => lines.some((line) => line.sku === sku));

/** What was bought in any of them. */
export const skusOf = (purchases: readonly Purchase[]): Set<string> =>
  new Set(purchases.flatMap(({ lines }) => lines.map(({ sku }) => sku)));
