import { openShare } from './input-checks.ts';
import type { SurvivalStep } from './kaplan-meier.ts';

export interface SurvivalQuantile {
  /** Absent while fewer than that share have had the event. */
  readonly time?: number | undefined;
  readonly lower?: number | undefined;
  readonly upper?: number | undefined;
}

/**
 * The time by which a share has had the event, with the interval of the curve: at a half, the median.
 *
 * R. Brookmeyer & J. Crowley, "A confidence interval for the median survival time", Biometrics 38 (1982)
 * 29–41: the times at which the curve's bounds pass the same height.
 *
 * @throws {RangeError} unless 0 < share < 1
 */
export const survivalQuantile = (
  curve: readonly SurvivalStep[],
  share: number,
): SurvivalQuantile => {
  const height = 1 - openShare('share', share);
  const firstAt = (heightOf: (step: SurvivalStep) => number | undefined): number | undefined =>
    curve.find((step) => (heightOf(step) ?? step.survival) <= height)?.time;
  return {
    time: firstAt(({ survival }) => survival),
    lower: firstAt(({ interval }) => interval?.lower),
    upper: firstAt(({ interval }) => interval?.upper),
  };
};
