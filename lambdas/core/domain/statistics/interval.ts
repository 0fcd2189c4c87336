/** A confidence interval, in the unit of what it is of. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** An estimate with what an interval around it needs. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  /** Degrees of freedom of the standard error. */
  readonly df: number;
}

/** `value ± criticalValue · standard error` */
export const intervalAround = (
  { value, standardError }: Pick<Estimate, 'value' | 'standardError'>,
  criticalValue: number,
): Interval => ({
  lower: value - criticalValue * standardError,
  upper: value + criticalValue * standardError,
});
