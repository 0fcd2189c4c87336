import { benchViews } from '#analytics/bench-views.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { measureLedger } from '#rehearsal/bench/ledger.ts';
import { measureScores } from '#rehearsal/bench/scores.ts';

/** A figure of the benchmark. */
export interface Row {
  readonly figure: string;
  readonly value: string;
  readonly target?: string;
}

const ORDERS_BOOKED = 20_000;

export const bookRows = (): readonly Row[] => {
  const { orders, events, entries, entriesPerSecond, slowestMs } = measureLedger(
    ORDERS_BOOKED,
    sha256Digest,
  );
  return [
    {
      figure: 'ledger',
      value: `${entriesPerSecond} entries a second on one core (${entries} of ${orders} orders with ${events} events; the slowest order ${slowestMs.toFixed(1)} ms)`,
    },
  ];
};

export const scoreRows = (): readonly Row[] => {
  const { customers, groups, fitMs, iterations, scoresPerSecond } = measureScores();
  return [
    {
      figure: 'scores',
      value: `fitted in ${(fitMs / 1000).toFixed(1)} s (${customers} customers in ${groups} groups, ${iterations} steps), ${Math.round(scoresPerSecond)} customers scored a second`,
    },
  ];
};

/** Every view over so many order lines that are made up, or over a file of sales, each computed once. */
export const viewRows = async (
  source: { readonly lines: number } | { readonly file: string },
): Promise<readonly Row[]> => {
  const { lines, views, repeat } = await benchViews(source);
  const seconds = views.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  const slowest = views.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, 5);
  return [
    {
      figure: `all ${views.length} views over ${lines} order lines, DuckDB`,
      value: `${seconds.toFixed(1)} s`,
    },
    {
      figure: 'the slowest of them',
      value: slowest
        .map(({ view, milliseconds }) => `${view} ${(milliseconds / 1000).toFixed(1)} s`)
        .join(', '),
    },
    { figure: 'second purchase', value: JSON.stringify(repeat) },
  ];
};
