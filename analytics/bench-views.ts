import { metricsConfig } from '#core/contracts/metrics-config.ts';
import type { LakeDatabase } from '#rehearsal/lake/duckdb.ts';
import { openLake } from '#rehearsal/lake/open-lake.ts';
import { benchFacts } from './bench-facts.ts';
import { retailFacts } from './retail-facts.ts';
import { viewsOf } from './views.ts';

export interface ViewFigures {
  readonly view: string;
  readonly rows: number;
  /** From the facts and the views that it reads, which are computed by then, to its last row. */
  readonly milliseconds: number;
}

/** What the views say of repeat purchases; shares 0 to 1, times in days. */
export interface RepeatFigures {
  readonly customers: number;
  /** Matured, of 90 days. */
  readonly retention: number | undefined;
  /** Of 30, 60, 90, 180 and 365 days. */
  readonly boughtAgain: readonly { readonly days: number; readonly share: number }[];
  readonly median: number | undefined;
  readonly medianLower: number | undefined;
  readonly medianUpper: number | undefined;
}

export interface BenchedViews {
  readonly lines: number;
  readonly views: readonly ViewFigures[];
  readonly repeat: RepeatFigures;
}

const shop = { currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE' };

const input = {
  shops: {
    hearth: { ...shop, name: 'Hearth' },
    northside: { ...shop, name: 'Northside', currency: 'USD', timeZone: 'America/Chicago' },
    retail: { ...shop, name: 'Online Retail', currency: 'GBP', timeZone: 'UTC', country: 'GB' },
  },
  metrics: metricsConfig.parse({
    targets: [{ quarter: '2026-Q1', targetMinor: 1_000_000, owner: 'retention' }],
  }),
  reportingCurrency: 'EUR',
  arms: [
    { experiment: 'holdout', arm: 'holdout', share: 0.05, isControl: true },
    { experiment: 'holdout', arm: 'treated', share: 0.95, isControl: false },
  ],
};

/**
 * Computes every view over facts, each once, and times it.
 *
 * @param source a number of order lines to make up, with the facts that go with them, or a CSV file (or .csv.gz) of
 *   order lines with the columns of UCI Online Retail
 */
export const benchViews = async (
  source: { readonly lines: number } | { readonly file: string },
  onView: (view: string) => void = () => undefined,
): Promise<BenchedViews> => {
  const views = viewsOf(input);
  const lake = await openLake({ tables: {}, views });
  try {
    const facts = 'file' in source ? retailFacts(source.file) : benchFacts(source.lines);
    for (const statement of facts) await lake.run(statement);
    const figures: ViewFigures[] = [];
    for (const { name } of views.filter((view) => !view.name.startsWith('config_'))) {
      onView(name);
      figures.push(await timed(lake, name));
    }
    return {
      lines: await countOf(lake, 'order_lines'),
      views: figures,
      repeat: await repeatOf(lake),
    };
  } finally {
    lake.close();
  }
};

/** Those that come after read the table in the view's place, as they would read one that is kept overnight. */
const timed = async (lake: LakeDatabase, view: string): Promise<ViewFigures> => {
  const start = performance.now();
  await lake.run(`create table kept_${view} as select * from ${view}`);
  const milliseconds = performance.now() - start;
  await lake.run(`create or replace view ${view} as select * from kept_${view}`);
  return { view, rows: await countOf(lake, view), milliseconds };
};

const countOf = async (lake: LakeDatabase, table: string): Promise<number> =>
  Number((await lake.query(`select count(*) as n from ${table}`)).rows[0]?.['n']);

const repeatOf = async (lake: LakeDatabase): Promise<RepeatFigures> => {
  const retention = await firstRow(
    lake,
    'select sum(customers) as n, cast(sum(retained) as double) / nullif(sum(customers), 0) as share from retention_90d',
  );
  const curve = await lake.query(
    `select w.days, max_by(c.bought_again, c.day) as share from time_to_second_purchase as c
      join (values (30), (60), (90), (180), (365)) as w (days) on c.day <= w.days
      where c.shop = (select min(shop) from time_to_second_purchase) group by w.days order by w.days`,
  );
  const median = await firstRow(
    lake,
    `select min(day) filter (where bought_again >= 5e-1) as median,
      min(day) filter (where upper >= 5e-1) as lower_days, min(day) filter (where lower >= 5e-1) as upper_days
      from time_to_second_purchase where shop = (select min(shop) from time_to_second_purchase)`,
  );
  return {
    customers: retention('n') ?? 0,
    retention: retention('share'),
    boughtAgain: curve.rows.map(({ days, share }) => ({
      days: Number(days),
      share: Number(share),
    })),
    median: median('median'),
    medianLower: median('lower_days'),
    medianUpper: median('upper_days'),
  };
};

const firstRow = async (
  lake: LakeDatabase,
  sql: string,
): Promise<(column: string) => number | undefined> => {
  const [row = {}] = (await lake.query(sql)).rows;
  return (column) => {
    const value = row[column] ?? undefined;
    return value === undefined ? undefined : Number(value);
  };
};
