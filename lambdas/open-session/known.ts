import type { ShopConfig } from '#core/contracts/config.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { productOf } from '#core/domain/catalogue/product.ts';
import type { ProductOnOffer } from '#core/domain/offers/decision.ts';
import type { Offer } from '#core/domain/offers/offer.ts';
import { remembered, rememberedItems } from '#core/sessions/remembered.ts';
import type { OpenSessionDeps } from './open-session-deps.ts';

/** What is offered changes when a merchant says so. */
const OFFERS_MS = 60_000;

/** What is known of offers changes with each page: older counters cost regret. */
const COUNTS_MS = 15_000;

/** What products are called and cost. */
const ITEMS_MS = 5 * 60_000;

/** At 2 KB each, 10 MB. */
const MOST_ITEMS = 5_000;

/** Shops of a deployment, and the tenures of each. */
const MOST_GROUPS = 200;

/** What a shop may offer, with the products that its offers name. */
export interface Range {
  readonly offers: readonly Offer[];
  readonly products: ReadonlyMap<string, ProductOnOffer>;
}

/** What sessions have in common, read once by each instance of the function and again when it is too old. */
export const knownOf = ({ shops, offers, counts, catalogue, now }: OpenSessionDeps) => {
  const configs = new Map(Object.entries(shops));
  const nowMs = (): number => now().getTime();
  const groups = { most: MOST_GROUPS, nowMs };
  return {
    rangeOf: remembered(
      async (shop: string): Promise<Range> => {
        const all = await offers.of(shop);
        const items = await catalogue.find(shop, skusOf(all));
        return { offers: all, products: productsOnOffer(configs.get(shop), items) };
      },
      { ...groups, forMs: OFFERS_MS },
    ),
    /** Of products that were bought, or go with them. */
    items: rememberedItems(catalogue.find, { most: MOST_ITEMS, nowMs, forMs: ITEMS_MS }),
    countsOf: remembered(
      async (shop: string, tenure: 'new' | 'returning') => ({
        readAt: now().toISOString(),
        counts: await counts.of(shop, tenure),
      }),
      { ...groups, forMs: COUNTS_MS },
    ),
    spentOf: remembered((shop: string) => counts.spentOf(shop), { ...groups, forMs: COUNTS_MS }),
    priorsOf: remembered((shop: string) => counts.priorsOf(shop), { ...groups, forMs: COUNTS_MS }),
  };
};

export type Known = ReturnType<typeof knownOf>;

const skusOf = (offers: readonly Offer[]): readonly string[] => [
  ...new Set(offers.flatMap(({ product }) => (product?.kind === 'sku' ? product.sku : []))),
];

/** By SKU, what an offer can be of: what has a price. */
export const productsOnOffer = (
  shop: Pick<ShopConfig, 'categories' | 'products'> = { categories: {}, products: {} },
  items: readonly CatalogItem[],
): ReadonlyMap<string, ProductOnOffer> =>
  new Map(
    items.flatMap((item) => {
      const { sku, name, category, imageUrl, url, price } = productOf(item, shop);
      return price === undefined ? [] : [[sku, { sku, name, category, imageUrl, url, price }]];
    }),
  );
