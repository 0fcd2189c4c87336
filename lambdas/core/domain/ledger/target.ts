import type { Commission, Order } from '../orders/order.ts';
import type { ExchangeRate, OrderEvent, OrderPlaced } from '../orders/order-event.ts';
import { byOccurrence, orderOf } from '../orders/order-of.ts';
import type { CreditShare, RevenueClass } from './credit.ts';
import { remainsOf, remainsOfCancelled } from './give-backs.ts';
import { type Component, explainedValue, type OrderValue, totalOf } from './order-value.ts';
import { leftOfOrder, type Remain } from './remains.ts';
import type { Account, EntryKind } from './transaction.ts';

/** What should stand in the books under one name: what was sold, and what is left of it. */
export interface Position {
  /** The same for the same thing: positions of two targets are told apart by it. */
  readonly key: string;
  readonly account: Account;
  readonly kind: EntryKind;
  readonly class?: RevenueClass | undefined;
  readonly lineId?: string | undefined;
  readonly sku?: string | undefined;
  readonly category?: string | undefined;
  readonly shares: readonly CreditShare[];
  readonly currency: string;
  /** Into the reporting currency. Absent: it is in that currency. */
  readonly exchangeRate?: ExchangeRate | undefined;
  /** 1 of what customers owe, −1 of what they owe less. */
  readonly sign: 1 | -1;
  /** At least 0, in minor units. */
  readonly sold: number;
  /** 0 to `sold`. */
  readonly left: number;
}

/**
 * What should be in the books by everything that is known: a function of the set of events, whatever
 * order they came in. Nothing of an order that has not come, or of a test.
 */
export const targetOf = (events: readonly OrderEvent[]): readonly Position[] => {
  const sorted = events.toSorted(byOccurrence);
  const [placed] = sorted;
  const order = orderOf(sorted);
  if (order === undefined || order.test || placed?.type !== 'OrderPlaced') return [];
  const remains = remainsOf(withDifference(explainedValue(order, placed), sorted, placed));
  return [
    ...[...remains.lines, remains.rest].flatMap((remain) => positionsOf(order, remain)),
    ...(remains.goodwill === 0 ? [] : [goodwillOf(order, remains.goodwill)]),
    ...order.commissions.map((commission) => commissionOf(order, commission)),
  ];
};

/** What the total that was stated last has above what the lines explain it by. */
const withDifference = (
  value: OrderValue,
  sorted: readonly OrderEvent[],
  placed: OrderPlaced,
): OrderValue => {
  const difference = differenceOf(sorted, placed);
  if (difference === 0) return value;
  const component: Component = { account: 'difference', kind: 'difference', value: difference };
  return { ...value, rest: { components: [...value.rest.components, component] } };
};

/**
 * A total is held against the lines as they were when it was stated, so that what is amended without
 * one makes no difference. One that was stated after a cancellation may leave out what was cancelled.
 */
const differenceOf = (sorted: readonly OrderEvent[], placed: OrderPlaced): number => {
  const { currency } = placed.total;
  const last = sorted.findLastIndex(
    (event) => event.type === 'OrderAmended' && event.total?.currency === currency,
  );
  const then = orderOf(last === -1 ? [placed] : sorted.slice(0, last + 1));
  if (then === undefined) return 0;
  const value = explainedValue(then, placed);
  const difference = then.total.amountMinor - totalOf(value);
  if (difference === 0 || then.cancellations.length === 0) return difference;
  return then.total.amountMinor === leftOfOrder(remainsOfCancelled(value)) ? 0 : difference;
};

const positionsOf = (order: Order, { bucket, left }: Remain): readonly Position[] =>
  bucket.components.map(({ account, kind, value }, index) => {
    const { lineId, sku, category, class: ofLine, shares = [] } = bucket.line ?? {};
    const isRevenue = account === 'revenue';
    return positionOf({
      account,
      kind,
      class: isRevenue ? ofLine : undefined,
      lineId,
      sku,
      category,
      shares: isRevenue ? shares : [],
      currency: order.currency,
      exchangeRate: order.exchangeRate,
      sign: value < 0 ? -1 : 1,
      sold: Math.abs(value),
      left: Math.abs(left[index] ?? 0),
    });
  });

const goodwillOf = ({ currency, exchangeRate }: Order, amount: number): Position =>
  positionOf({
    account: 'goodwill',
    kind: 'goodwill',
    shares: [],
    currency,
    exchangeRate,
    sign: -1,
    sold: amount,
    left: amount,
  });

const commissionOf = (order: Order, commission: Commission): Position => {
  const { commissionId, amount, reversedMinor, sessionId, offerId } = commission;
  const isSameCurrency = amount.currency === order.currency;
  const { orderId } = order;
  return positionOf(
    {
      account: 'commission',
      kind: 'commission',
      class: 'partner_commission',
      shares:
        sessionId === undefined
          ? []
          : [{ kind: 'session', id: sessionId, orderId, offerId, parts: 1 }],
      currency: amount.currency,
      exchangeRate: commission.exchangeRate ?? (isSameCurrency ? order.exchangeRate : undefined),
      sign: 1,
      sold: amount.amountMinor,
      left: amount.amountMinor - reversedMinor,
    },
    commissionId,
  );
};

const positionOf = (position: Omit<Position, 'key'>, commissionId = ''): Position => {
  const { account, kind, lineId = '', class: ofClass = '', currency, exchangeRate } = position;
  const { sign, shares } = position;
  const rate = exchangeRate === undefined ? '' : `${exchangeRate.rate} ${exchangeRate.to}`;
  const sources = shares.map(({ id, parts, offerId = '' }) => `${id} ${offerId} ${parts}`);
  const names = [account, kind, lineId, ofClass, commissionId, currency, rate, sign, ...sources];
  return { ...position, key: JSON.stringify(names) };
};
