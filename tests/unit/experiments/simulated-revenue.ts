import type { OutcomeSummary } from '#core/domain/experiments/read-out-types.ts';
import { mergeSummaries } from '#core/domain/statistics/merge-summaries.ts';
import { summaryOfSums } from '#core/domain/statistics/summary.ts';

export interface Shop {
  /** Share of customers who buy at all. */
  readonly conversion: number;
  /** Standard deviation of the logarithm of what a buyer spends; its mean is 0. */
  readonly sigma: number;
  /** The logarithm at which amounts are capped; not at all when absent. */
  readonly cap?: number;
}

export interface Plan {
  readonly looks: number;
  /** Customers that come between two looks. */
  readonly batch: { readonly treatment: number; readonly control: number };
  /** What treatment's buyers spend for each unit of control's. */
  readonly factor: number;
}

/** What a customer spends in the mean: the conversion times the mean of a log-normal. */
export const meanSpend = ({ conversion, sigma }: Shop): number =>
  conversion * Math.exp((sigma * sigma) / 2);

export interface SimulatedArms {
  readonly treatment: OutcomeSummary;
  readonly control: OutcomeSummary;
}

/** Each customer is drawn: whether they buy, and what a buyer spends (Box–Muller). */
const drawBatch = (
  random: () => number,
  { conversion, sigma, cap }: Shop,
  n: number,
  factor: number,
): OutcomeSummary => {
  const most = Math.exp(cap ?? Infinity);
  let [sum, squares, cappedSum, cappedSquares, converters] = [0, 0, 0, 0, 0];
  for (let customer = 0; customer < n; customer++) {
    if (random() >= conversion) continue;
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const spent = factor * Math.exp(sigma * normal);
    const kept = Math.min(spent, most);
    sum += spent;
    squares += spent * spent;
    cappedSum += kept;
    cappedSquares += kept * kept;
    converters++;
  }
  return {
    value: summaryOfSums({ n, sum, sumOfSquares: squares }),
    capped:
      cap === undefined
        ? undefined
        : summaryOfSums({ n, sum: cappedSum, sumOfSquares: cappedSquares }),
    converters,
  };
};

const together = (a: OutcomeSummary | undefined, b: OutcomeSummary): OutcomeSummary =>
  a === undefined
    ? b
    : {
        value: mergeSummaries(a.value, b.value),
        capped: a.capped && b.capped && mergeSummaries(a.capped, b.capped),
        converters: a.converters + b.converters,
      };

/** Both arms after each look. */
export const simulate = (
  random: () => number,
  shop: Shop,
  { looks, batch, factor }: Plan,
): readonly SimulatedArms[] => {
  let arms: SimulatedArms | undefined;
  return Array.from({ length: looks }, () => {
    arms = {
      treatment: together(arms?.treatment, drawBatch(random, shop, batch.treatment, factor)),
      control: together(arms?.control, drawBatch(random, shop, batch.control, 1)),
    };
    return arms;
  });
};
