import { compareText } from '#core/domain/compare-text.ts';
import type { AnswerValue } from '#rehearsal/lake/duckdb.ts';

/** A row of an answer: DuckDB gives values, Athena text and no key for what is absent. */
export type Row = Readonly<Record<string, AnswerValue | undefined>>;
export type Rows = readonly Row[];

/** @throws naming the column, for what is absent */
export const textIn = (row: Row, column: string): string => {
  const text = maybeTextIn(row, column);
  if (text === undefined) throw new Error(wrong(row, column, 'a text'));
  return text;
};

export const maybeTextIn = (row: Row, column: string): string | undefined => {
  const value = row[column] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** @throws naming the column, for what is absent or no number */
export const numberIn = (row: Row, column: string): number => {
  const number = maybeNumberIn(row, column);
  if (number === undefined) throw new Error(wrong(row, column, 'a number'));
  return number;
};

/** @throws naming the column, for what is no number */
export const maybeNumberIn = (row: Row, column: string): number | undefined => {
  const value = row[column] ?? undefined;
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isFinite(number)) throw new Error(wrong(row, column, 'a number'));
  return number;
};

export const flagIn = (row: Row, column: string): boolean => maybeTextIn(row, column) === 'true';

const wrong = (row: Row, column: string, expected: string): string =>
  `column ${column}: got ${JSON.stringify(row[column] ?? null)}, expected ${expected}; are the deployed views of another version? The row: ${JSON.stringify(row)}`;

/** The sum of a column; of no rows 0. */
export const sumOf = (rows: Rows, column: string): number =>
  rows.reduce((sum, row) => sum + (maybeNumberIn(row, column) ?? 0), 0);

/** Rows by what a column says, in the order of that. */
export const rowsBy = (rows: Rows, column: string): ReadonlyMap<string, Rows> =>
  new Map(
    [...Map.groupBy(rows, (row) => maybeTextIn(row, column) ?? 'none')].toSorted(([a], [b]) =>
      compareText(a, b),
    ),
  );
