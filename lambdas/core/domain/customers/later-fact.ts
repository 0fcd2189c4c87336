import { compareText } from '../compare-text.ts';
import type { Instant } from '../orders/order-event.ts';

/** Of one instant the later in this order stands: an end above a beginning. */
const ranks: ReadonlyMap<unknown, number> = new Map([
  ['active', 0],
  ['open', 0],
  ['removed', 1],
  ['closed', 1],
  ['cancelled', 1],
]);

interface Fact {
  readonly at: Instant;
  readonly state?: string | undefined;
}

/**
 * Whether of two things that were said of one subject the first stands: it is newer, or of one instant the end, or
 * else the greater by content, so that the choice is the same each time.
 */
export const isLater = <Said extends Fact>(said: Said, known: Said | undefined): boolean =>
  known === undefined ||
  (compareText(said.at, known.at) ||
    (ranks.get(said.state) ?? 0) - (ranks.get(known.state) ?? 0) ||
    compareText(contentOf(said), contentOf(known))) > 0;

/**
 * The same text for the same content, in whatever order its keys were written; without the last brace, so that
 * who says more says the greater.
 */
const contentOf = (fact: object): string =>
  JSON.stringify(fact, (_, value: unknown) =>
    isRecord(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => compareText(a, b)))
      : value,
  ).slice(0, -1);

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
