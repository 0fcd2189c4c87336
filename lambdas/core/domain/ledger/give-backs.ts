import { allocate } from '../money/allocate.ts';
import { compareText } from '../compare-text.ts';
import { isCancelled, type Order, type Refund } from '../orders/order.ts';
import type { LineQuantity } from '../orders/order-event.ts';
import { type OrderValue, partOf } from './order-value.ts';
import {
  bucketsOf,
  leftOf,
  leftOfOrder,
  reinstate,
  type Remain,
  type Remains,
  take,
  takeAcross,
  takeAll,
  wholeOf,
} from './remains.ts';

/**
 * What is left of an order once everything that was given back is taken from it: first, by time,
 * pieces that were cancelled or came back and what was given from goodwill; then what was paid back,
 * which settles the former before it takes more; then disputes. By this order it makes no
 * difference whether a refund or what it is for came first.
 */
export const remainsOf = (value: OrderValue): Remains => {
  const remains = wholeOf(value);
  const { order } = value;
  for (const step of stepsOf(remains, order)) step.run();
  if (order.cancellations.length > 0 && isCancelled(order)) cancelRest(remains);
  for (const refund of refundsOf(order, (reason) => reason !== 'goodwill'))
    payBack(remains, refund);
  for (const { amount, status } of order.disputes)
    if (status !== 'won' && (amount?.currency ?? order.currency) === order.currency)
      give(remains, amount?.amountMinor ?? leftOfOrder(remains));
  return remains;
};

/** What is left of it once what was cancelled is taken off, and nothing else. */
export const remainsOfCancelled = (value: OrderValue): Remains => {
  const { order } = value;
  const remains = wholeOf(value);
  for (const { lines } of order.cancellations) withdraw(remains, lines, 'cancelled');
  if (isCancelled(order)) cancelRest(remains);
  return remains;
};

const refundsOf = (
  { refunds, currency }: Order,
  fits: (reason: Refund['reason']) => boolean,
): readonly Refund[] =>
  refunds.filter(({ amount, reason }) => amount.currency === currency && fits(reason));

interface Step {
  readonly at: string;
  readonly run: () => void;
}

/** Of one instant: cancellations, then returns, then goodwill. */
const stepsOf = (remains: Remains, order: Order): readonly Step[] =>
  [
    ...order.cancellations.map(({ at, lines }) => ({
      at,
      run: () => withdraw(remains, lines, 'cancelled'),
    })),
    ...order.returns.flatMap(({ receivedAt: at, lines }) =>
      at === undefined ? [] : [{ at, run: () => withdraw(remains, lines, 'returned') }],
    ),
    ...refundsOf(order, (reason) => reason === 'goodwill').map(({ at, amount, lines }) => ({
      at,
      run: () => give(remains, amount.amountMinor, namedIn(remains, lines)),
    })),
  ].toSorted((a, b) => compareText(a.at, b.at));

interface Named {
  readonly remain: Remain;
  readonly pieces: number;
}

/** The lines that are named and known; undefined where none is. */
const namedIn = (
  { lines }: Remains,
  named: readonly LineQuantity[] | undefined,
): readonly Named[] | undefined => {
  const found = lines.flatMap((remain) => {
    const pieces = (named ?? [])
      .filter(({ lineId }) => lineId === remain.bucket.line?.lineId)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    return pieces === 0 ? [] : [{ remain, pieces }];
  });
  return found.length === 0 ? undefined : found;
};

const orderedOf = ({ bucket }: Remain): number => bucket.line?.quantity ?? 0;

/** Pieces that will not come, or came back, are taken at their value. */
const withdraw = (
  remains: Remains,
  lines: readonly LineQuantity[],
  how: 'cancelled' | 'returned',
): void => {
  for (const { remain, pieces } of namedIn(remains, lines) ?? []) {
    const going = Math.min(pieces, orderedOf(remain) - remain.gone);
    if (going <= 0) continue;
    const taken = takePieces(remains, remain, going);
    if (how === 'cancelled') remain.unpaidCancelled += taken;
    else {
      remain.unpaidReturned += taken;
      remain.unpaidPieces += going;
    }
  }
};

/** The last piece takes what is left of its line, so that rounding leaves nothing over. */
const takePieces = (remains: Remains, remain: Remain, pieces: number): number => {
  const ordered = orderedOf(remain);
  const { worth, gone } = remain;
  remain.gone += pieces;
  const left = leftOf(remain);
  const value = partOf(worth, gone + pieces, ordered) - partOf(worth, gone, ordered);
  const due = remain.gone >= ordered ? left : Math.min(value, left);
  const available = leftOfOrder(remains);
  if (due > 0 && due >= available) {
    for (const each of bucketsOf(remains)) takeAll(each);
    return available;
  }
  if (remain.gone >= ordered) takeAll(remain);
  else if (due > 0) take(remain, due);
  return due;
};

/** Of an order that was cancelled as a whole nothing is owed: no shipping, and nothing unexplained. */
const cancelRest = ({ rest }: Remains): void => {
  rest.unpaidCancelled += leftOf(rest);
  takeAll(rest);
};

/** A refund settles what was taken already, and takes what it is above that. */
const payBack = (remains: Remains, { amount, lines, reason, withdrawn }: Refund): void => {
  const named = namedIn(remains, lines ?? withdrawn);
  let due = amount.amountMinor;
  if (reason !== 'returned') due = settleCancelled(remains, due, { named, reason });
  const isOfReturn = reason === 'returned' || (reason === undefined && due > 0);
  if (isOfReturn) due = settleReturned(remains.lines, due, named);
  if (due > 0) give(remains, due, named);
};

/** Of the lines that are named, or else of all; what is above that, of the order as a whole. */
const settleCancelled = (
  remains: Remains,
  amount: number,
  { named, reason }: Pick<Refund, 'reason'> & { readonly named: readonly Named[] | undefined },
): number => {
  const due = settleOf(named?.map(({ remain }) => remain) ?? remains.lines, amount);
  return reason === 'lost' ? due : settleOf([remains.rest], due);
};

const settleOf = (group: readonly Remain[], amount: number): number => {
  const unpaid = group.map(({ unpaidCancelled }) => Math.max(0, unpaidCancelled));
  const settled = Math.min(
    amount,
    unpaid.reduce((sum, each) => sum + each, 0),
  );
  const parts = allocate(settled, unpaid);
  for (const [index, remain] of group.entries()) remain.unpaidCancelled -= parts[index] ?? 0;
  return amount - settled;
};

/** Where less is paid back than came back, a fee was kept: the difference is owed again. */
const settleReturned = (
  lines: readonly Remain[],
  amount: number,
  named: readonly Named[] | undefined,
): number => {
  const returned = (named ?? lines.map((remain) => ({ remain, pieces: remain.unpaidPieces })))
    .filter(({ remain }) => remain.unpaidPieces > 0)
    .map(({ remain, pieces }) => {
      const settled = Math.min(pieces, remain.unpaidPieces);
      return {
        remain,
        settled,
        value: partOf(remain.unpaidReturned, settled, remain.unpaidPieces),
      };
    });
  const worth = returned.reduce((sum, { value }) => sum + value, 0);
  const kept = allocate(
    Math.max(0, worth - amount),
    returned.map(({ value }) => value),
  );
  for (const [index, { remain, settled, value }] of returned.entries()) {
    remain.unpaidPieces -= settled;
    remain.unpaidReturned -= value;
    const again = kept[index] ?? 0;
    if (again > 0) reinstate(remain, again);
  }
  return Math.max(0, amount - worth);
};

/**
 * Money that was given back: of the lines it names by the value of their pieces, then of what else is
 * left of them, then of the other lines, then of the order as a whole; without lines, of everything in
 * proportion. Beyond what is left it is goodwill.
 */
const give = (remains: Remains, amount: number, named?: readonly Named[]): void => {
  const available = leftOfOrder(remains);
  if (amount > 0 && amount >= available) {
    for (const each of bucketsOf(remains)) takeAll(each);
    remains.goodwill += amount - available;
    return;
  }
  if (named === undefined) {
    const all = bucketsOf(remains).filter((remain) => leftOf(remain) > 0);
    takeAcross(all, all.map(leftOf), amount);
    return;
  }
  const those = named.map(({ remain }) => remain);
  const values = named.map(({ remain, pieces }) => valueOf(remain, pieces));
  let due = takeAcross(those, values, amount);
  for (const group of [those, remains.lines, [remains.rest]])
    due = takeAcross(
      group,
      group.map((remain) => Math.max(0, leftOf(remain))),
      due,
    );
};

const valueOf = (remain: Remain, pieces: number): number => {
  const ordered = orderedOf(remain);
  const value = partOf(remain.worth, Math.min(pieces, ordered), Math.max(1, ordered));
  return Math.min(value, leftOf(remain));
};
