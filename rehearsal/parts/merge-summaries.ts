import type { Denial } from '../services/authorizer.ts';
import type { Counts, Summary } from '../report/summary.ts';

/** What a part came to. */
export interface PartSummary {
  readonly summary: Summary;
  /** Of the events that every part is told: how many were put on its bus, and how many were lost on their way. */
  readonly forEveryPart: { readonly put: number; readonly lost: number };
}

type Merged = {
  readonly [Member in keyof Summary]: (
    values: readonly Summary[Member][],
    parts: readonly PartSummary[],
  ) => Summary[Member];
};

/**
 * One summary of parts that have no order or customer in common. Events that every part was told count once in `events`
 * and `lostBySenders`. What parts do each for itself counts as often as it was done: runs that draft texts or fit models
 * in `executions` and `transitions`, faults in `injected`, events in `parked` and `refused`.
 */
export const mergeSummaries = (parts: readonly [PartSummary, ...PartSummary[]]): Summary => {
  const [first, ...others] = parts;
  const merge = <Member extends keyof Summary>(member: Member): Summary[Member] =>
    merged[member](
      [first, ...others].map(({ summary }) => summary[member]),
      parts,
    );
  return {
    from: merge('from'),
    until: merge('until'),
    events: merge('events'),
    orders: merge('orders'),
    testOrders: merge('testOrders'),
    ordersAwaited: merge('ordersAwaited'),
    ordersByStatus: merge('ordersByStatus'),
    messages: merge('messages'),
    mails: merge('mails'),
    texts: merge('texts'),
    pushes: merge('pushes'),
    held: merge('held'),
    exposed: merge('exposed'),
    page: merge('page'),
    visits: merge('visits'),
    injected: merge('injected'),
    executions: merge('executions'),
    scheduled: merge('scheduled'),
    repeats: merge('repeats'),
    transitions: merge('transitions'),
    parked: merge('parked'),
    refused: merge('refused'),
    denied: merge('denied'),
    unusedGrants: merge('unusedGrants'),
    invariants: merge('invariants'),
    redriven: merge('redriven'),
    lostBySenders: merge('lostBySenders'),
    problems: merge('problems'),
  };
};

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, each) => total + each, 0);

/** In the order of what is counted, which the counts of every part have. */
const added = (counts: readonly Counts[]): Counts => {
  const total = new Map<string, number>();
  for (const [key, count] of counts.flatMap((each) => Object.entries(each)))
    total.set(key, (total.get(key) ?? 0) + count);
  return Object.fromEntries(total);
};

/** By name, as the counts of what differs from run to run are. */
const addedByName = (counts: readonly Counts[]): Counts =>
  Object.fromEntries(Object.entries(added(counts)).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** What each but the first part has of what all were told. */
const again = (parts: readonly PartSummary[], of: 'put' | 'lost'): number =>
  sum(parts.slice(1).map(({ forEveryPart }) => forEveryPart[of]));

const united = (denials: readonly (readonly Denial[])[]): readonly Denial[] => [
  ...new Map(denials.flat().map((denial) => [JSON.stringify(denial), denial])).values(),
];

/** What no part has needed. */
const inAll = ([first = [], ...others]: readonly (readonly string[])[]): readonly string[] => {
  const sets = others.map((each) => new Set(each));
  return first.filter((each) => sets.every((set) => set.has(each)));
};

/** Instants are texts of one width. */
const sorted = (instants: readonly string[]): readonly string[] => instants.toSorted();

const merged: Merged = {
  from: (instants) => sorted(instants)[0] ?? '',
  until: (instants) => sorted(instants).at(-1) ?? '',
  events: (counts, parts) => sum(counts) - again(parts, 'put'),
  orders: sum,
  testOrders: sum,
  ordersAwaited: sum,
  ordersByStatus: addedByName,
  messages: addedByName,
  mails: sum,
  texts: sum,
  pushes: sum,
  held: addedByName,
  exposed: addedByName,
  page: added,
  visits: addedByName,
  injected: added,
  executions: addedByName,
  scheduled: sum,
  repeats: added,
  transitions: sum,
  parked: addedByName,
  refused: addedByName,
  denied: united,
  unusedGrants: inAll,
  invariants: added,
  redriven: sum,
  lostBySenders: (counts, parts) => sum(counts) - again(parts, 'lost'),
  // What is wrong with the stacks every part says.
  problems: (problems) => [...new Set(problems.flat())],
};
