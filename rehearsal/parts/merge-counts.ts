import type { UsageCounts } from '../cost/counts.ts';

type Counts = UsageCounts['requests'];

/**
 * What parts used together. They share no order; what each does for itself, such as drafting texts of the catalogue, was
 * used as often as it says.
 *
 * @param of what was run, in words
 */
export const mergeCounts = (
  parts: readonly [UsageCounts, ...UsageCounts[]],
  of: string,
): UsageCounts => ({
  format: 1,
  of,
  orders: parts.reduce((total, { orders }) => total + orders, 0),
  uses: mergeUses(parts.flatMap(({ uses }) => uses)),
  executions: mergedBy(
    parts.map(({ executions }) => executions),
    (a, b) => ({
      count: a.count + b.count,
      transitions: a.transitions + b.transitions,
      seconds: a.seconds + b.seconds,
      events: Math.max(a.events, b.events),
    }),
  ),
  functions: mergedBy(
    parts.map(({ functions }) => functions),
    (a, b) => ({ invocations: a.invocations + b.invocations, ms: a.ms + b.ms }),
  ),
  requests: mergedBy(
    parts.map(({ requests }) => requests),
    plus,
  ),
  tallies: mergeTallies(parts.map(({ tallies }) => tallies)),
  hours: mergedBy(
    parts.map(({ hours }) => hours),
    (a, b) => a.map((each, hour) => each + (b[hour] ?? 0)),
  ),
  messages: mergedBy(
    parts.map(({ messages }) => messages),
    (a, b) => mergedBy([a, b], plus),
  ),
  // They are of the one set of stacks.
  resources: parts[0].resources,
});

const plus = (a: number, b: number): number => a + b;

const mergedBy = <Value>(
  parts: readonly Readonly<Record<string, Value>>[],
  merge: (a: Value, b: Value) => Value,
): Record<string, Value> => {
  const found = new Map<string, Value>();
  for (const [key, value] of parts.flatMap((part) => Object.entries(part))) {
    const known = found.get(key);
    found.set(key, known === undefined ? value : merge(known, value));
  }
  return Object.fromEntries(found);
};

type Use = UsageCounts['uses'][number];

const mergeUses = (uses: readonly Use[]): Use[] => {
  const found = new Map<string, Use>();
  for (const use of uses) {
    const key = JSON.stringify([use.actor, use.stage, use.touch]);
    const known = found.get(key);
    found.set(
      key,
      known === undefined ? use : { ...known, units: mergedBy([known.units, use.units], plus) },
    );
  }
  return [...found.values()];
};

/** Keys that are written most are of an order or a customer, so of one part. */
const mergeTallies = (tallies: readonly Counts[]): Counts => ({
  ...mergedBy(tallies, plus),
  hottestKeyWrites: Math.max(0, ...tallies.map(({ hottestKeyWrites = 0 }) => hottestKeyWrites)),
});
