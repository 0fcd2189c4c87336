import type { Money } from '../money.ts';
import type { ProductKind } from '../orders/order-event.ts';
import type { CatalogItem } from './catalog-item.ts';

/**
 * How much help a product needs: `simple` none beyond its care, `considered` a look back after a
 * while, `complex` a guide and a check-in.
 */
export type Complexity = 'simple' | 'considered' | 'complex';

/** What a product is made of, as far as its care and the harm of a wrong word about it go. */
export const careCategories = [
  'textile',
  'leather',
  'wood',
  'metal',
  'glass-and-ceramic',
  'plastic',
  'electrical',
  'food',
  'cosmetic',
  'none',
] as const;

export type CareCategory = (typeof careCategories)[number];

/** What a merchant says of a category or of a single product, and journeys are chosen by. */
export interface ProductFacts {
  readonly kind?: ProductKind | undefined;
  readonly complexity?: Complexity | undefined;
  readonly careCategory?: CareCategory | undefined;
  /** Days that one piece lasts; a product without is not used up. */
  readonly daysOfSupply?: number | undefined;
  /** Days after delivery in which it can be sent back. */
  readonly returnableDays?: number | undefined;
  /** Months of warranty that has to be registered. */
  readonly warrantyMonths?: number | undefined;
  /** Whether its first use is reported as UsageMilestoneReached. */
  readonly reportsUse?: boolean | undefined;
  /** Whether it can be had as a subscription. */
  readonly subscribable?: boolean | undefined;
  /** The product or plan that comes above it. */
  readonly upgradeSku?: string | undefined;
  /** SKUs that go with it, best first. */
  readonly pairsWith?: readonly string[] | undefined;
  /** A page that shows how to use and care for it. */
  readonly guideUrl?: string | undefined;
  /** The product's own page. */
  readonly url?: string | undefined;
}

export type FactName = keyof ProductFacts;

/** A product as journeys and messages see it: what its SKU, or else its category, is said to be. */
export interface Product extends ProductFacts {
  readonly sku: string;
  readonly name: string;
  readonly category?: string | undefined;
  readonly imageUrl?: string | undefined;
  readonly price?: Money | undefined;
}

/** What a shop's configuration says of its products. */
export interface ShopCatalogue {
  /** By category. */
  readonly categories: Readonly<Record<string, ProductFacts>>;
  /** By SKU: above what category and catalogue say. */
  readonly products: Readonly<Record<string, ProductFacts>>;
}

/** What is known of a SKU besides its facts: from the catalogue, or from the order line. */
export type KnownItem = Pick<CatalogItem, 'sku' | 'name'> &
  Partial<
    Pick<CatalogItem, 'category' | 'imageUrl' | 'price' | 'kind' | 'facts' | 'approvedFacts'>
  >;

/** What is known of a line's product: the catalogue's item, and from the line what that leaves out. */
export const knownItem = (line: KnownItem, items: readonly KnownItem[]): KnownItem => {
  const item = items.find(({ sku }) => sku === line.sku);
  if (item === undefined) return line;
  return {
    ...item,
    category: item.category ?? line.category,
    imageUrl: item.imageUrl ?? line.imageUrl,
  };
};

/**
 * The product with each fact from the nearest that states it: the configuration's SKU, the
 * catalogue's item, the configuration's category, what was proposed and approved.
 */
export const productOf = (item: KnownItem, { categories, products }: ShopCatalogue): Product => {
  const ofCategory = ownOf(categories, item.category ?? '');
  const ofSku = ownOf(products, item.sku);
  const ofItem: ProductFacts = { ...stated(item.facts ?? {}), ...stated({ kind: item.kind }) };
  const { sku, name, category, imageUrl, price } = item;
  return {
    ...stated(item.approvedFacts ?? {}),
    ...stated(ofCategory),
    ...ofItem,
    ...stated(ofSku),
    sku,
    name,
    category,
    imageUrl,
    price,
  };
};

/** Without what is `undefined`, which would hide what another states. */
const stated = (facts: ProductFacts): ProductFacts =>
  Object.values(facts).includes(undefined)
    ? Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
    : facts;

/** A name that every object has, such as `constructor`, is a category of none. */
const ownOf = (facts: Readonly<Record<string, ProductFacts>>, name: string): ProductFacts =>
  (Object.hasOwn(facts, name) ? facts[name] : undefined) ?? {};
