import type { AfterglowConfig } from '#core/contracts/config.ts';
import { type KnownItem, productOf } from '#core/domain/catalogue/product.ts';
import { missingFactsOf } from '#core/domain/journeys/classification.ts';

/** Products of one category that lack the same fact. */
export interface MissingFact {
  readonly shop: string;
  readonly category: string;
  readonly fact: string;
  readonly skus: readonly string[];
  /** What journeys do without it. */
  readonly safePath: string;
}

export type ShopItem = KnownItem & { readonly shop: string };

const safePaths: Readonly<Record<string, string>> = {
  category: 'no facts of a category apply, and nothing counts as the first of its category',
  complexity: 'taken for simple: no check-in, the survey after ten days',
  returnableDays: 'no message says until when it can be sent back',
  reportsUse: 'no first use is waited for, and nobody is nudged',
};

/** What nobody has stated of the products of a catalogue, by shop and category. */
export const missingFacts = (
  items: readonly ShopItem[],
  { shops }: AfterglowConfig,
): readonly MissingFact[] => {
  const lacking = items.flatMap((item) => {
    const rules = shops[item.shop];
    if (rules === undefined) return [];
    const product = productOf(item, rules);
    const { shop, sku, category = 'without category' } = item;
    return missingFactsOf(product, product.kind ?? 'physical').map((fact) => ({
      shop,
      category,
      fact,
      sku,
    }));
  });
  const groups = Map.groupBy(lacking, ({ shop, category, fact }) =>
    JSON.stringify([shop, category, fact]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { shop, category, fact } = first;
    const skus = group.map(({ sku }) => sku);
    return [{ shop, category, fact, skus, safePath: safePaths[fact] ?? '' }];
  });
};
