import { compareText } from '../compare-text.ts';
import type { Instant } from '../orders/order-event.ts';
import type { Channel, Purpose } from '../touches/touch.ts';
import {
  type Contact,
  type ContactHistory,
  type HeldTouch,
  isSameTouch,
} from './contact-history.ts';
import { type Cap, type ContactPolicy, covers } from './policy.ts';

/** A touch that asks for its place. */
export interface Asking {
  readonly orderId: string;
  readonly touchId: string;
  readonly touch: string;
  readonly purpose: Purpose;
  /** Since when it waits; for one that is new, now. */
  readonly since: Instant;
}

/** What one cap leaves. */
export interface CapVerdict {
  readonly cap: Cap;
  /** Contacts that count within its hours. */
  readonly used: number;
  /** When there is a place; absent when there is one now. */
  readonly freeAt?: Instant | undefined;
  /** Whether the places left are for more important touches that wait. */
  readonly givesWay: boolean;
}

type Known = Pick<ContactHistory, 'contacts' | 'held'>;

const HOUR_MS = 3_600_000;

const instantOf = (ms: number): Instant => new Date(ms).toISOString();

/** What each cap that limits the touch on any of its channels leaves for it. */
export const judgeCaps = (
  policy: Pick<ContactPolicy, 'caps' | 'priority'>,
  asking: Asking,
  known: Known,
  now: Instant,
): readonly CapVerdict[] => {
  const caps = policy.caps.filter(
    ({ limits, except }) =>
      (limits.purposes?.includes(asking.purpose) ?? true) &&
      except?.includes(asking.touch) !== true,
  );
  if (caps.length === 0) return [];
  const nowMs = Date.parse(now);
  const before = dueBefore(policy, asking, known.held, now, nowMs);
  return caps.map((cap) => judge(cap, asking, { contacts: known.contacts, before }, now, nowMs));
};

/** A touch that was not decided within the hour of its time is not: nobody gives way to it for ever. */
const HOURS_TO_DECIDE = 1;

/** What is decided at the same time and comes first: what is due, and what was and gave way itself. */
const dueBefore = (
  policy: Pick<ContactPolicy, 'priority'>,
  asking: Asking,
  held: readonly HeldTouch[],
  now: Instant,
  nowMs: number,
): readonly HeldTouch[] => {
  const waiting = held.filter(
    (each) => (each.until <= now || each.gaveWayAt !== undefined) && !isSameTouch(each, asking),
  );
  if (waiting.length === 0) return waiting;
  const since = instantOf(nowMs - HOURS_TO_DECIDE * HOUR_MS);
  return waiting.filter(
    (each) =>
      ((each.until <= now && each.until > since) || (each.gaveWayAt ?? '') > since) &&
      compareRank(policy, each, asking) < 0,
  );
};

interface Others {
  readonly contacts: readonly Contact[];
  readonly before: readonly HeldTouch[];
}

const judge = (
  cap: Cap,
  asking: Asking,
  { contacts, before }: Others,
  now: Instant,
  nowMs: number,
): CapVerdict => {
  const { counts, max, hours } = cap;
  const first = before.filter((each) => isLimited(cap, each)).length;
  if (contacts.length + first === 0) return { cap, used: 0, freeAt: undefined, givesWay: false };
  const since = instantOf(nowMs - hours * HOUR_MS);
  const counted = contacts.filter(
    (each) => each.at > since && covers(counts, each) && !isSameTouch(each, asking),
  );
  const used = counted.length;
  if (used + first < max) return { cap, used, freeAt: undefined, givesWay: false };
  // As if those that come first had gone now.
  const times = [...counted.map(({ at }) => at), ...Array<Instant>(first).fill(now)];
  const leaving = times.toSorted(compareText)[times.length - max] ?? now;
  const freeAt = instantOf(Date.parse(leaving) + hours * HOUR_MS);
  return { cap, used, freeAt, givesWay: used < max };
};

/** A held touch may go by any channel yet: it is in the way where its purpose is. */
const isLimited = ({ limits, counts }: Cap, { purpose }: HeldTouch): boolean =>
  [limits, counts].every(({ purposes }) => purposes?.includes(purpose) ?? true);

const byPurpose: Readonly<Record<Purpose, number>> = { transactional: 0, service: 1, marketing: 2 };

const importanceOf = (
  { priority }: Pick<ContactPolicy, 'priority'>,
  { touch, purpose }: Pick<Asking, 'touch' | 'purpose'>,
): number => {
  const place = priority.indexOf(touch);
  return place === -1 ? priority.length + byPurpose[purpose] : place;
};

/** Negative when `a` comes before `b`; of equals the one that waits longer, then by name: always the same one. */
export const compareRank = (
  policy: Pick<ContactPolicy, 'priority'>,
  a: Asking,
  b: Asking,
): number =>
  importanceOf(policy, a) - importanceOf(policy, b) ||
  compareText(a.since, b.since) ||
  compareText(a.orderId, b.orderId) ||
  compareText(a.touchId, b.touchId);

/** Whether any cap counts the touch on this channel: only then its place has to be kept. */
export const isCounted = (
  { caps }: Pick<ContactPolicy, 'caps'>,
  message: { readonly purpose: Purpose; readonly channel: Channel },
): boolean => caps.some(({ counts }) => covers(counts, message));

/** Whether any cap could count or limit a touch of this purpose: only then its history has to be read. */
export const isCapped = ({ caps }: Pick<ContactPolicy, 'caps'>, purpose: Purpose): boolean =>
  caps.some(({ counts, limits }) =>
    [counts, limits].some(({ purposes }) => purposes?.includes(purpose) ?? true),
  );

/** Contacts before this are over for every cap. */
export const oldestCounted = ({ caps }: Pick<ContactPolicy, 'caps'>, now: Instant): Instant =>
  instantOf(Date.parse(now) - Math.max(0, ...caps.map(({ hours }) => hours)) * HOUR_MS);
