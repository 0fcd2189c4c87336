import { compareText } from '../compare-text.ts';
import type { Instant } from '../orders/order-event.ts';
import type { Channel, Purpose } from '../touches/touch.ts';

/** Channels that are agreed to; the card in a parcel is part of the parcel. */
export const consentChannels = ['email', 'sms', 'push', 'inbox', 'audience'] as const;

export type ConsentChannel = (typeof consentChannels)[number];

/**
 * Why marketing may be sent: the customer said yes (`consent`), or gave the address with an order, was told of
 * its use for the shop's own similar products, and did not object (`soft-opt-in`).
 */
export type ConsentBasis = 'consent' | 'soft-opt-in';

/** One thing that was said about one purpose on one channel. */
export interface ConsentStatement {
  readonly eventId: string;
  readonly purpose: Purpose;
  readonly channel: ConsentChannel;
  readonly state: 'granted' | 'withdrawn';
  readonly basis: ConsentBasis;
  /** Whether the owner of the address has confirmed it (double opt-in). */
  readonly confirmed: boolean;
  readonly at: Instant;
  /** Where the customer said so: `checkout`, `preference-centre`, `one-click`, … */
  readonly source: string;
  /** Who was allowed to write. @default the shop's own legal entity */
  readonly legalEntity?: string | undefined;
  /** Version of the notice that was shown. */
  readonly noticeVersion?: string | undefined;
  /** The customer, as known then, who said so. */
  readonly by: string;
}

/** What stands of one purpose on one channel. */
export type Consent = Pick<
  ConsentStatement,
  'state' | 'basis' | 'confirmed' | 'at' | 'source' | 'legalEntity' | 'noticeVersion'
>;

/** Whose statements are one customer's, and since when that is known. */
export interface Statements {
  readonly consents: readonly ConsentStatement[];
  /** Customers that turned out to be this one, by id: since when that could be known. */
  readonly merged: Readonly<Record<string, Instant>>;
}

/** A history has this many statements at most: those that no longer count go first. */
const MOST_STATEMENTS = 300;

/** Keeps the statement in order of time; one that is known changes nothing. */
export const withStatement = (
  known: readonly ConsentStatement[],
  said: ConsentStatement,
): readonly ConsentStatement[] =>
  known.some((each) => isSame(each, said)) ? known : trimmed([...known, said].toSorted(byTime));

const isSame = (a: ConsentStatement, b: ConsentStatement): boolean => byTime(a, b) === 0;

/** Of one instant the withdrawal is the later, and of two alike the order only has to be the same each time. */
const byTime = (a: ConsentStatement, b: ConsentStatement): number =>
  compareText(a.at, b.at) ||
  compareText(a.state, b.state) ||
  compareText(a.eventId, b.eventId) ||
  compareText(`${a.purpose}/${a.channel}`, `${b.purpose}/${b.channel}`);

const trimmed = (statements: readonly ConsentStatement[]): readonly ConsentStatement[] => {
  if (statements.length <= MOST_STATEMENTS) return statements;
  const current = new Set(currentOf(statements));
  const oldest = statements.findIndex((each) => !current.has(each));
  return statements.filter((_, index) => index !== oldest);
};

/** The last word of each customer on each purpose and channel. */
const currentOf = (statements: readonly ConsentStatement[]): Iterable<ConsentStatement> => {
  const last = new Map<string, ConsentStatement>();
  for (const each of statements) last.set(`${each.by}/${each.purpose}/${each.channel}`, each);
  return last.values();
};

/** What was said last of one purpose on one channel; of customers that were merged the strictest. */
export const consentOf = (
  { consents, merged }: Statements,
  purpose: Purpose,
  channel: Channel,
): Consent | undefined => {
  const isSaid = (each: ConsentStatement): boolean =>
    each.purpose === purpose && each.channel === channel;
  const last = consents.findLast(isSaid);
  if (last === undefined || !consents.some((each) => each.by !== last.by && isSaid(each)))
    return last;
  return strictest(consents.filter(isSaid), last, merged);
};

/**
 * A customer who refused under one name is not written to under another, unless they agreed after it was
 * known that the two are one.
 */
const strictest = (
  said: readonly ConsentStatement[],
  last: ConsentStatement,
  merged: Readonly<Record<string, Instant>>,
): ConsentStatement => {
  const since = new Map(Object.entries(merged));
  const knownAt =
    said
      .map(({ by }) => since.get(by) ?? '')
      .toSorted(compareText)
      .at(-1) ?? '';
  if (last.at > knownAt) return last;
  const perCustomer = new Map(said.map((each) => [each.by, each]));
  const refusal = [...perCustomer.values()].findLast(({ state }) => state === 'withdrawn');
  return refusal ?? last;
};
