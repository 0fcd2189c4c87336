import { metricsConfig } from '#core/contracts/metrics-config.ts';
import { type FactName, factNames } from '#core/contracts/facts.ts';
import type { AnswerValue, LakeDatabase } from '#rehearsal/lake/duckdb.ts';
import { columnsOf, type HandmadeRow, openLake } from '#rehearsal/lake/open-lake.ts';
import type { MetricsInput } from '#analytics/config-views.ts';
import { type View, viewsOf } from '#analytics/views.ts';

export const input: MetricsInput = {
  shops: {
    hearth: {
      name: "Hearth & Grain's",
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      country: 'DE',
      categories: { Knives: { returnableDays: 30 }, Beans: { returnableDays: 0 } },
    },
    northside: { name: 'Northside', currency: 'USD', timeZone: 'America/Chicago' },
  },
  metrics: metricsConfig.parse({
    targets: [
      { quarter: '2026-Q1', shop: 'hearth', targetMinor: 10_000, budgetMinor: 500, owner: 'ada' },
      { quarter: '2026-Q1', class: 'partner_commission', targetMinor: 1_000, owner: 'bob' },
    ],
  }),
  reportingCurrency: 'EUR',
  arms: [
    { experiment: 'holdout', arm: 'holdout', share: 0.05, isControl: true },
    { experiment: 'holdout', arm: 'treated', share: 0.95, isControl: false },
  ],
};

export const views: readonly View[] = viewsOf(input);

export type Rows = { readonly [Name in FactName]?: readonly HandmadeRow<Name>[] };
export type Row = Readonly<Record<string, AnswerValue>>;

/** One lake with all views, whose facts can be changed: opening it takes longer than most questions. */
export class LakeOfFacts {
  readonly #lake: LakeDatabase;

  private constructor(lake: LakeDatabase) {
    this.#lake = lake;
  }

  static async open(): Promise<LakeOfFacts> {
    return new LakeOfFacts(await openLake({ tables: {}, views }));
  }

  /** Has the lake hold these facts and no others. */
  async hold(rows: Rows): Promise<void> {
    for (const name of factNames) {
      await this.#lake.run(`delete from ${name}`);
      const source = { rows: (rows[name] ?? []).map(arrived) };
      await this.#lake.insert(name, { columns: columnsOf(name), source });
    }
  }

  /** Rows of a view or a query. */
  async ask(sql: string): Promise<readonly Row[]> {
    return (await this.#lake.query(sql)).rows;
  }

  async typesOf(view: string): Promise<readonly string[]> {
    const { columns } = await this.#lake.query(`select * from ${view}`);
    return columns.map(({ name, type }) => `${name} ${type}`);
  }

  close(): void {
    this.#lake.close();
  }
}

const arrived = (
  row: Readonly<Record<string, unknown>> & { readonly occurred_at: string },
): Readonly<Record<string, unknown>> => ({ dt: row.occurred_at.slice(0, 10), ...row });
