import { describe, expect, test } from 'vitest';
import type { Acceptance, Session, ShownOffer } from '#core/domain/sessions/session.ts';
import { leftWaiting, pageCounts, routeOf } from '#rehearsal/report/page-counts.ts';

const AT = '2026-03-02T10:00:00.000Z';

const offer = (more: Partial<ShownOffer>): ShownOffer => ({
  impressionId: 's-1',
  offerId: 'mug',
  slot: 1,
  type: 'cross-sell',
  context: 'new/none',
  headline: 'A mug',
  action: 'Add it',
  success: 'confirmation',
  valueMinor: 100,
  propensity: 0.5,
  ...more,
});

const product = {
  product: { sku: 'MUG', name: 'Mug', price: { amountMinor: 1290, currency: 'EUR' } },
};

const accepted = (state: Acceptance['state']) =>
  offer({ ...product, viewedAt: AT, acceptance: { state, at: AT, validUntil: AT } });

const session = (more: Partial<Session>): Session => ({
  shop: 'hearth',
  orderId: '1',
  sessionId: 's',
  version: 1,
  locale: 'en-GB',
  currency: 'EUR',
  openedAt: AT,
  endsAt: AT,
  isHeldOut: false,
  offers: [],
  guides: [],
  ...more,
});

describe('what happened on the confirmation pages', () => {
  test('is counted by what became of each offer, what was seen apart from what was placed', () => {
    const counts = pageCounts([
      session({ isHeldOut: true }),
      session({
        offers: [
          offer({ ...product }),
          offer({ viewedAt: AT, dismissedAt: AT }),
          accepted('pending'),
          accepted('confirmed'),
          accepted('confirmed'),
        ],
      }),
      session({
        offers: [
          accepted('refused'),
          accepted('expired'),
          offer({ type: 'loyalty', viewedAt: AT, clickedAt: AT }),
          offer({
            type: 'partner',
            partner: 'homecover',
            viewedAt: AT,
            clickedAt: AT,
            acceptance: { state: 'confirmed', at: AT, validUntil: AT },
          }),
        ],
      }),
    ]);

    expect(counts).toEqual({
      sessions: 3,
      'sessions of customers who are held out: nothing is shown': 1,
      'offers placed': 9,
      'offers seen': 8,
      'offers sent away': 1,
      'links followed': 2,
      'products accepted': 5,
      '… added by the order system': 2,
      '… refused': 1,
      '… not answered in time': 1,
      '… not answered yet': 1,
      'partners’ offers that were bought': 1,
    });
  });

  test('is a problem when an accepted offer is settled by nobody, not even by its time', () => {
    const atMs = Date.parse(AT);
    const waiting = [session({ offers: [accepted('pending'), accepted('expired'), offer({})] })];

    expect(leftWaiting(waiting, atMs + 5 * 60_000)).toEqual([]);
    expect(leftWaiting(waiting, atMs + 5 * 60_000 + 1)).toEqual([
      'order 1: the accepted offer mug was never settled',
    ]);
  });

  test.each([
    ['/sessions', '/sessions'],
    ['/sessions/c0ffee', '/sessions/{id}'],
    ['/sessions/c0ffee/interactions', '/sessions/{id}/interactions'],
    ['/sessions/c0ffee/visits/c0ffee-1', '/sessions/{id}/visits/{id}'],
    ['/survey', '/survey'],
  ])('is asked for by routes: %s', (path, route) => {
    expect(routeOf(path)).toBe(route);
  });
});
