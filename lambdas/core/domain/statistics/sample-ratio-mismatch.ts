import { chiSquareAbove } from './chi-square.ts';
import { sharesOfOne, wholeNumber } from './input-checks.ts';

export interface ArmCount {
  readonly arm: string;
  readonly count: number;
  /** The share that was planned; all arms' sum to 1. */
  readonly share: number;
}

export interface SampleRatio {
  readonly statistic: number;
  readonly df: number;
  /** How often a split as planned would come out at least as far off. */
  readonly p: number;
  readonly isBroken: boolean;
}

/**
 * Low, since it is looked at often and a broken split is a bug, which shows ever clearer:
 * A. Fabijan et al., "Diagnosing sample ratio mismatch in online controlled experiments", KDD 2019.
 */
export const BROKEN_BELOW = 0.001;

/**
 * Whether as many customers are in each arm as planned, by Pearson's χ².
 *
 * @throws {RangeError} below two arms, for a count that is none or shares that do not sum to 1
 */
export const sampleRatio = (arms: readonly ArmCount[]): SampleRatio => {
  if (arms.length < 2)
    throw new RangeError(`arms: got ${arms.length}, expected at least two to compare`);
  for (const { arm, count } of arms) wholeNumber(`customers of arm "${arm}"`, count);
  sharesOfOne(
    'planned shares',
    arms.map(({ share }) => share),
  );
  const total = arms.reduce((sum, { count }) => sum + count, 0);
  const planned = arms.filter(({ share }) => share > 0);
  const df = Math.max(1, planned.length - 1);
  if (arms.some(({ share, count }) => share === 0 && count > 0))
    return { statistic: Infinity, df, p: 0, isBroken: true };
  if (total === 0) return { statistic: 0, df, p: 1, isBroken: false };
  const statistic = planned.reduce(
    (sum, { count, share }) => sum + (count - total * share) ** 2 / (total * share),
    0,
  );
  const p = chiSquareAbove(statistic, df);
  return { statistic, df, p, isBroken: p < BROKEN_BELOW };
};
