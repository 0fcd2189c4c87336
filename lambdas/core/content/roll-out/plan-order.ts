/** A product with what its place in a roll-out depends on. */
export interface Orderable {
  readonly shop: string;
  readonly sku: string;
  readonly name: string;
  /** Empty without one. */
  readonly category: string;
}

/** What a product earned, minor units of the shop. */
export interface Sale {
  readonly shop: string;
  readonly category: string;
  readonly sku: string;
  readonly revenueMinor: number;
}

/** What products and categories of shops earned. */
export interface Revenue {
  readonly ofSku: (shop: string, sku: string) => number;
  readonly ofCategory: (shop: string, category: string) => number;
}

/** Ids have no control characters. */
const keyOf = (shop: string, of: string): string => `${shop}\u001f${of}`;

/** Adds up sales, in any order. */
export const revenueOf = (sales: Iterable<Sale>): Revenue => {
  const skus = new Map<string, number>();
  const categories = new Map<string, number>();
  for (const { shop, category, sku, revenueMinor } of sales) {
    add(skus, keyOf(shop, sku), revenueMinor);
    add(categories, keyOf(shop, category), revenueMinor);
  }
  return {
    ofSku: (shop, sku) => skus.get(keyOf(shop, sku)) ?? 0,
    ofCategory: (shop, category) => categories.get(keyOf(shop, category)) ?? 0,
  };
};

const add = (sums: Map<string, number>, key: string, more: number): void => {
  sums.set(key, (sums.get(key) ?? 0) + more);
};

/**
 * Products in the order in which they are drafted: the categories of a shop that earn most first, in each the products
 * that earn most, and then by name. What shops earn does not compare: the first category of every shop comes before
 * the second of any. What has no category comes with what earns as much.
 */
export const inPlanOrder = <Product extends Orderable>(
  products: readonly Product[],
  { ofSku, ofCategory }: Revenue,
): readonly Product[] => {
  const ranks = new Map<string, number>();
  for (const [shop, own] of Map.groupBy(products, (each) => each.shop)) {
    const categories = [...new Set(own.map(({ category }) => category))];
    const ranked = categories.toSorted(
      (a, b) => ofCategory(shop, b) - ofCategory(shop, a) || byText(a, b),
    );
    for (const [rank, category] of ranked.entries()) ranks.set(keyOf(shop, category), rank);
  }
  const rankOf = ({ shop, category }: Product) => ranks.get(keyOf(shop, category)) ?? 0;
  return products.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      byText(a.shop, b.shop) ||
      ofSku(b.shop, b.sku) - ofSku(a.shop, a.sku) ||
      byText(a.name, b.name) ||
      byText(a.sku, b.sku),
  );
};

/** Not by a language's alphabet: the same everywhere. */
const byText = (a: string, b: string): number => Number(a > b) - Number(a < b);
