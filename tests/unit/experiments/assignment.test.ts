import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import {
  assignArm,
  bucketOf,
  type Experiment,
  fnv1a,
} from '#core/domain/experiments/assignment.ts';
import { chiSquareAbove } from '#core/domain/statistics/chi-square.ts';
import { reference } from '../statistics/reference.ts';

const oracle = reference(
  'bucket-hash.json',
  z.object({
    hash: z.array(z.tuple([z.string(), z.string(), z.number()])),
    fnv1a: z.array(z.tuple([z.string(), z.number()])),
  }),
);

const customers = Array.from({ length: 20_000 }, (_, at) => `customer-${at}`);
const half = [
  { name: 'a', share: 0.5 },
  { name: 'b', share: 0.5 },
];
/** Whole hundredths that sum to 100, of two to five arms. */
const weights = fc
  .array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 5 })
  .map((parts) => {
    const total = parts.reduce((sum, part) => sum + part, 0);
    return parts.map((part) => part / total);
  });
const named = (shares: readonly number[]) =>
  shares.map((share, at) => ({ name: `arm-${at}`, share }));

describe('the bucket', () => {
  test.each(oracle.hash)("matches GrowthBook's hash v2 of %j and %j", (seed, id, expected) => {
    expect(bucketOf(seed, id) / 10_000).toBe(expected);
  });

  test.each(oracle.fnv1a)("matches Noll's FNV-1a of %j", (text, expected) => {
    expect(fnv1a(text)).toBe(expected);
  });

  it('is even over thousands of customers in a row', () => {
    const counts = Map.groupBy(customers, (id) => Math.floor(bucketOf('holdout', id) / 500));
    const statistic = [...counts.values()].reduce(
      (sum, { length }) => sum + (length - 1_000) ** 2 / 1_000,
      0,
    );

    expect(counts.size).toBe(20);
    expect(chiSquareAbove(statistic, 19)).toBeGreaterThan(0.001);
  });
});

describe('an arm', () => {
  it('is the same whenever it is asked for', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), weights, (key, id, shares) => {
        const arms = named(shares);

        expect(assignArm({ key, arms }, id)).toBe(assignArm({ key, arms: [...arms] }, id));
        expect(arms.map(({ name }) => name)).toContain(assignArm({ key, arms }, id));
      }),
    );
  });

  it('that grows while no other does keeps all it had', () => {
    fc.assert(
      fc.property(
        weights,
        fc.nat(4),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.string(), { minLength: 50, maxLength: 50 }),
        (shares, which, left, ids) => {
          const grown = which % shares.length;
          const others = shares.map((share, at) => (at === grown ? 0 : share * left));
          const rest = 1 - others.reduce((sum, share) => sum + share, 0);
          const after = others.map((share, at) => (at === grown ? rest : share));
          const name = `arm-${grown}`;

          const had = ids.filter((id) => assignArm({ key: 'k', arms: named(shares) }, id) === name);
          const kept = had.filter((id) => assignArm({ key: 'k', arms: named(after) }, id) === name);

          expect(kept).toStrictEqual(had);
        },
      ),
    );
  });

  it('stays when more traffic takes part', () => {
    const arms = (traffic: number) =>
      customers.map((id) => assignArm({ key: 'k', arms: half, traffic }, id));
    const [few, many] = [arms(0.2), arms(0.6)];

    expect(few.filter((arm) => arm !== undefined).length / customers.length).toBeCloseTo(0.2, 1);
    expect(few.every((arm, at) => arm === undefined || arm === many[at])).toBe(true);
    expect(arms(0).every((arm) => arm === undefined)).toBe(true);
  });

  it('of one experiment says nothing about that of another', () => {
    const counts = Map.groupBy(customers, (id) =>
      ['win-back-1', 'win-back-2'].map((key) => assignArm({ key, arms: half }, id)).join(),
    );
    const statistic = [...counts.values()].reduce(
      (sum, { length }) => sum + (length - 5_000) ** 2 / 5_000,
      0,
    );

    expect(counts.size).toBe(4);
    expect(chiSquareAbove(statistic, 3)).toBeGreaterThan(0.001);
  });

  it.each<[Omit<Experiment, 'key'>, string]>([
    [{ arms: [{ name: 'a', share: 0.5 }] }, 'got shares of 0.5, expected shares that sum to 1'],
    [{ arms: [{ name: 'a', share: -1 }, ...half] }, 'got the share -1, expected 0 to 1'],
    [{ arms: half, traffic: 1.2 }, 'got the share 1.2'],
    [{ arms: half.map((arm) => ({ ...arm, name: 'a' })) }, "got an arm's name twice"],
  ])('is refused for %j', (experiment, message) => {
    expect(() => assignArm({ key: 'holdout', ...experiment }, 'c1')).toThrow(
      `experiment "holdout": ${message}`,
    );
  });
});
