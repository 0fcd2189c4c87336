import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inPlanOrder, revenueOf } from '#core/content/roll-out/plan-order.ts';

const product = (sku: string, category = '', shop = 'hearth') => ({
  shop,
  sku,
  name: `The ${sku}`,
  category,
});
const sale = (sku: string, revenueMinor: number, category = '', shop = 'hearth') => ({
  shop,
  sku,
  category,
  revenueMinor,
});
const skusOf = (products: readonly { readonly sku: string }[]) => products.map(({ sku }) => sku);

describe('a plan', () => {
  test('has the category that earns most first, in it what earns most, then the rest by name', () => {
    const products = ['B2', 'K3', 'K1', 'K2', 'B1'].map((sku) => product(sku, sku.slice(0, 1)));
    const sales = [sale('B1', 900, 'B'), sale('K2', 800, 'K'), sale('K3', 300, 'K')];

    expect(skusOf(inPlanOrder(products, revenueOf(sales)))).toEqual(['K2', 'K3', 'K1', 'B1', 'B2']);
  });

  test('counts with a category what it earned by products that the catalogue has no more', () => {
    const products = [product('A1', 'A'), product('B1', 'B')];
    const sales = [sale('A1', 100, 'A'), sale('GONE', 500, 'B')];

    expect(skusOf(inPlanOrder(products, revenueOf(sales)))).toEqual(['B1', 'A1']);
  });

  test('does not let a shop wait for one of another currency', () => {
    const products = [
      product('A1', 'A'),
      product('B1', 'B'),
      product('Y1', 'Y', 'northside'),
      product('Z1', 'Z', 'northside'),
    ];
    const sales = [
      sale('A1', 90_000, 'A'),
      sale('B1', 80_000, 'B'),
      sale('Z1', 9, 'Z', 'northside'),
      sale('Y1', 5, 'Y', 'northside'),
    ];

    expect(skusOf(inPlanOrder(products, revenueOf(sales)))).toEqual(['A1', 'Z1', 'B1', 'Y1']);
  });
});

const letters = fc.constantFrom('A', 'B', 'C');
const products = fc.uniqueArray(
  fc.record({
    shop: fc.constantFrom('hearth', 'northside'),
    sku: fc.constantFrom('1', '2', '3', '4', '5', '6'),
    category: fc.option(letters, { nil: '' }),
    name: letters,
  }),
  { selector: ({ shop, sku }) => `${shop} ${sku}` },
);
const sales = fc.array(
  fc.record({
    shop: fc.constantFrom('hearth', 'northside'),
    sku: fc.constantFrom('1', '2', '3', '4', '5', '6', '7'),
    category: fc.option(letters, { nil: '' }),
    revenueMinor: fc.nat(50),
  }),
);

describe('the order of a plan', () => {
  test('loses no product and has none twice, and does not hang on how they came', () => {
    fc.assert(
      fc.property(products, sales, (all, sold) => {
        const ordered = inPlanOrder(all, revenueOf(sold));

        expect(new Set(ordered)).toEqual(new Set(all));
        expect(ordered).toHaveLength(all.length);
        expect(inPlanOrder(all.toReversed(), revenueOf(sold.toReversed()))).toEqual(ordered);
      }),
    );
  });

  test('never has a category of a shop after one that earns less, nor a product within it', () => {
    fc.assert(
      fc.property(products, sales, (all, sold) => {
        const revenue = revenueOf(sold);
        const ordered = inPlanOrder(all, revenue);

        for (const [shop, own] of Map.groupBy(ordered, (each) => each.shop)) {
          const ofCategories = own.map(({ category }) => revenue.ofCategory(shop, category));
          expect(ofCategories).toEqual(ofCategories.toSorted((a, b) => b - a));
          for (const within of Map.groupBy(own, ({ category }) => category).values()) {
            const earned = within.map(({ sku }) => revenue.ofSku(shop, sku));
            expect(earned).toEqual(earned.toSorted((a, b) => b - a));
            const unsold = within.filter(({ sku }) => revenue.ofSku(shop, sku) === 0);
            expect(unsold.map(({ name }) => name)).toEqual(
              unsold.map(({ name }) => name).toSorted(),
            );
          }
        }
      }),
    );
  });

  test('has the products of a category side by side', () => {
    fc.assert(
      fc.property(products, sales, (all, sold) => {
        const keys = inPlanOrder(all, revenueOf(sold)).map(
          (each) => `${each.shop} ${each.category}`,
        );

        const runs = keys.filter((key, index) => key !== keys[index - 1]);
        expect(new Set(runs).size).toBe(runs.length);
      }),
    );
  });
});
