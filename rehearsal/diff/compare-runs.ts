import {
  type BalanceChange,
  compareBalances,
  compareEntries,
  type EntryChange,
} from './compare-entries.ts';
import { compareTouches, type TouchChange, type TouchComparison } from './compare-touches.ts';
import {
  type FailedExecution,
  orderName,
  type RecordedOrder,
  type RunRecord,
} from './run-record.ts';

/** A number on both sides. */
export interface CountChange {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** What differs between two runs. Of orders that only one side has, only that they do: nothing can be held against them. */
export interface RunDiff {
  readonly orders: {
    /** On both sides. */
    readonly common: readonly RecordedOrder[];
    readonly onlyBefore: readonly RecordedOrder[];
    readonly onlyAfter: readonly RecordedOrder[];
  };
  /** Of orders on both sides. */
  readonly touches: readonly TouchChange[];
  /** Messages that were sent by touch, to all orders; those that did not change too. */
  readonly sent: readonly CountChange[];
  /** Orders on both sides whose confirmation page first showed other offers, or the same elsewhere. */
  readonly pages: {
    readonly compared: number;
    readonly changed: readonly RecordedOrder[];
    /** Showings by offer, of all pages; those that changed. */
    readonly shown: readonly CountChange[];
  };
  /** `<stage>: <status>`, those that changed. */
  readonly executions: readonly CountChange[];
  readonly transitions: CountChange;
  /** Executions that failed on one side alone. */
  readonly failed: {
    readonly onlyBefore: readonly FailedExecution[];
    readonly onlyAfter: readonly FailedExecution[];
  };
  readonly books: {
    /** Of orders on both sides. */
    readonly entries: readonly EntryChange[];
    /** Of all orders. */
    readonly balances: readonly BalanceChange[];
  };
}

/** What differs between two runs of the same events. */
export const compareRuns = (
  before: RunRecord,
  after: RunRecord,
  options: TouchComparison,
): RunDiff => {
  const earlier = new Set(before.orders.map(orderName));
  const later = new Set(after.orders.map(orderName));
  const onBoth = (each: Pick<RecordedOrder, 'shop' | 'orderId'>): boolean =>
    earlier.has(orderName(each)) === later.has(orderName(each));
  const ofBoth = (run: RunRecord): RunRecord => ({
    ...run,
    touches: run.touches.filter(onBoth),
    pages: run.pages.filter(onBoth),
    transactions: run.transactions.filter(onBoth),
  });
  const [commonBefore, commonAfter] = [ofBoth(before), ofBoth(after)];
  return {
    orders: {
      common: before.orders.filter((order) => later.has(orderName(order))),
      onlyBefore: before.orders.filter((order) => !later.has(orderName(order))),
      onlyAfter: after.orders.filter((order) => !earlier.has(orderName(order))),
    },
    touches: compareTouches(commonBefore.touches, commonAfter.touches, options),
    sent: countChanges(sentByTouch(before), sentByTouch(after)),
    pages: comparePages([commonBefore, commonAfter], [before, after]),
    executions: changed(countChanges(before.executions, after.executions)),
    transitions: { name: 'transitions', before: before.transitions, after: after.transitions },
    failed: {
      onlyBefore: before.failed.filter((each) => !isAmong(each, after.failed)),
      onlyAfter: after.failed.filter((each) => !isAmong(each, before.failed)),
    },
    books: {
      entries: compareEntries(commonBefore.transactions, commonAfter.transactions),
      balances: compareBalances(before.transactions, after.transactions),
    },
  };
};

/** Whether nothing at all differs. */
export const isSame = (diff: RunDiff): boolean =>
  [
    diff.orders.onlyBefore,
    diff.orders.onlyAfter,
    diff.touches,
    diff.pages.changed,
    diff.pages.shown,
    diff.executions,
    changed([...diff.sent, diff.transitions]),
    diff.failed.onlyBefore,
    diff.failed.onlyAfter,
    diff.books.entries,
    diff.books.balances,
  ].every(({ length }) => length === 0);

const isAmong = ({ name }: FailedExecution, others: readonly FailedExecution[]): boolean =>
  others.some((other) => other.name === name);

type Counts = Readonly<Record<string, number>>;

const sentByTouch = ({ touches }: RunRecord): Counts =>
  countBy(touches.filter(({ ending }) => ending === 'sent').map(({ touch }) => touch));

const countBy = (names: readonly string[]): Counts => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
};

const countChanges = (before: Counts, after: Counts): readonly CountChange[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .toSorted()
    .map((name) => ({ name, before: before[name] ?? 0, after: after[name] ?? 0 }));

const changed = (changes: readonly CountChange[]): readonly CountChange[] =>
  changes.filter(({ before, after }) => before !== after);

type Both = readonly [RunRecord, RunRecord];

const comparePages = (common: Both, all: Both): RunDiff['pages'] => {
  const [earlier, later] = [pagesOf(common[0]), pagesOf(common[1])];
  const isChanged = (name: string): boolean => earlier.get(name) !== later.get(name);
  return {
    compared: new Set([...earlier.keys(), ...later.keys()]).size,
    changed: common[0].orders.filter((order) => isChanged(orderName(order))),
    shown: changed(countChanges(showings(all[0]), showings(all[1]))),
  };
};

/** What each page shows, in its order, as one text. */
const pagesOf = ({ pages }: RunRecord): ReadonlyMap<string, string> =>
  new Map(
    pages.map((page) => [
      orderName(page),
      JSON.stringify(page.offers.toSorted((a, b) => a.slot - b.slot).map((each) => each.offerId)),
    ]),
  );

const showings = ({ pages }: RunRecord): Counts =>
  countBy(pages.flatMap(({ offers }) => offers.map(({ offerId }) => offerId)));
