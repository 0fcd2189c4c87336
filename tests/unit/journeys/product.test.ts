import { describe, expect, test } from 'vitest';
import { type KnownItem, type ProductFacts, productOf } from '#core/domain/catalogue/product.ts';

const item: KnownItem = { sku: 'MILL', name: 'Hand grain mill', category: 'Mills' };

describe('a fact of a product', () => {
  const [far, middle, near]: readonly ProductFacts[] = [
    { returnableDays: 14 },
    { returnableDays: 30 },
    { returnableDays: 60 },
  ];

  test('is that of the category, when nobody says more', () => {
    const product = productOf(item, { categories: { Mills: far ?? {} }, products: {} });

    expect(product).toMatchObject({ sku: 'MILL', category: 'Mills', returnableDays: 14 });
  });

  test('is that of the catalogue’s item above that of the category', () => {
    const known = { ...item, facts: middle };

    const product = productOf(known, { categories: { Mills: far ?? {} }, products: {} });

    expect(product.returnableDays).toBe(30);
  });

  test('is that of the configured SKU above all', () => {
    const known = { ...item, facts: middle };

    const product = productOf(known, {
      categories: { Mills: far ?? {} },
      products: { MILL: near ?? {} },
    });

    expect(product.returnableDays).toBe(60);
  });

  test('is not hidden by a nearer one that leaves it out', () => {
    const known = { ...item, facts: { complexity: undefined } };

    const product = productOf(known, {
      categories: { Mills: { complexity: 'complex', daysOfSupply: 90 } },
      products: { MILL: { daysOfSupply: undefined, reportsUse: true } },
    });

    expect(product).toMatchObject({ complexity: 'complex', daysOfSupply: 90, reportsUse: true });
  });

  test('may be a no or a nothing', () => {
    const known = { ...item, facts: { reportsUse: true, returnableDays: 30 } };

    const product = productOf(known, {
      categories: {},
      products: { MILL: { reportsUse: false, returnableDays: 0 } },
    });

    expect(product).toMatchObject({ reportsUse: false, returnableDays: 0 });
  });

  test('is nobody’s by the name of what every object has', () => {
    const odd = { sku: 'constructor', name: 'Odd', category: 'toString' };

    expect(productOf(odd, { categories: {}, products: {} })).toEqual({
      ...odd,
      imageUrl: undefined,
      price: undefined,
    });
  });
});

test('a product’s kind is the item’s, above that of its category', () => {
  const categories = { Mills: { kind: 'service' } } as const;

  expect(productOf(item, { categories, products: {} }).kind).toBe('service');
  expect(productOf({ ...item, kind: 'digital' }, { categories, products: {} }).kind).toBe(
    'digital',
  );
});

describe('a fact that was proposed and approved', () => {
  const item = {
    sku: 'X-1',
    name: 'X',
    category: 'Pans',
    approvedFacts: { complexity: 'complex' },
  } as const;
  const none = { categories: {}, products: {} };

  test('counts where nobody states it', () => {
    expect(productOf(item, none).complexity).toBe('complex');
  });

  test('gives way to the category, the catalogue’s item and the configured SKU', () => {
    const categories = { Pans: { complexity: 'simple' } } as const;
    const products = { 'X-1': { complexity: 'considered' } } as const;
    const said = { ...item, facts: { complexity: 'considered' } } as const;

    expect(productOf(item, { ...none, categories }).complexity).toBe('simple');
    expect(productOf(said, none).complexity).toBe('considered');
    expect(productOf(item, { ...none, products }).complexity).toBe('considered');
  });
});
