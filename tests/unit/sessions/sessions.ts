import config from '#config';
import type { ShopConfig } from '#core/contracts/config.ts';
import type { OfferDecision } from '#core/domain/offers/decision.ts';
import type { Session, ShownOffer } from '#core/domain/sessions/session.ts';
import { euros } from '#tests/unit/orders/order-events.ts';

export const SESSION_ID = '0123456789abcdef0123456789abcdef';

/** When the page was opened; a minute a step. */
export const minute = (minutes: number): string =>
  new Date(Date.parse('2026-11-22T12:00:00.000Z') + minutes * 60_000).toISOString();

/** The showing of an offer in a place: a product, unless it is said otherwise. */
export const shown = (slot: number, change: Partial<ShownOffer> = {}): ShownOffer => ({
  impressionId: `${SESSION_ID}-${slot}`,
  offerId: `offer-${slot}`,
  slot,
  type: 'upsell',
  context: 'returning/strong',
  headline: `Offer ${slot}`,
  action: 'Add to my order',
  product: { sku: `SKU-${slot}`, name: `The ${slot}`, price: euros(1290) },
  success: 'confirmation',
  valueMinor: 540,
  propensity: 0.4,
  ...change,
});

/** A partner who pays by the click, of a budget. */
export const byTheClick = (slot: number, change: Partial<ShownOffer> = {}): ShownOffer =>
  shown(slot, {
    type: 'partner',
    partner: 'trailstay',
    product: undefined,
    url: 'https://www.trailstay.example/huts?from=shop',
    success: 'click',
    valueMinor: 30,
    budgetMinor: 100,
    ...change,
  });

/** A partner who pays for who buys. */
export const byThePurchase = (slot: number, change: Partial<ShownOffer> = {}): ShownOffer =>
  byTheClick(slot, { success: 'confirmation', valueMinor: 900, budgetMinor: 1000, ...change });

const decision: OfferDecision = {
  policy: 'thompson-empirical-bayes/1',
  snapshot: '2026-11-22T11:59:50.000Z/returning',
  seed: SESSION_ID,
  isExploration: false,
  explorationShare: 0.05,
  slots: 3,
  candidates: 4,
  candidateSet: '00000000deadbeef',
  floorMinor: 1,
  placed: [],
  next: [],
  refused: {},
  refusedOffers: [],
};

export const sessionOf = (
  offers: readonly ShownOffer[],
  change: Partial<Session> = {},
): Session => ({
  shop: 'hearth',
  orderId: '100482',
  sessionId: SESSION_ID,
  version: 1,
  customerId: 'c-17',
  locale: 'en-GB',
  currency: 'EUR',
  openedAt: minute(0),
  endsAt: minute(24 * 60),
  isHeldOut: false,
  offers,
  decision,
  guides: [],
  ...change,
});

/** The sample shop. */
export const hearth = (change: Partial<ShopConfig> = {}): ShopConfig => {
  const shop = config.shops['hearth'];
  if (shop === undefined) throw new Error('afterglow.config.ts has no shop hearth any more');
  return { ...shop, ...change };
};
