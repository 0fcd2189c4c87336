import type {
  ArmSummary,
  Outcome,
  OutcomeSummary,
} from '#core/domain/experiments/read-out-types.ts';
import { type PairSums, pairSummaryOfSums } from '#core/domain/statistics/pair-summary.ts';
import { ratioOfSums } from '#core/domain/statistics/ratio-of-sums.ts';
import { summaryOfSums } from '#core/domain/statistics/summary.ts';
import { maybeNumberIn, numberIn, type Row, type Rows, textIn } from '../rows.ts';

/** Metrics that are better when fewer. */
const LESS_IS_BETTER = new Set(['return-rate', 'support-case', 'complaint']);

/** Amounts of money; the others stand as they are. */
const IN_MONEY = new Set(['revenue', 'post-purchase-revenue']);

/**
 * Ratios stand in no read-out beside others. Answers are told by the answer, not by the customer, unless they are what
 * decides; revenue per session has no capped sums in the view, and uncapped it invents lift.
 */
const isToldBeside = (metric: string): boolean =>
  !['nps', 'csat', 'revenue-per-session'].includes(metric);

/**
 * What a read-out needs of an experiment, from its rows of experiment_lift and its planned arms.
 *
 * @param planned rows of config_experiments; an arm without customers counts in the split
 * @param primary the metric that decides, first
 */
export const summariesOf = (
  rows: Rows,
  planned: Rows,
  primary: string,
  currency: string,
): { readonly arms: readonly ArmSummary[]; readonly outcomes: readonly Outcome[] } => {
  const outcomes = outcomesOf(rows, planned, primary, currency);
  const arms = planned.map((plan) => {
    const name = textIn(plan, 'arm');
    const of = rows.filter((row) => row['arm'] === name);
    const customers = of.reduce((most, row) => Math.max(most, numberIn(row, 'n')), 0);
    return {
      name,
      plannedShare: numberIn(plan, 'planned_share'),
      customers,
      outcomes: Object.fromEntries(
        outcomes.map((outcome) => [outcome.name, summaryIn(of, outcome)]),
      ),
      nps: npsIn(of),
    };
  });
  return { arms, outcomes };
};

const outcomesOf = (
  rows: Rows,
  planned: Rows,
  primary: string,
  currency: string,
): readonly Outcome[] => {
  const metrics = [...Map.groupBy(rows, (row) => textIn(row, 'metric'))]
    .filter(([metric]) => metric === primary || isToldBeside(metric))
    .filter(([, of]) => planned.every((plan) => isKnownIn(of, textIn(plan, 'arm'))))
    .toSorted(([a], [b]) => Number(b === primary) - Number(a === primary) || (a < b ? -1 : 1));
  return metrics.map(([name, of]) => ({
    name,
    kind: of.every((row) => row['kind'] === 'proportion') ? 'proportion' : 'amount',
    currency: IN_MONEY.has(name) ? currency : undefined,
    cap: of.some((row) => row['kind'] === 'amount') ? capIn(of) : undefined,
    lessIsBetter: LESS_IS_BETTER.has(name),
  }));
};

const capIn = (rows: Rows): number | undefined =>
  rows.map((row) => maybeNumberIn(row, 'cap')).find((cap) => cap !== undefined);

/** A ratio of nothing cannot be compared: an arm in which nobody answered. */
const isKnownIn = (rows: Rows, arm: string): boolean =>
  rows
    .filter((row) => row['arm'] === arm)
    .every((row) => row['kind'] !== 'ratio' || numberIn(row, 'denominator_sum') !== 0);

const summaryIn = (rows: Rows, { name }: Outcome): OutcomeSummary => {
  const row = rows.find((each) => each['metric'] === name);
  if (row === undefined)
    return { value: summaryOfSums({ n: 0, sum: 0, sumOfSquares: 0 }), converters: 0 };
  const converters = numberIn(row, 'converters');
  if (row['kind'] === 'ratio') return { value: ratioOfSums(pairOf(row, ratio)), converters };
  const n = numberIn(row, 'n');
  const value = summaryOfSums({
    n,
    sum: numberIn(row, 'sum'),
    sumOfSquares: numberIn(row, 'sum_of_squares'),
  });
  const withBefore = pairOf(row, before);
  if (row['kind'] === 'proportion') return { value, converters, withBefore };
  return {
    value,
    converters,
    withBefore,
    capped: summaryOfSums({
      n,
      sum: numberIn(row, 'capped_sum'),
      sumOfSquares: numberIn(row, 'capped_sum_of_squares'),
    }),
  };
};

type Sums = (row: Row) => Omit<PairSums, 'n'>;

const valueSums = (row: Row) => ({
  sum: numberIn(row, 'sum'),
  sumOfSquares: numberIn(row, 'sum_of_squares'),
});

const ratio: Sums = (row) => ({
  x: valueSums(row),
  y: {
    sum: numberIn(row, 'denominator_sum'),
    sumOfSquares: numberIn(row, 'denominator_sum_of_squares'),
  },
  sumOfProducts: numberIn(row, 'denominator_cross'),
});

const before: Sums = (row) => ({
  x: { sum: numberIn(row, 'before_sum'), sumOfSquares: numberIn(row, 'before_sum_of_squares') },
  y: valueSums(row),
  sumOfProducts: numberIn(row, 'before_cross'),
});

const pairOf = (row: Row, sums: Sums) => pairSummaryOfSums({ n: numberIn(row, 'n'), ...sums(row) });

const npsIn = (rows: Rows): ArmSummary['nps'] => {
  const row = rows.find((each) => each['metric'] === 'nps');
  return row === undefined
    ? undefined
    : {
        promoters: numberIn(row, 'promoters'),
        detractors: numberIn(row, 'detractors'),
        answers: numberIn(row, 'answers'),
      };
};
