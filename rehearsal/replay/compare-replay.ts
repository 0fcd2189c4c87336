import { compareEntries, type EntryChange } from '../diff/compare-entries.ts';
import { compareTouches, type TouchChange } from '../diff/compare-touches.ts';
import { orderName, type RecordedTouch, type RunRecord } from '../diff/run-record.ts';
import { causeOfEntry, causeOfTouch, type Explained, type Known } from './causes.ts';

/** What was recorded when the events came for the first time. */
export interface Recorded {
  readonly touches: readonly RecordedTouch[];
  readonly transactions: RunRecord['transactions'];
}

export interface ReplayOptions {
  readonly toleranceMs: number;
  readonly hasArrivals: boolean;
}

export interface ReplayDiff {
  /** Orders whose placing is in the archive. */
  readonly orders: number;
  /** Of these, on both sides together. */
  readonly decisions: number;
  readonly entries: number;
  /** Orders that are recorded and whose placing is not in the archive: nothing is said of them. */
  readonly ordersNotArchived: readonly string[];
  readonly otherTouches: readonly (TouchChange & Explained)[];
  readonly otherEntries: readonly (EntryChange & Explained)[];
}

/** Holds what a replay came to against what was recorded, for the orders that both know. */
export const compareReplay = (
  recorded: Recorded,
  replayed: RunRecord,
  { toleranceMs, hasArrivals }: ReplayOptions,
): ReplayDiff => {
  const isArchived = isIn([...replayed.touches, ...replayed.transactions, ...replayed.orders]);
  const touches = recorded.touches.filter(isArchived);
  const transactions = recorded.transactions.filter(isArchived);
  const returned = isIn(
    [...recorded.touches, ...replayed.touches].filter((each) => each.isReturned),
  );
  const hasUnarchived = isOfCustomers(recorded.touches.filter((each) => !isArchived(each)));
  const known: Known = { hasArrivals, isReturned: returned, hasUnarchived };
  const changes = compareTouches(touches, replayed.touches, { toleranceMs });
  const entryChanges = compareEntries(transactions, replayed.transactions);
  return {
    orders: new Set(replayed.orders.map(orderName)).size,
    decisions: Math.max(touches.length, replayed.touches.length),
    entries: Math.max(entriesIn(transactions), entriesIn(replayed.transactions)),
    ordersNotArchived: namesOf(
      [...recorded.touches, ...recorded.transactions].filter((each) => !isArchived(each)),
    ),
    otherTouches: changes.map((change) => ({ ...change, ...causeOfTouch(change, known) })),
    otherEntries: entryChanges.map((change) => ({ ...change, ...causeOfEntry(change, known) })),
  };
};

/** Whether decisions and books come out as they were recorded. */
export const isFaithful = ({ otherTouches, otherEntries }: ReplayDiff): boolean =>
  otherTouches.length + otherEntries.length === 0;

interface OfOrder {
  readonly shop: string;
  readonly orderId: string;
}

const isIn = (known: readonly OfOrder[]): ((of: OfOrder) => boolean) => {
  const names = new Set(known.map(orderName));
  return (each) => names.has(orderName(each));
};

const isOfCustomers = (touches: readonly RecordedTouch[]): ((touch: RecordedTouch) => boolean) => {
  const nameOf = ({ shop, customerId }: RecordedTouch) => JSON.stringify([shop, customerId]);
  const names = new Set(touches.filter((each) => each.customerId !== undefined).map(nameOf));
  return (touch) => names.has(nameOf(touch));
};

const namesOf = (ofOrders: readonly OfOrder[]): readonly string[] =>
  [...new Set(ofOrders.map(({ shop, orderId }) => `${shop} ${orderId}`))].toSorted();

const entriesIn = (transactions: RunRecord['transactions']): number =>
  transactions.reduce((sum, { entries }) => sum + entries.length, 0);
