import type { Section } from '../cost/report.ts';
import type { ComparedCost } from './compared-cost.ts';
import { isSame, type RunDiff } from './compare-runs.ts';
import {
  bookSection,
  costSection,
  type ExpectedChange,
  journeySection,
  revenueSection,
} from './number-sections.ts';
import { counted, shareOf, whole } from './phrases.ts';
import { orderName } from './run-record.ts';
import {
  changesInShort,
  decisionSection,
  isOfMessages,
  messageSection,
  touchOf,
} from './touch-sections.ts';

/** All that is said of two versions; `--json` prints it. */
export interface DiffReport {
  /** What was compared, as people name it. */
  readonly before: string;
  readonly after: string;
  /** What both were given, in words. */
  readonly input: readonly string[];
  readonly diff: RunDiff;
  /** Absent where something that is used has no price, or there were no orders. */
  readonly cost?: ComparedCost | undefined;
  readonly currency: string;
  readonly expected: readonly ExpectedChange[];
  readonly ratesOf: string;
  readonly notCovered: readonly string[];
}

/** Whether nothing differs, cost and expected revenue included. */
export const isSameReport = ({ diff, cost, expected }: DiffReport): boolean =>
  isSame(diff) && expected.length === 0 && (cost?.services.length ?? 0) === 0;

/** The first sentence: how many orders get other messages, and what changes most. */
export const verdictOf = (report: DiffReport): string => {
  const { diff, before, after } = report;
  const { common } = diff.orders;
  if (isSameReport(report))
    return `No difference: ${after} does for all ${counted(common.length, 'order')} what ${before} does: the same messages at the same times, decisions, pages, journeys, cost and books.`;
  const changes = diff.touches.filter(isOfMessages);
  const known = new Set(common.map(orderName));
  const orders = new Set(
    changes.map((change) => orderName(touchOf(change))).filter((name) => known.has(name)),
  ).size;
  return orders === 0
    ? `None of ${counted(common.length, 'order')} gets other messages; what changes is ${othersInShort(report)}.`
    : `${shareOf(orders, common.length)} of orders get other messages: ${changesInShort(changes, MOST_KINDS)}.`;
};

const MOST_KINDS = 4;

const othersInShort = (report: DiffReport): string =>
  othersOf(report)
    .filter(([, changes]) => changes)
    .map(([name]) => name)
    .join(', ');

const othersOf = ({
  diff,
  cost,
  expected,
}: DiffReport): readonly (readonly [string, boolean])[] => [
  ['why touches are left out', diff.touches.length > 0],
  ['confirmation pages', diff.pages.changed.length > 0 || diff.pages.shown.length > 0],
  ['expected revenue', expected.length > 0],
  ['journeys', hasOtherJourneys(diff)],
  ['books', hasOtherBooks(diff)],
  ['cost', (cost?.services.length ?? 0) > 0],
  ['which orders there are', hasOtherOrders(diff)],
];

const hasOtherOrders = ({ orders }: RunDiff): boolean =>
  orders.onlyBefore.length + orders.onlyAfter.length > 0;

const hasOtherJourneys = ({ executions, transitions, failed }: RunDiff): boolean =>
  executions.length > 0 ||
  transitions.before !== transitions.after ||
  failed.onlyAfter.length + failed.onlyBefore.length > 0;

const hasOtherBooks = ({ books }: RunDiff): boolean =>
  books.entries.length + books.balances.length > 0;

/** What differs, in sections: only those in which something does, and what is not covered. */
export const sectionsOfDiff = (report: DiffReport): readonly Section[] => {
  const { diff, cost, currency, expected, ratesOf, notCovered } = report;
  const isOther = (name: string): boolean =>
    othersOf(report).some(([other, changes]) => other === name && changes);
  return [
    ...(diff.touches.some(isOfMessages) ? [messageSection(diff)] : []),
    ...(diff.touches.some(isOfDecision) ? [decisionSection(diff)] : []),
    ...(isOther('which orders there are') ? [orderSection(diff)] : []),
    ...(isOther('journeys') ? [journeySection(diff)] : []),
    ...(isOther('confirmation pages') || isOther('expected revenue')
      ? [revenueSection(diff, expected, ratesOf)]
      : []),
    ...(isOther('books') ? [bookSection(diff)] : []),
    ...(cost !== undefined && cost.services.length > 0 ? [costSection(cost, currency)] : []),
    { title: 'Not covered', intro: [], points: notCovered, notes: [] },
  ];
};

const isOfDecision = ({ kinds }: RunDiff['touches'][number]): boolean =>
  kinds.some((kind) => kind === 'more' || kind === 'fewer' || kind === 'reason');

const orderSection = ({ orders }: RunDiff): Section => {
  const names = (side: RunDiff['orders']['onlyAfter']): string =>
    side
      .slice(0, EXAMPLES)
      .map(({ orderId }) => orderId)
      .join(', ');
  return {
    title: 'Orders of one side alone',
    intro: [],
    rows: [
      ['', 'orders', 'such as'],
      ['only before', whole(orders.onlyBefore.length), names(orders.onlyBefore)],
      ['only after', whole(orders.onlyAfter.length), names(orders.onlyAfter)],
    ],
    notes: [
      'They follow from messages or offers of the one side; they count in totals and in nothing else.',
    ],
  };
};

const EXAMPLES = 3;
