import { describe, expect, test } from 'vitest';
import { loadAffinity } from '#lambdas/load-affinity/load-affinity.ts';
import type { ShopList } from '#core/domain/affinity/affinity-list.ts';
import { inMemoryQueryResults } from '#tests/fakes/in-memory-query-results.ts';

const separated = (...parts: readonly (string | number)[]): string => parts.join('\u001f');

const row = (more: object = {}) => ({
  shop: 'hearth',
  kind: 'sku',
  list: 'MUG',
  orders: 100,
  open_share: 0.019607843137,
  skus: separated('SAUCER', 'SPOON'),
  scores: separated('0.0123456789', '1.5E-4'),
  together: separated(30, 9),
  sku_orders: separated(60, 61),
  ...more,
});

const load = async (rows: readonly ReturnType<typeof row>[]) => {
  const kept: { readonly lists: readonly ShopList[]; readonly expiresAt: Date }[] = [];
  const use = loadAffinity({
    results: inMemoryQueryResults({ q: rows }),
    lists: {
      keep: async (lists, expiresAt) => {
        kept.push({ lists, expiresAt });
      },
    },
    now: () => new Date('2026-11-22T02:31:00Z'),
    expireDays: 14,
  });
  return { loaded: await use({ queryId: 'q' }), kept };
};

describe('a row', () => {
  test('becomes the list that it is, as Athena writes numbers', async () => {
    const { kept } = await load([row()]);

    expect(kept[0]?.lists).toEqual([
      {
        shop: 'hearth',
        list: {
          kind: 'sku',
          of: 'MUG',
          orders: 100,
          openShare: 0.01961,
          neighbours: [
            { sku: 'SAUCER', score: 0.01235, together: 30, orders: 60 },
            { sku: 'SPOON', score: 0.00015, together: 9, orders: 61 },
          ],
        },
      },
    ]);
  });

  test('of best sellers is of nothing in particular', async () => {
    const { kept } = await load([row({ kind: 'best-seller', list: null })]);

    expect(kept[0]?.lists[0]?.list).toMatchObject({ kind: 'best-seller', of: '' });
  });

  test.each([
    ['with fewer scores than products', { scores: '0.5' }, /as many scores and counts as products/],
    ['with a score that is none', { scores: separated('0.5', 'high') }, /scores\[1\]/],
    ['of an unknown kind', { kind: 'brand' }, /kind/],
  ])('%s fails, and is shown with what to do', async (_, change, problem) => {
    const loading = load([row(change)]);

    await expect(loading).rejects.toThrow(/affinity_lists answered .*Deploy the Affinity stack/s);
    await expect(loading).rejects.toThrow(problem);
  });
});

describe('an answer', () => {
  test('is kept in batches, each list once, and expires some days later', async () => {
    const rows = Array.from({ length: 601 }, (_, at) => row({ list: `S-${at}` }));

    const { loaded, kept } = await load(rows);

    expect(loaded).toEqual({ lists: 601 });
    expect(kept.map(({ lists }) => lists.length)).toEqual([250, 250, 101]);
    expect(new Set(kept.map(({ expiresAt }) => expiresAt.toISOString()))).toEqual(
      new Set(['2026-12-06T02:31:00.000Z']),
    );
  });
});
