import type { ProductOnOffer } from '#core/domain/offers/decision.ts';
import type { Offer } from '#core/domain/offers/offer.ts';
import type { OfferRules, SessionFacts } from '#core/domain/offers/session-facts.ts';

export const NOW = '2026-11-22T12:00:00.000Z';

const DAY_MS = 86_400_000;

/** So many days before NOW. */
export const daysAgo = (days: number): string =>
  new Date(Date.parse(NOW) - days * DAY_MS).toISOString();

/** An upsell of the tray, which may be shown to anyone. */
export const offer = (offerId: string, change: Partial<Offer> = {}): Offer => ({
  shop: 'hearth',
  offerId,
  type: 'upsell',
  product: { kind: 'sku', sku: 'TRAY' },
  creative: { en: { headline: 'A tray', action: 'Add it' } },
  value: { kind: 'margin', amountMinor: 400 },
  conditions: {},
  isActive: true,
  updatedAt: daysAgo(100),
  ...change,
});

/** A partner's offer: it has no product, and pays by the customer. */
export const partnerOffer = (offerId: string, change: Partial<Offer> = {}): Offer =>
  offer(offerId, {
    type: 'partner',
    product: undefined,
    partner: offerId,
    url: 'https://partner.example/',
    value: { kind: 'cpa', amountMinor: 500 },
    ...change,
  });

export const product = (sku: string, change: Partial<ProductOnOffer> = {}): ProductOnOffer => ({
  sku,
  name: sku,
  category: 'kitchen',
  price: { amountMinor: 2_000, currency: 'EUR' },
  ...change,
});

export const products = (...all: readonly ProductOnOffer[]): ReadonlyMap<string, ProductOnOffer> =>
  new Map(all.map((each) => [each.sku, each]));

/** Two mugs for 39.80 EUR, to Austria, by a customer who comes back. */
export const session = (
  offers: readonly Offer[],
  change: Partial<Omit<SessionFacts, 'customer' | 'order'>> & {
    readonly customer?: Partial<SessionFacts['customer']>;
    readonly order?: Partial<SessionFacts['order']>;
  } = {},
): SessionFacts => ({
  shop: 'hearth',
  sessionId: 'session-1',
  now: NOW,
  currency: 'EUR',
  locales: ['de-AT', 'en'],
  pages: ['review', 'referral', 'loyalty'],
  offers,
  products: products(product('TRAY'), product('MUG'), product('CAKE', { category: 'bakery' })),
  related: [],
  spentMinor: new Map(),
  posterior: { snapshot: 'snapshot-1', counts: new Map(), priors: undefined },
  ...change,
  order: {
    lines: [{ sku: 'MUG', category: 'kitchen' }],
    totalMinor: 3_980,
    country: 'AT',
    isGift: false,
    ...change.order,
  },
  customer: {
    hasAccount: true,
    isReturning: true,
    isMember: false,
    bought: new Set<string>(),
    subscribedTo: new Set<string>(),
    hasReturnOpen: false,
    seen: [],
    ...change.customer,
  },
});

/** Room for all, and no exploring. */
export const rules: OfferRules = {
  slots: 3,
  floorMinor: 0,
  minMarginMinor: 0,
  explorationShare: 0,
  mostOfType: 9,
  mostOfPartner: 9,
  mostOfCategory: 9,
  dismissedDays: 30,
};
