/** A decision that was logged with its propensity, and what came of it. */
export interface LoggedRow {
  /** How its reader finds it again: `log.csv, row 7`, `impression i-1 of hearth`. */
  readonly name: string;
  readonly action: string;
  /** Empty where the log tells no slots, as is the context. */
  readonly slot: string;
  readonly context: string;
  /** Above 0 and up to 1. */
  readonly propensity: number;
  readonly reward: number;
  /** Rows of one depend on each other, as those of a session do; absent: a row by itself. */
  readonly cluster?: string | undefined;
  /** What could have been done there; absent: anything that the log ever shows. */
  readonly candidates?: CandidateSet | undefined;
}

export interface CandidateSet {
  /** Rows with the same key had the same candidates. */
  readonly key: string;
  /** How many they were; absent: as many as the log shows of them. */
  readonly size?: number | undefined;
}

export interface Log {
  readonly rows: readonly LoggedRow[];
  /** Where it is from. */
  readonly from: string;
  /** What was left out or taken to be so, in sentences. */
  readonly notes: readonly string[];
}

/** The log, the target or an argument is not what it has to be; the message is for the caller of the command. */
export class UnusableLog extends Error {
  override readonly name = 'UnusableLog';
}

/** @throws {UnusableLog} naming the row, unless 0 < propensity ≤ 1 */
export const checkedPropensity = (row: string, column: string, propensity: number): number => {
  if (propensity > 0 && propensity <= 1) return propensity;
  throw new UnusableLog(
    `${row}, column "${column}": got ${propensity}, expected a number above 0 and up to 1: how likely what was shown was to be shown`,
  );
};
