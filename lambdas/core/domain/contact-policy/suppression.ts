import { compareText } from '../compare-text.ts';
import { type Customer, openCaseSince } from '../customers/customer.ts';
import type { Purchase } from '../customers/purchase.ts';
import { troubleOf } from '../orders/after-delivery.ts';
import type { Order } from '../orders/order.ts';
import type { Instant } from '../orders/order-event.ts';
import type { SuppressionReason } from './policy.ts';

/** Why an address is not used any more, whatever was agreed. */
export interface AddressSuppression {
  readonly reason: 'bounced' | 'complained' | 'stopped' | 'opted-out';
  readonly at: Instant;
}

/** Since when something keeps messages back. */
export type Trouble = Readonly<Partial<Record<SuppressionReason, Instant>>>;

/** What keeps messages to a customer back: of the order, of their other orders, of themselves. */
export const troubleWith = (
  order: Order,
  customer: Pick<Customer, 'cases'> | undefined,
  purchases: readonly Pick<Purchase, 'orderId' | 'trouble'>[],
): Trouble => {
  const others = purchases.flatMap(({ orderId, trouble }) =>
    orderId === order.orderId || trouble === undefined ? [] : [trouble],
  );
  const caseSince = customer === undefined ? undefined : openCaseSince(customer);
  const own = {
    ...troubleOf(order),
    ...(caseSince === undefined ? {} : { 'open-case': caseSince }),
  };
  return others.length === 0 ? own : [own, ...others].reduce<Trouble>(latestOf, {});
};

const latestOf = (a: Trouble, b: Trouble): Trouble => {
  const latest: Partial<Record<SuppressionReason, Instant>> = { ...a };
  for (const reason of ['open-case', 'open-return', 'dispute', 'bad-answer'] as const) {
    const at = [a[reason] ?? '', b[reason] ?? ''].toSorted(compareText).at(-1) ?? '';
    if (at !== '') latest[reason] = at;
  }
  return latest;
};
