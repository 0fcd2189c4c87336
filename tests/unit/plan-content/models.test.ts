import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentModel, contentModels } from '#analytics/models.ts';
import type { LakeDatabase } from '#rehearsal/lake/duckdb.ts';
import { openLake } from '#rehearsal/lake/open-lake.ts';
import { happened, line } from '#tests/unit/analytics/facts.ts';
import { trinoGrammar, type TrinoErrors } from '#tests/unit/analytics/trino.ts';

const NOW = Date.parse('2026-04-01T02:00:00Z');

const order_lines = [
  line('a', '2026-03-20T10:00:00Z', { category: 'Kitchen', total_minor: 3_000, quantity: 3 }),
  line('a', '2026-03-20T10:00:00Z', { line_id: '2', sku: 'TEA', total_minor: 500 }),
  line('b', '2026-03-25T10:00:00Z', { sku: 'TEA', category: 'Pantry', total_minor: 700 }),
  line('b', '2026-03-25T10:00:00Z', { line_id: '2', category: 'Tableware' }),
  line('b', '2026-03-25T10:00:00Z', { line_id: '3', sku: 'TEA', total_minor: 700 }),
  line('gone', '2026-03-26T10:00:00Z', { sku: 'TEA', total_minor: 90_000 }),
  line('late', '2026-02-10T10:00:00Z', { sku: 'PAN', category: 'Kitchen', total_minor: 8_000 }),
  line('old', '2025-12-01T10:00:00Z', { sku: 'PAN', total_minor: 8_000 }),
  line('n', '2026-03-20T10:00:00Z', { shop: 'northside', total_minor: 900 }),
];

let lake: LakeDatabase;
let errorsOf: TrinoErrors;

beforeAll(async () => {
  errorsOf = await trinoGrammar();
  lake = await openLake({
    nowMs: NOW,
    tables: {
      // What is recorded again is there twice.
      order_lines: { rows: [...order_lines, ...order_lines.slice(0, 2)] },
      order_events: {
        rows: [happened('OrderCancelled', 'gone', '2026-03-27T10:00:00Z', { status: 'cancelled' })],
      },
    },
  });
});

afterAll(() => lake.close());

const ask = async (name: (typeof contentModels)[number]) =>
  (await lake.query(contentModel(name).sql)).rows;

describe.each(contentModels)('the query %s', (name) => {
  test('is one of Trino’s', () => {
    expect(errorsOf(contentModel(name).sql)).toEqual([]);
  });

  test('has no decimal point, which Trino takes for a DECIMAL, and no parameters', () => {
    expect(contentModel(name).sql.replaceAll(/--[^\n]*/g, '')).not.toMatch(/\d\.\d|\?/);
  });

  test('gives the columns that it declares', async () => {
    const [row] = await ask(name);

    expect(Object.keys(row ?? {})).toEqual(contentModel(name).columns.map((each) => each.name));
  });
});

test('sales are of 90 days, each line once, without cancelled orders', async () => {
  expect(await ask('content_sales')).toEqual([
    { shop: 'hearth', category: 'Kitchen', sku: 'PAN', revenue_minor: 8_000, pieces: 1 },
    { shop: 'hearth', category: 'Tableware', sku: 'MUG', revenue_minor: 4_000, pieces: 4 },
    { shop: 'hearth', category: 'Pantry', sku: 'TEA', revenue_minor: 1_900, pieces: 3 },
    { shop: 'northside', category: '', sku: 'MUG', revenue_minor: 900, pieces: 1 },
  ]);
});

test('orders are of 30 days, by the products that they have', async () => {
  expect(await ask('content_orders')).toEqual([
    { shop: 'hearth', skus: 'MUG\u001fTEA', orders: 2 },
    { shop: 'northside', skus: 'MUG', orders: 1 },
  ]);
});
