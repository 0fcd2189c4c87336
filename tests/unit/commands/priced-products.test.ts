import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sampleCatalogue } from '#rehearsal/input/sample-catalogue.ts';
import { pricedProducts } from '../../../bin/scenarios/priced-products.ts';

const dir = mkdtempSync(join(tmpdir(), 'priced-products-'));
afterAll(() => rmSync(dir, { recursive: true }));

const shops = {
  hearth: { currency: 'EUR', locales: ['en-GB'] },
  northside: { currency: 'USD', locales: ['en-US'] },
};

const fileWith = (...lines: readonly object[]): string => {
  const file = join(dir, 'products.jsonl');
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  return file;
};

test('the sample catalogue is one that scenarios can be run on', async () => {
  const { products, problems } = await pricedProducts('samples/catalogue.jsonl', shops);

  expect(problems).toEqual([]);
  expect(products).toEqual(sampleCatalogue);
});

test('a product without a price, or that is none, is told of with its place', async () => {
  const file = fileWith(
    { shop: 'hearth', sku: 'A', name: 'Pot', price: { amountMinor: 100, currency: 'EUR' } },
    { shop: 'hearth', sku: 'B', name: 'Lid' },
    { shop: 'elsewhere', sku: 'C', name: 'Pan' },
  );

  const { products, problems } = await pricedProducts(file, shops);

  expect(products.map(({ sku }) => sku)).toEqual(['A']);
  expect(problems).toEqual([
    expect.stringContaining('line 3'),
    `${file}: B: got no price, expected one: orders are priced by it`,
  ]);
});

test('a file that cannot be read is told of', async () => {
  const { problems } = await pricedProducts(join(dir, 'none.jsonl'), shops);

  expect(problems).toEqual([expect.stringContaining('none.jsonl')]);
});
