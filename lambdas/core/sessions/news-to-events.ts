import { SCHEMA_VERSION, type ToldEvent } from '../contracts/incoming-events.ts';
import type { OutgoingEvent } from '../contracts/outgoing-events.ts';
import type { OfferSeen } from '../domain/offers/session-facts.ts';
import type { News } from '../domain/sessions/news.ts';
import type { Session, ShownOffer } from '../domain/sessions/session.ts';
import type { StoredCount } from '../ports/offer-counts.ts';

/** What the order system is asked for: to add an accepted product to the order, or to make a new one. */
export type AcceptTo = 'order' | 'new-order';

type Of<Kind extends News['kind']> = Extract<News, { kind: Kind }>;

const inSession = (
  { shop, orderId, sessionId }: Pick<Session, 'shop' | 'orderId' | 'sessionId'>,
  eventId: string,
  occurredAt: string,
) => ({ eventId, occurredAt, schemaVersion: SCHEMA_VERSION, shop, orderId, sessionId }) as const;

/** What is taken in like any other event of the shop. The same news has the same id, however often it is told. */
export const toldNews = (
  session: Session,
  news: readonly News[],
  acceptTo: AcceptTo,
): readonly ToldEvent[] =>
  eachOnce(
    news.flatMap((each) => {
      switch (each.kind) {
        case 'shown':
          return [offerShown(session, each)];
        case 'clicked':
          return [{ type: 'OfferClicked' as const, detail: ofImpression(session, each) }];
        case 'dismissed':
          return [{ type: 'OfferDismissed' as const, detail: ofImpression(session, each) }];
        case 'accepted':
          return [offerAccepted(session, each, acceptTo)];
        case 'succeeded':
        case 'settled':
          return [];
      }
    }),
  );

/** What the shop's other systems hear of news. */
export const publishedNews = (session: Session, news: readonly News[]): readonly OutgoingEvent[] =>
  news.flatMap((each) => (each.kind === 'settled' ? [offerSettled(session, each)] : []));

const eachOnce = (events: readonly ToldEvent[]): readonly ToldEvent[] => [
  ...new Map(events.map((event) => [event.detail.eventId, event])).values(),
];

const ofImpression = (
  session: Session,
  { kind, offer: { impressionId, offerId }, at }: Of<'clicked' | 'dismissed'>,
) => ({ ...inSession(session, `${kind}/${impressionId}`, at), impressionId, offerId });

const offerShown = (session: Session, { offer, at }: Of<'shown'>): ToldEvent => {
  const { impressionId, offerId, type, product, partner, slot, context } = offer;
  const { propensity, valueMinor } = offer;
  const { policy, candidates, candidateSet, snapshot, isExploration } = session.decision ?? {};
  return {
    type: 'OfferShown',
    detail: {
      ...inSession(session, `shown/${impressionId}`, at),
      impressionId,
      offerId,
      offerType: type,
      sku: product?.sku,
      partner,
      slot,
      propensity,
      policy,
      context,
      candidates,
      candidateSet,
      snapshot,
      valueMinor,
      isExploration,
    },
  };
};

const offerAccepted = (
  session: Session,
  { offer: { impressionId, offerId, product }, at, validUntil }: Of<'accepted'>,
  to: AcceptTo,
): ToldEvent => ({
  type: 'OfferAccepted',
  detail: {
    // Another try is another question to the order system.
    ...inSession(session, `accepted/${impressionId}/${validUntil}`, at),
    impressionId,
    offerId,
    adds: product && { sku: product.sku, quantity: 1, unitPrice: product.price, to, validUntil },
  },
});

const offerSettled = (
  session: Session,
  { offer: { impressionId, offerId, product }, at, acceptance }: Of<'settled'>,
): OutgoingEvent => {
  const { state: outcome, validUntil, reason } = acceptance;
  return {
    type: 'OfferSettled',
    detail: {
      ...inSession(session, `settled/${impressionId}/${outcome}/${validUntil}`, at),
      impressionId,
      offerId,
      outcome,
      sku: product?.sku,
      reason,
    },
  };
};

/** `2026-11-22T12` */
const HOUR = 13;

const SEEN_AGAIN_MS = 30 * 60_000;

/**
 * That a page was opened; and of one that is opened again more than half an hour later, that too, once an hour. The
 * opening is told each time: nobody knows whether it came through, and told twice it is one.
 */
export const openings = (session: Session, now: string): readonly ToldEvent[] => {
  const { sessionId, openedAt } = session;
  const opened = inSession(session, `session-opened/${sessionId}`, openedAt);
  const isAgain = Date.parse(now) - Date.parse(openedAt) > SEEN_AGAIN_MS;
  const viewed = inSession(session, `session-viewed/${sessionId}/${now.slice(0, HOUR)}`, now);
  return [
    { type: 'SessionOpened', detail: opened },
    ...(isAgain ? [{ type: 'SessionViewed' as const, detail: viewed }] : []),
  ];
};

/** What counters grow by: an offer is shown once it was seen, and counts as accepted once it is a success. */
export const countsOf = ({ shop }: Session, news: readonly News[]): readonly StoredCount[] =>
  news.flatMap(({ kind, offer: { offerId, context } }) => {
    if (kind === 'shown') return [{ shop, offerId, context, shown: 1, accepted: 0 }];
    return kind === 'succeeded' ? [{ shop, offerId, context, shown: 0, accepted: 1 }] : [];
  });

/** What a partner pays, of the budget that they set. */
export interface Spending {
  readonly offerId: string;
  readonly amountMinor: number;
  readonly budgetMinor: number;
}

export const spendingsOf = (news: readonly News[]): readonly Spending[] =>
  news.flatMap(({ kind, offer: { offerId, valueMinor: amountMinor, budgetMinor } }) =>
    kind === 'succeeded' && budgetMinor !== undefined
      ? [{ offerId, amountMinor, budgetMinor }]
      : [],
  );

/** What the customer's next pages go by. A product is taken up when it is accepted, whatever becomes of it. */
export const seenOf = (news: readonly News[]): readonly OfferSeen[] =>
  news.flatMap(({ kind, offer, at }) => {
    const entry = seenAs(kind, offer);
    return entry === undefined ? [] : [{ offerId: offer.offerId, kind: entry, at }];
  });

const seenAs = (kind: News['kind'], offer: ShownOffer): OfferSeen['kind'] | undefined => {
  if (kind === 'shown' || kind === 'dismissed' || kind === 'accepted') return kind;
  return kind === 'succeeded' && offer.product === undefined ? 'accepted' : undefined;
};
