import type { Session, ShownOffer } from '#core/domain/sessions/session.ts';

/** What happened on the confirmation pages, as their sessions tell it, in the order of a customer's way through one. */
export const pageCounts = (sessions: readonly Session[]): Readonly<Record<string, number>> => {
  const offers = sessions.flatMap((session) => session.offers);
  const products = offers.filter(({ product }) => product !== undefined);
  const count = (of: readonly ShownOffer[], holds: (offer: ShownOffer) => boolean): number =>
    of.filter(holds).length;
  const settled = (state: NonNullable<ShownOffer['acceptance']>['state']): number =>
    count(products, ({ acceptance }) => acceptance?.state === state);
  return {
    sessions: sessions.length,
    'sessions of customers who are held out: nothing is shown': sessions.filter(
      ({ isHeldOut }) => isHeldOut,
    ).length,
    'offers placed': offers.length,
    'offers seen': count(offers, ({ viewedAt }) => viewedAt !== undefined),
    'offers sent away': count(offers, ({ dismissedAt }) => dismissedAt !== undefined),
    'links followed': count(offers, ({ clickedAt }) => clickedAt !== undefined),
    'products accepted': count(products, ({ acceptance }) => acceptance !== undefined),
    '… added by the order system': settled('confirmed'),
    '… refused': settled('refused'),
    '… not answered in time': settled('expired'),
    '… not answered yet': settled('pending'),
    'partners’ offers that were bought': count(
      offers,
      ({ partner, acceptance }) => partner !== undefined && acceptance?.state === 'confirmed',
    ),
  };
};

/** The schedule that ends the wait comes a little after its time, and may come twice. */
const GRACE_MS = 5 * 60_000;

/** Accepted offers whose customer still waits although the time for an answer is over. */
export const leftWaiting = (sessions: readonly Session[], nowMs: number): readonly string[] =>
  sessions.flatMap(({ orderId, offers }) =>
    offers
      .filter(
        ({ acceptance }) =>
          acceptance?.state === 'pending' && Date.parse(acceptance.validUntil) + GRACE_MS < nowMs,
      )
      .map(({ offerId }) => `order ${orderId}: the accepted offer ${offerId} was never settled`),
  );

/** The route of a path: sessions and impressions have ids of their own. */
export const routeOf = (path: string): string =>
  path.replace(/^\/sessions\/[^/]+/, '/sessions/{id}').replace(/\/visits\/[^/]+$/, '/visits/{id}');
