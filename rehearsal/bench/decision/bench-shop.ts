import { type IncomingDetail, SCHEMA_VERSION, sourceOf } from '#core/contracts/incoming-events.ts';
import { seededRandom } from '#rehearsal/random.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';

const SHOP = 'hearth';
const CURRENCY = 'EUR';

const categories = ['Coffee beans', 'Filters', 'Care', 'Knives', 'Pans', 'Textiles'];

const skuOf = (at: number): string => `BENCH-${String(at).padStart(5, '0')}`;

const told = (detailType: string, detail: Readonly<Record<string, unknown>>, atMs: number) =>
  ({ atMs, source: sourceOf(SHOP), detailType, detail }) satisfies TimedEvent;

/** So many products and an offer of each, every one of which may be shown to everybody. */
export const benchShop = (offers: number, atMs: number): readonly TimedEvent[] => {
  const random = seededRandom('bench-shop');
  const common = {
    occurredAt: new Date(atMs).toISOString(),
    schemaVersion: SCHEMA_VERSION,
    shop: SHOP,
  } as const;
  return Array.from({ length: offers }, (_, at) => {
    const sku = skuOf(at);
    const item: IncomingDetail<'CatalogItemUpdated'> = {
      ...common,
      eventId: `catalogue/${sku}`,
      item: {
        sku,
        name: `Product ${at}`,
        category: categories[at % categories.length] ?? 'Care',
        price: { amountMinor: 500 + Math.floor(random() * 9500), currency: CURRENCY },
      },
    };
    const offer: IncomingDetail<'OfferUpdated'> = {
      ...common,
      eventId: `offer/${sku}`,
      offer: {
        offerId: `offer-${sku}`,
        type: at % 2 === 0 ? 'upsell' : 'cross-sell',
        product: { kind: 'sku', sku },
        value: { kind: 'margin', shareOfPrice: 0.4 },
        creative: { en: { headline: `Product ${at}`, action: 'Add to my order' } },
      },
    };
    return [told('CatalogItemUpdated', item, atMs), told('OfferUpdated', offer, atMs + 1000)];
  }).flat();
};

/** The orders of which pages are opened: three products that nobody offers. */
export const benchOrder = (at: number, placedMs: number) => ({
  shop: SHOP,
  orderId: `bench-${at}`,
  order: {
    placedAt: new Date(placedMs).toISOString(),
    currency: CURRENCY,
    totalMinor: 8970,
    lines: [1, 2, 3].map((line) => ({ sku: `BOUGHT-${line}`, quantity: 1, category: 'Grinders' })),
    country: 'DE',
    locale: 'en-GB',
    customerId: `bench-customer-${at % 500}`,
  },
});
