import type { ChartView, CountTable } from './views.ts';

const DAY_MS = 86_400_000;

/** Of a chart that can still be read. */
const MOST_SERIES = 6;

/** Numbers a day and name: orders, messages, minor units of a currency. */
export class DayCounts {
  readonly #days = new Map<string, Map<string, number>>();

  /** @param at an instant, ISO 8601 in UTC */
  add(at: string, name: string, by = 1): void {
    const day = at.slice(0, 10);
    const counts = this.#days.get(day) ?? new Map<string, number>();
    this.#days.set(day, counts);
    counts.set(name, (counts.get(name) ?? 0) + by);
  }

  /** By name, the largest first. */
  totals(): readonly (readonly [string, number])[] {
    const sums = new Map<string, number>();
    for (const counts of this.#days.values())
      for (const [name, count] of counts) sums.set(name, (sums.get(name) ?? 0) + count);
    return [...sums].toSorted(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  }

  /**
   * Every day from the first that counts to the last or to today, a series a name: the largest ones, what is left is
   * summed up as `other`.
   *
   * @param today an instant
   */
  chart(what: Pick<ChartView, 'id' | 'title' | 'unit'>, today: string, scale = 1): ChartView {
    const counted = [...this.#days.keys()].toSorted();
    const days = daysFrom(counted.length === 0 ? [] : [...counted, today.slice(0, 10)].toSorted());
    const names = this.totals().map(([name]) => name);
    const shown = names.length > MOST_SERIES ? names.slice(0, MOST_SERIES - 1) : names;
    const rest = names.slice(shown.length);
    const valuesOf = (of: readonly string[]) =>
      days.map(
        (day) => of.reduce((sum, name) => sum + (this.#days.get(day)?.get(name) ?? 0), 0) / scale,
      );
    const series = shown.map((name) => ({ name, values: valuesOf([name]) }));
    const other = rest.length === 0 ? [] : [{ name: 'other', values: valuesOf(rest) }];
    return { ...what, days, series: [...series, ...other] };
  }

  table(what: Pick<CountTable, 'id' | 'title' | 'columns'>): CountTable {
    return { ...what, rows: this.totals().map(([name, count]) => [name, String(count)]) };
  }
}

const daysFrom = (days: readonly string[]): readonly string[] => {
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  const length = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  return Array.from({ length }, (_, at) =>
    new Date(Date.parse(first) + at * DAY_MS).toISOString().slice(0, 10),
  );
};
