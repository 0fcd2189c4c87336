import type { Instant, OrderAmended, OrderPlaced, PlacedLine } from '../orders/order-event.ts';
import {
  CLOCKS_DIFFER_HOURS,
  codeOf,
  HOURS_PER_DAY,
  isWithin,
  latest,
  type Lead,
  MS_PER_HOUR,
  namedClicks,
  ownClicks,
  redeemedCode,
  sourceOf,
} from './attribution-leads.ts';
import type { CreditShare, LineCredit } from './credit.ts';
import type { Evidence } from './evidence.ts';
import type { LedgerRules } from './ledger-rules.ts';

/** A stored order has its credits with it: with more of them a long one would not fit into its item. */
const MOST_SHARES = 5;

export type SellingEvent = OrderPlaced | OrderAmended;

/** What brought an event's lines: `ofOrder` those that `ofLine` has nothing of, by line id. */
export interface Attributed {
  /** Absent of an amendment: a line added later follows from nothing but the session it was taken up in. */
  readonly ofOrder?: LineCredit | undefined;
  readonly ofLine: ReadonlyMap<string, LineCredit>;
}

/** Ids of evidence that an event names, to be looked up. */
export interface NamedEvidence {
  readonly clicks: readonly string[];
  /** In capitals: how a customer typed a code makes no difference. */
  readonly codes: readonly string[];
  readonly sessions: readonly string[];
}

export const namedEvidence = (event: SellingEvent): NamedEvidence => {
  const { clickIds = [], codes = [] } =
    event.type === 'OrderPlaced' ? (event.attribution ?? {}) : {};
  return {
    clicks: unique(clickIds),
    codes: unique(codes.map(codeOf)),
    sessions: unique(linesOf(event).flatMap(({ origin }) => origin?.sessionId ?? [])),
  };
};

/** From when a customer's clicks may have led to an order of this time. */
export const clicksSince = (
  at: Instant,
  { attribution }: Pick<LedgerRules, 'attribution'>,
): Instant =>
  new Date(Date.parse(at) - attribution.clickDays * HOURS_PER_DAY * MS_PER_HOUR).toISOString();

/**
 * What brought an order's lines, by the first that holds: the session of a confirmation page in which
 * the line was taken up; a click that the order came by; a code that was redeemed; a click of the
 * customer's before it. What an order's own messages led to is no reason for it.
 *
 * @param evidence what is known of what the event names, and of its customer, in any order
 */
export const attributionOf = (
  event: SellingEvent,
  evidence: readonly Evidence[],
  rules: LedgerRules,
): Attributed => {
  const ofOrder = event.type === 'OrderPlaced' ? orderCredit(event, evidence, rules) : undefined;
  const ofLine = linesOf(event).flatMap((line) => {
    const credit = lineCredit(event, line, evidence, { rules, ofOrder });
    return credit === undefined ? [] : [[line.lineId, credit] as const];
  });
  return { ofOrder, ofLine: new Map(ofLine) };
};

/** The event with its credits, as it is stored: what brought a line is frozen with it. */
export const withAttribution = <Event extends SellingEvent>(
  event: Event,
  { ofOrder, ofLine }: Attributed,
): Event => {
  const credited = (line: PlacedLine): PlacedLine => {
    const credit = ofLine.get(line.lineId);
    return credit === undefined ? line : { ...line, credit };
  };
  if (event.type === 'OrderPlaced')
    return { ...event, credit: ofOrder, lines: event.lines.map(credited) };
  return event.addedLines === undefined
    ? event
    : { ...event, addedLines: event.addedLines.map(credited) };
};

const linesOf = (event: SellingEvent): readonly PlacedLine[] =>
  event.type === 'OrderPlaced' ? event.lines : (event.addedLines ?? []);

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)];

/** Of a line that was taken up in a session; undefined of one that was not. */
const lineCredit = (
  { shop, orderId, occurredAt }: SellingEvent,
  { origin }: PlacedLine,
  evidence: readonly Evidence[],
  { rules, ofOrder }: { readonly rules: LedgerRules; readonly ofOrder: LineCredit | undefined },
): LineCredit | undefined => {
  if (origin === undefined) return undefined;
  const { sessionId, offerId } = origin;
  const hours = rules.attribution.sessionHours;
  const known = evidence.filter(
    ({ kind, id, shop: of }) => kind === 'session' && id === sessionId && of === shop,
  );
  const inTime = known.filter(({ at }) => isWithin(at, occurredAt, hours, CLOCKS_DIFFER_HOURS));
  const session = latest(inTime).at(0);
  if (session === undefined) {
    const why = known.length === 0 ? 'is not known' : `was not within ${hours} hours before`;
    const otherwise = ofOrder ?? {
      class: 'primary',
      shares: [],
      because: 'nothing else led to it',
    };
    return { ...otherwise, because: `the session it names ${why}; ${otherwise.because}` };
  }
  const isOwn = session.orderId === orderId;
  return {
    class: 'confirmation_upsell',
    ...(isOwn ? {} : { originOrderId: session.orderId }),
    shares: [{ ...sourceOf(session), offerId: offerId ?? session.offerId, parts: 1 }],
    because: isOwn
      ? 'taken up on the confirmation page of this order'
      : `taken up on the confirmation page of order ${session.orderId}`,
  };
};

const orderCredit = (
  event: OrderPlaced,
  evidence: readonly Evidence[],
  rules: LedgerRules,
): LineCredit => {
  const { clicks, codes } = namedEvidence(event);
  const usable = evidence.filter(
    ({ shop, orderId }) => shop === event.shop && orderId !== event.orderId,
  );
  const named = namedClicks(event, usable, { clicks, rules });
  const redeemed = codes.flatMap((code) => redeemedCode(event, usable, { code, rules }));
  const own = ownClicks(event, usable, { clicks, rules });
  const tiers = [named, redeemed, own].filter(({ length }) => length > 0);
  const unknown = unknownOf({ clicks, codes, named, redeemed });
  const leads = rules.attribution.model === 'linear' ? tiers.flat() : (tiers[0] ?? []).slice(0, 1);
  const [last, ...others] = differing(leads);
  if (last === undefined)
    return { class: 'primary', shares: [], because: `${unknown}nothing of ours led to it` };
  const originOrderId = [last, ...others].find(({ source }) => source.orderId !== undefined)?.source
    .orderId;
  return {
    class: 'followup_crosssell',
    ...(originOrderId === undefined ? {} : { originOrderId }),
    shares: [last, ...others].map(({ source }): CreditShare => ({ ...source, parts: 1 })),
    because:
      unknown +
      (others.length === 0
        ? last.because
        : `${others.length + 1} of ours led to it, the last: ${last.because}`),
  };
};

/** One source is one, however often it was used. */
const differing = (leads: readonly Lead[]): readonly Lead[] => {
  const bySource = new Map<string, Lead>();
  for (const lead of leads) {
    const { kind, id, orderId = '', touch = '' } = lead.source;
    const key = JSON.stringify([kind, id, orderId, touch]);
    if (!bySource.has(key)) bySource.set(key, lead);
  }
  return [...bySource.values()].slice(0, MOST_SHARES);
};

/** What the order names and nothing is known of, or too long ago: it is said, and passed over. */
const unknownOf = ({
  clicks,
  codes,
  named,
  redeemed,
}: Pick<NamedEvidence, 'clicks' | 'codes'> & {
  readonly named: readonly Lead[];
  readonly redeemed: readonly Lead[];
}): string => {
  const said = [
    ...(clicks.length > 0 && named.length === 0 ? ['no click it names is known or in time'] : []),
    ...(codes.length > 0 && redeemed.length === 0 ? ['no code it names is ours or in time'] : []),
  ];
  return said.map((each) => `${each}; `).join('');
};
