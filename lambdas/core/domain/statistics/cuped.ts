import { mergePairSummaries } from './merge-pair-summaries.ts';
import type { PairSummary } from './pair-summary.ts';
import type { Summary } from './summary.ts';

export interface CupedArms {
  readonly treatment: Summary;
  readonly control: Summary;
  /** The outcome's change for one more unit of the value before. */
  readonly theta: number;
}

/**
 * The arms' outcomes less what the value before the experiment explains of them.
 *
 * A. Deng, Y. Xu, R. Kohavi, T. Walker, "Improving the sensitivity of online controlled experiments by
 * utilizing pre-experiment data", WSDM 2013: θ = cov(Y, X) / var(X), of both arms as one
 * sample. The value before must not be touched by the treatment.
 *
 * @param treatment y the outcome, x the value before, one pair a customer
 */
export const cuped = (treatment: PairSummary, control: PairSummary): CupedArms => {
  const pooled = mergePairSummaries(treatment, control);
  const theta = pooled.x.m2 === 0 ? 0 : pooled.products / pooled.x.m2;
  const adjusted = ({ x, y, products }: PairSummary): Summary => ({
    n: y.n,
    mean: y.mean - theta * (x.mean - pooled.x.mean),
    m2: Math.max(0, y.m2 - 2 * theta * products + theta * theta * x.m2),
  });
  return { treatment: adjusted(treatment), control: adjusted(control), theta };
};
