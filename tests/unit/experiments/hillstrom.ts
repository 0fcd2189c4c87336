import { z } from 'zod';
import type { ArmSummary, Outcome } from '#core/domain/experiments/read-out-types.ts';
import { pairSummaryOfSums } from '#core/domain/statistics/pair-summary.ts';
import { summaryOfSums } from '#core/domain/statistics/summary.ts';
import { reference } from '../statistics/reference.ts';

const sums = z.object({ sum: z.number(), sumOfSquares: z.number() });
const interval = { lower: z.number(), upper: z.number() };
const difference = z.object({ difference: z.number(), ...interval });

/** The e-mail test of 64,000 customers: sums an arm, and what is published of it. */
export const hillstrom = reference(
  'hillstrom.json',
  z.object({
    arms: z.record(
      z.string(),
      z.object({
        customers: z.number(),
        history: sums,
        outcomes: z.record(
          z.string(),
          sums.extend({ converters: z.number(), sumOfProductsWithHistory: z.number() }),
        ),
      }),
    ),
    expected: z.object({
      visit: difference.extend({ standardError: z.number() }),
      conversion: difference,
      spend: difference.extend({ standardError: z.number() }),
      sequential: z.object({ nStar: z.number(), ...interval }),
      cuped: z.object({ difference: z.number(), standardError: z.number() }),
      split: z.object({ p: z.number() }),
    }),
  }),
);

export const spend: Outcome = { name: 'spend', kind: 'amount' };
export const visit: Outcome = { name: 'visit', kind: 'proportion' };
export const conversion: Outcome = { name: 'conversion', kind: 'proportion' };

/** All three arms, planned alike. */
export const hillstromArms: readonly ArmSummary[] = Object.entries(hillstrom.arms).map(
  ([name, { customers, history, outcomes }]) => ({
    name,
    plannedShare: 1 / 3,
    customers,
    outcomes: Object.fromEntries(
      Object.entries(outcomes).map(
        ([outcome, { sum, sumOfSquares, converters, sumOfProductsWithHistory }]) => [
          outcome,
          {
            value: summaryOfSums({ n: customers, sum, sumOfSquares }),
            converters,
            withBefore: pairSummaryOfSums({
              n: customers,
              x: history,
              y: { sum, sumOfSquares },
              sumOfProducts: sumOfProductsWithHistory,
            }),
          },
        ],
      ),
    ),
  }),
);
