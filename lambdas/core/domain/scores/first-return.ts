/** A point of a Kaplan–Meier curve: the share that has not ordered again by the end of the day. */
export interface SurvivalPoint {
  /** Days since the first order. */
  readonly day: number;
  /** From 1 down; never up again. */
  readonly survival: number;
}

/** A curve that is at .9 has reached .9, whatever doubles say. */
const ROUNDING = 1e-12;

/**
 * Days within which a share of those have ordered again whom the curve has seen come back. Of the
 * others nobody can tell how many would come later, so a share of all would often not be reached.
 *
 * @param curve in the order of days
 * @param share in (0, 1]
 * @returns undefined when the curve has nobody come back
 */
export const firstReturnWithin = (
  curve: readonly SurvivalPoint[],
  share: number,
): number | undefined => {
  const returning = 1 - (curve.at(-1)?.survival ?? 1);
  if (returning <= 0) return undefined;
  const reached = 1 - share * returning + ROUNDING;
  return curve.find(({ survival }) => survival <= reached)?.day;
};

/** @throws RangeError when the curve rises or is not in the order of days */
export const checkCurve = (curve: readonly SurvivalPoint[]): void =>
  curve.forEach((point, index) => checkPoint(point, curve[index - 1]));

const checkPoint = (point: SurvivalPoint, before: SurvivalPoint | undefined): void => {
  const { day, survival } = point;
  const isPossible =
    day >= 0 &&
    survival >= 0 &&
    survival <= (before?.survival ?? 1) + ROUNDING &&
    day > (before?.day ?? -Infinity);
  if (!isPossible)
    throw new RangeError(
      `a point of the survival curve is ${JSON.stringify(point)} after ${JSON.stringify(before)}; wanted are ascending days and a survival from 1 down to 0`,
    );
};
