import type { Instant } from '../orders/order-event.ts';
import type { Change, News } from './news.ts';
import type { Acceptance, Session, ShownOffer } from './session.ts';

/** What a system that knows says of an offer that was taken up: the order system, or a partner. */
export interface Settlement {
  readonly offerId: string;
  readonly outcome: 'confirmed' | 'refused';
  readonly at: Instant;
  readonly reason?: string | undefined;
}

/**
 * The session after the order system's, or a partner's, word on one of its offers. It holds whenever it comes: also
 * after the page's end, and after its time ran out. What was confirmed stays so, whatever is said later.
 *
 * A confirmation needs no accept before it: a partner's offer has none, and an order system that has the line knows.
 * A refusal does: there is nothing else to refuse.
 */
export const settled = (session: Session, settlement: Settlement): Change<Session> => {
  const offer = session.offers.find(({ offerId }) => offerId === settlement.offerId);
  if (offer === undefined) return unchanged(session);
  return settlement.outcome === 'confirmed'
    ? confirmed(session, offer, settlement)
    : refused(session, offer, settlement);
};

/** The session after the time of an accepted offer ran out; the same where it was answered, or has time left. */
export const expired = (session: Session, impressionId: string, now: Instant): Change<Session> => {
  const offer = session.offers.find((each) => each.impressionId === impressionId);
  const acceptance = offer?.acceptance;
  if (offer === undefined || acceptance === undefined) return unchanged(session);
  const { state, validUntil } = acceptance;
  if (state === 'expired') return unchanged(session, [settledNews(offer, acceptance)]);
  if (state !== 'pending' || now < validUntil) return unchanged(session);
  const next = { ...offer, acceptance: { state: 'expired' as const, at: validUntil, validUntil } };
  return changed(session, next, [settledNews(next, next.acceptance)]);
};

const confirmed = (session: Session, offer: ShownOffer, { at }: Settlement): Change<Session> => {
  if (offer.acceptance?.state === 'confirmed')
    return unchanged(session, [settledNews(offer, offer.acceptance)]);
  const acceptance = {
    state: 'confirmed' as const,
    at,
    validUntil: offer.acceptance?.validUntil ?? at,
  };
  const isFirstSeen = offer.viewedAt === undefined;
  const isSuccess = offer.success === 'confirmation' && offer.succeededAt === undefined;
  const next: ShownOffer = {
    ...offer,
    acceptance,
    // Nobody takes up what they have not seen: the page could not tell of it.
    viewedAt: offer.viewedAt ?? at,
    dismissedAt: undefined,
    ...(isSuccess ? { succeededAt: at } : {}),
  };
  return changed(session, next, [
    ...(isFirstSeen ? [{ kind: 'shown' as const, offer: next, at }] : []),
    settledNews(next, acceptance),
    ...(isSuccess ? [{ kind: 'succeeded' as const, offer: next, at }] : []),
  ]);
};

const refused = (
  session: Session,
  offer: ShownOffer,
  { at, reason }: Settlement,
): Change<Session> => {
  const { acceptance } = offer;
  if (acceptance === undefined || acceptance.state === 'confirmed') return unchanged(session);
  if (isOfEarlierTry(acceptance, at)) return unchanged(session);
  if (acceptance.state === 'refused') return unchanged(session, [settledNews(offer, acceptance)]);
  const { validUntil } = acceptance;
  const next = { ...offer, acceptance: { state: 'refused' as const, at, validUntil, reason } };
  return changed(session, next, [settledNews(next, next.acceptance)]);
};

/** A refusal names no try: one from before the second comes late, or again, and is about the first. */
const isOfEarlierTry = ({ state, at, earlierUntil }: Acceptance, refusedAt: Instant): boolean =>
  state === 'pending' && earlierUntil !== undefined && refusedAt < at;

const settledNews = (offer: ShownOffer, acceptance: Acceptance): News => {
  const { state } = acceptance;
  if (state === 'pending') throw new RangeError(`offer ${offer.offerId}: it is not settled yet`);
  return { kind: 'settled', offer, at: acceptance.at, acceptance: { ...acceptance, state } };
};

const unchanged = (session: Session, again: readonly News[] = []): Change<Session> => ({
  session,
  news: [],
  again,
});

const changed = (session: Session, next: ShownOffer, news: readonly News[]): Change<Session> => ({
  session: {
    ...session,
    offers: session.offers.map((each) => (each.impressionId === next.impressionId ? next : each)),
  },
  news,
  again: [],
});
