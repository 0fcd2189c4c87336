import type { AnswerValue } from '../lake/duckdb.ts';
import { momentInWords } from './calendar.ts';
import { MOMENT_WIDTH } from './check-books.ts';
import type { MetricExpectation, MetricValue, Mismatch } from './record-expectation.ts';

type Row = Readonly<Record<string, AnswerValue>>;

/** Rates are quotients of whole numbers: what a page writes with a few digits means them. */
const RATE_DIGITS = 4;

/**
 * Sets a view's rows against one expectation: the rows that are meant have to be one, with these values.
 *
 * @param rows of the view, over the scenario's facts up to the expectation's time
 */
export const checkMetric = (
  expected: MetricExpectation,
  rows: readonly Row[],
): readonly Mismatch[] => {
  const { line, when, view, of, values } = expected;
  const meant = rows.filter((row) => isLike(row, of));
  const [only] = meant;
  if (meant.length === 1 && only !== undefined && isLike(only, values)) return [];
  const moment = momentInWords(when).padEnd(MOMENT_WIDTH);
  const which = Object.keys(of).length === 0 ? '' : ` of ${inWords(of)}`;
  return [
    {
      line,
      expected: `${moment}metric ${view}${which}: ${inWords(values)}`,
      got: gotInWords(meant, rows, expected),
    },
  ];
};

const gotInWords = (
  meant: readonly Row[],
  rows: readonly Row[],
  { of, values }: MetricExpectation,
): string => {
  if (meant.length === 0)
    return rows.length === 0
      ? 'no row'
      : `no such row; there are ${rows.map((row) => inWords(picked(row, of))).join('; ')}`;
  const shown = meant.map((row) => inWords(picked(row, values)));
  return meant.length === 1
    ? (shown[0] ?? '')
    : `${meant.length} rows, expected one, say which by \`of\`: ${shown.join('; ')}`;
};

const picked = (row: Row, columns: object): Row =>
  Object.fromEntries(Object.keys(columns).map((column) => [column, row[column] ?? null]));

const isLike = (row: Row, values: Readonly<Record<string, MetricValue>>): boolean =>
  Object.entries(values).every(([column, value]) => isSame(row[column] ?? null, value));

const isSame = (got: AnswerValue, value: MetricValue): boolean =>
  typeof got === 'number' && typeof value === 'number' && !Number.isInteger(got)
    ? Math.abs(got - value) < 0.5 * 10 ** -RATE_DIGITS
    : got === value;

const inWords = (row: Readonly<Record<string, AnswerValue>>): string =>
  Object.entries(row)
    .map(
      ([column, value]) => `${column} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    .join(', ');
