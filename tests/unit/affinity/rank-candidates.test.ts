import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { basketAffinity } from '#core/domain/affinity/affinity-list.ts';
import { tellEvidence } from '#core/domain/affinity/evidence.ts';
import { rankCandidates } from '#core/domain/affinity/rank-candidates.ts';
import { relationOf } from '#core/domain/affinity/relation.ts';
import { list, neighbour, shopOf } from './lists.ts';

const mug = { sku: 'MUG', category: 'Mugs' };
const skusOf = (ranked: ReturnType<typeof rankCandidates>) => ranked.map(({ sku }) => sku);

describe('candidates', () => {
  const affinity = shopOf([
    list('sku', 'MUG', [neighbour('SAUCER', 0.4), neighbour('SPOON', 0.1)]),
    list('sku', 'POT', [neighbour('SPOON', 0.2), neighbour('MUG', 0.2), neighbour('TEA', 0.05)]),
  ]);

  test('of one product are its neighbours in their order', () => {
    expect(skusOf(rankCandidates([mug], affinity))).toEqual(['SAUCER', 'SPOON']);
  });

  test('of a basket are those of all its products, without the products themselves', () => {
    const ranked = rankCandidates([mug, { sku: 'POT' }], affinity);

    expect(skusOf(ranked)).toEqual(['SAUCER', 'SPOON', 'TEA']);
    // The root of the squares; POT says that MUG goes with it, so that MUG counts 2^-0.25.
    expect(ranked[1]?.score).toBeCloseTo(Math.sqrt(0.2 ** 2 + 0.1 ** 2 * 2 ** -0.25), 12);
  });

  test('leave out what is excluded, and end at the limit', () => {
    const exclude = new Set(['SAUCER']);

    expect(skusOf(rankCandidates([mug], affinity, { exclude }))).toEqual(['SPOON']);
    expect(skusOf(rankCandidates([mug], affinity, { limit: 1 }))).toEqual(['SAUCER']);
  });

  test('of the same score are told apart by how popular they are', () => {
    const even = shopOf([
      list('sku', 'MUG', [
        neighbour('A', 0.1, { orders: 40 }),
        neighbour('B', 0.1, { orders: 90 }),
        neighbour('C', 0.1, { orders: 40 }),
      ]),
    ]);

    expect(skusOf(rankCandidates([mug], even))).toEqual(['B', 'A', 'C']);
  });

  test('are none for a shop that has learnt nothing', () => {
    expect(rankCandidates([mug], basketAffinity([]))).toEqual([]);
  });

  test('do not depend on the order of the basket, nor on a product that is there twice', () => {
    const item = fc.record({ sku: fc.constantFrom('A', 'B', 'C', 'D') });
    const rows = fc.array(
      fc.tuple(
        fc.constantFrom('A', 'B', 'C', 'D'),
        fc.constantFrom('V', 'W', 'X', 'A'),
        fc.integer({ min: 1, max: 9 }),
      ),
    );
    fc.assert(
      fc.property(fc.array(item, { minLength: 1 }), rows, (basket, pairs) => {
        const lists = Map.groupBy(pairs, ([of]) => of);
        const known = shopOf(
          [...lists].map(([of, all]) =>
            list('sku', of, [
              ...new Map(all.map(([, to, n]) => [to, neighbour(to, n / 10)])).values(),
            ]),
          ),
        );

        const ranked = rankCandidates(basket, known);

        const scores = (all: typeof ranked) =>
          Object.fromEntries(all.map(({ sku, score }) => [sku, Number(score.toFixed(9))]));
        expect(scores(rankCandidates([...basket.toReversed(), ...basket], known))).toEqual(
          scores(ranked),
        );
        expect(skusOf(ranked).filter((sku) => basket.some((each) => each.sku === sku))).toEqual([]);
      }),
    );
  });
});

describe('a product of few orders', () => {
  const mugs = list('category', 'Mugs', [neighbour('SAUCER', 0.3)], { openShare: 0.1 });
  const withOwn = (openShare: number) =>
    shopOf(
      [list('sku', 'MUG', [neighbour('SPOON', 0.2)], { openShare }), mugs],
      [neighbour('BEST', 0.05)],
    );

  test('is left to its category, and that to the best sellers, by how few they are', () => {
    const shares = (openShare: number) =>
      Object.fromEntries(
        rankCandidates([mug], withOwn(openShare)).map(({ sku, score }) => [sku, score]),
      );

    expect(shares(0.5)).toEqual({
      SPOON: expect.closeTo(0.2, 12),
      SAUCER: expect.closeTo(0.5 * 0.3, 12),
      BEST: expect.closeTo(0.5 * 0.1 * 0.05, 12),
    });
    expect(shares(0.01)['SAUCER']).toBeCloseTo(0.003, 12);
  });

  test('that nobody knows is its category’s wholly', () => {
    const [first] = rankCandidates([{ sku: 'NEW', category: 'Mugs' }], withOwn(0.5));

    expect(first).toMatchObject({ sku: 'SAUCER', score: expect.closeTo(0.3, 12) });
  });

  test('of an unknown category is the best sellers’', () => {
    const [first] = rankCandidates([{ sku: 'NEW' }], withOwn(0.5));

    expect(first).toMatchObject({
      sku: 'BEST',
      evidence: { level: 'best-seller' },
      shares: { pair: 0, category: 0, 'best-seller': 1 },
    });
  });

  test('says how much each level gave', () => {
    const both = shopOf([
      list('sku', 'MUG', [neighbour('SAUCER', 0.1)], { openShare: 0.5 }),
      list('category', 'Mugs', [neighbour('SAUCER', 0.6)], { openShare: 0 }),
    ]);

    const [first] = rankCandidates([mug], both);

    expect(first?.shares).toEqual({
      pair: expect.closeTo(0.25, 12),
      category: expect.closeTo(0.75, 12),
      'best-seller': 0,
    });
    expect(first?.evidence.level).toBe('category');
  });
});

describe('evidence', () => {
  test('names the product of the basket that speaks for it most, and how many orders say so', () => {
    const affinity = shopOf([
      list('sku', 'MUG', [neighbour('SPOON', 0.1, { together: 9 })]),
      list('sku', 'POT', [neighbour('SPOON', 0.3, { together: 30 })]),
    ]);

    const [first] = rankCandidates([mug, { sku: 'POT' }], affinity);

    expect(first?.evidence).toMatchObject({
      level: 'pair',
      from: 'POT',
      together: 30,
      ofOrders: 100,
      candidateOrders: 60,
      allOrders: 1_000,
      isSignificant: true,
    });
    expect(first?.evidence.llr).toBeCloseTo(68.7, 1);
  });

  test.each([
    [neighbour('A', 0.1), {}, 'together with MUG in 30 of its 100 orders, LLR 68.7'],
    [
      neighbour('A', 0.1, { together: 6 }),
      {},
      'together with MUG in 6 of its 100 orders, which may be chance',
    ],
  ])('of a pair is told with its significance', (each, rest, words) => {
    const [first] = rankCandidates([mug], shopOf([list('sku', 'MUG', [each], rest)]));

    expect(first === undefined ? '' : tellEvidence(first.evidence)).toBe(words);
  });

  test('of a pair of which only the counts are known says no more than these', () => {
    const [first] = rankCandidates(
      [mug],
      basketAffinity([list('sku', 'MUG', [neighbour('A', 0.1)])]),
    );

    expect(first?.evidence).toMatchObject({ isSignificant: false, llr: undefined });
    expect(first === undefined ? '' : tellEvidence(first.evidence)).toBe(
      'together with MUG in 30 of its 100 orders',
    );
  });

  test('of lists of several runs, whose counts do not go together, says no more either', () => {
    const old = list('sku', 'MUG', [neighbour('A', 0.1)], { orders: 2_000 });

    const [first] = rankCandidates([mug], shopOf([old]));

    expect(first?.evidence).toMatchObject({
      ofOrders: 2_000,
      llr: undefined,
      isSignificant: false,
    });
  });

  test('of wider lists is told as what it is', () => {
    const known = shopOf([list('category', 'Mugs', [neighbour('A', 0.1)])]);
    const told = [mug, { sku: 'NEW' }].map((item) => {
      const [first] = rankCandidates([item], known);
      return first === undefined ? '' : tellEvidence(first.evidence);
    });

    expect(told).toEqual([
      'goes with Mugs, which MUG is of: 30 pairs in 100 orders',
      'a best seller: 30 orders of late',
    ]);
  });
});

describe('the relation of an offer', () => {
  const many = Array.from({ length: 7 }, (_, at) => neighbour(`S${at}`, 0.5 - at / 100));
  const ranked = rankCandidates(
    [mug],
    shopOf([
      list('sku', 'MUG', [...many, neighbour('CHANCE', 0.9, { together: 6 })], { openShare: 0.01 }),
      list('category', 'Mugs', [neighbour('KIN', 0.3)], { openShare: 0.5 }),
    ]),
  );

  test.each([
    ['S0', 'strong', 'a significant pair among the first five'],
    ['S6', 'weak', 'a significant pair after them'],
    ['CHANCE', 'weak', 'a pair that may be chance'],
    ['KIN', 'weak', 'of the category'],
    ['BEST', 'none', 'a best seller'],
    ['OTHER', 'none', 'not ranked'],
  ])('%s is %s: %s', (sku, relation) => {
    expect(relationOf(sku, ranked)).toBe(relation);
  });
});
