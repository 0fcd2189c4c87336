import type { Section } from '../cost/report.ts';
import type { RunDiff } from './compare-runs.ts';
import { type ChangeKind, changeKinds, type TouchChange } from './compare-touches.ts';
import { counted, fateInShort, fateOf, shareOf, whole } from './phrases.ts';
import { orderName, type RecordedOrder, type RecordedTouch } from './run-record.ts';

/** At most this many orders are shown of each kind of change. */
const EXAMPLES = 3;

/** Kinds of change that a customer notices; another reason not to be written to is none of them. */
export const isOfMessages = ({ kinds }: TouchChange): boolean => !kinds.includes('reason');

/** The touch that a change is of, as either side has it. */
export const touchOf = ({ before, after }: TouchChange): RecordedTouch => {
  const touch = after ?? before;
  if (touch === undefined) throw new Error('a change of a touch that neither side has');
  return touch;
};

const ordersOf = (changes: readonly TouchChange[]): number =>
  new Set(changes.map((change) => orderName(touchOf(change)))).size;

const byTouch = (
  changes: readonly TouchChange[],
): readonly (readonly [string, readonly TouchChange[]])[] =>
  [...Map.groupBy(changes, (change) => touchOf(change).touch)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );

const headings: Readonly<Record<ChangeKind, string>> = {
  more: 'more',
  fewer: 'fewer',
  time: 'other time',
  channel: 'other channel',
  words: 'other words',
  look: 'other look',
  reason: 'other reason',
};

/** What customers get more, less or otherwise, by touch, with examples. */
export const messageSection = (diff: RunDiff): Section => {
  const changes = diff.touches.filter(isOfMessages);
  const shown = changeKinds.filter((kind) => changes.some(({ kinds }) => kinds.includes(kind)));
  const groups = byTouch(changes);
  return {
    title: 'Messages',
    intro: [],
    rows: [
      ['touch', 'sent', ...shown.map((kind) => headings[kind]), 'orders'],
      ...groups.map(([touch, group]) => [
        touch,
        sentInWords(diff, touch),
        ...shown.map((kind) => whole(group.filter(({ kinds }) => kinds.includes(kind)).length)),
        shareOf(ordersOf(group), diff.orders.common.length),
      ]),
    ],
    points: groups.flatMap(([, group]) => examplesOf(group, diff)),
    notes: [],
  };
};

const sentInWords = ({ sent }: RunDiff, touch: string): string => {
  const { before = 0, after = 0 } = sent.find(({ name }) => name === touch) ?? {};
  return before === after ? whole(after) : `${whole(before)} → ${whole(after)}`;
};

const examplesOf = (group: readonly TouchChange[], diff: RunDiff): readonly string[] => {
  const kinds = [...Map.groupBy(group, (change) => change.kinds.join(' and '))];
  return kinds
    .toSorted(([, a], [, b]) => b.length - a.length)
    .flatMap(([, alike]) => alike.slice(0, EXAMPLES).map((change) => exampleOf(change, diff)))
    .slice(0, EXAMPLES);
};

/** `review-request of hearth 1001: before day 12.4 by email, after day 9.4 by email` */
const exampleOf = (change: TouchChange, { orders }: RunDiff): string => {
  const { before, after } = change;
  const { shop, orderId, touchId } = touchOf(change);
  const order = orders.common.find((each) => each.shop === shop && each.orderId === orderId);
  const fates = `before ${fateOf(before, order)}, after ${fateOf(after, order)}`;
  return `${shortened(touchId)} of ${shop} ${orderId}: ${fates}${wordsInWords(change)}`;
};

/** Of a touch that tells of many lines, the first. */
const shortened = (touchId: string): string =>
  touchId.length <= MOST_ID ? touchId : `${touchId.slice(0, MOST_ID)}…`;

const MOST_ID = 40;

const wordsInWords = ({ kinds, before, after }: TouchChange): string => {
  if (!kinds.includes('words')) return '';
  const [from, to] = [before?.words?.subject, after?.words?.subject];
  return from === to || from === undefined || to === undefined
    ? '; another text'
    : `; “${from}” became “${to}”`;
};

/** Touches whose decision changed whether or why they are sent, by what became of them. */
export const decisionSection = ({ touches, orders }: RunDiff): Section => {
  const changes = touches.filter(({ kinds }) =>
    kinds.some((kind) => kind === 'more' || kind === 'fewer' || kind === 'reason'),
  );
  const groups = Map.groupBy(changes, (change) =>
    JSON.stringify([touchOf(change).touch, fateInShort(change.before), fateInShort(change.after)]),
  );
  return {
    title: 'Decisions',
    intro: [],
    rows: [
      ['touch', 'before', 'after', 'touches', 'such as'],
      ...[...groups.values()]
        .toSorted((a, b) => b.length - a.length)
        .flatMap((group) => decisionRow(group, orders.common)),
    ],
    notes: [],
  };
};

const decisionRow = (
  group: readonly TouchChange[],
  orders: readonly RecordedOrder[],
): readonly (readonly string[])[] => {
  const [first] = group;
  if (first === undefined) return [];
  const { touch } = touchOf(first);
  const names = group.slice(0, EXAMPLES).map((change) => touchOf(change).orderId);
  const row = [touch, fateInShort(first.before), fateInShort(first.after)];
  return [[...row, `${whole(group.length)} (${perOrder(group, orders)})`, names.join(', ')]];
};

const perOrder = (group: readonly TouchChange[], orders: readonly RecordedOrder[]): string =>
  `of ${shareOf(ordersOf(group), orders.length).replace(/ \(.*/, '')} of orders`;

/** `110 review-request at another time, 10 cross-sell fewer`: the greatest changes first. */
export const changesInShort = (changes: readonly TouchChange[], most: number): string => {
  const counts = Map.groupBy(
    changes.flatMap((change) => change.kinds.map((kind) => ({ kind, ...touchOf(change) }))),
    ({ kind, touch }) => JSON.stringify([kind, touch]),
  );
  const phrases = [...counts.values()]
    .toSorted((a, b) => b.length - a.length)
    .flatMap(([first, ...rest]) =>
      first === undefined ? [] : [`${whole(rest.length + 1)} ${first.touch} ${said[first.kind]}`],
    );
  const left = phrases.length - most;
  const others = left > 0 ? [`and ${counted(left, 'other kind')} of change`] : [];
  return [...phrases.slice(0, most), ...others].join(', ');
};

const said: Readonly<Record<ChangeKind, string>> = {
  more: 'more',
  fewer: 'fewer',
  time: 'at another time',
  channel: 'by another channel',
  words: 'in other words',
  look: 'with another look',
  reason: 'left out for another reason',
};
