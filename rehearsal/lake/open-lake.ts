import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ColumnType,
  type FactName,
  type FactRow,
  factNames,
  facts,
  LAKE_PARTITION,
} from '#core/contracts/facts.ts';
import { LakeDatabase, type LakeView, type RowSource } from './duckdb.ts';

/** Rows of a fact as they are written by hand; `dt` is the day of `occurred_at` unless it is said. */
export type HandmadeRow<Name extends FactName> = FactRow<Name> & {
  readonly dt?: string | undefined;
};

/** What the tables of the facts are read from; one that is not named is empty. */
export type LakeTables = {
  readonly [Name in FactName]?:
    | { readonly rows: readonly HandmadeRow<Name>[] }
    | Exclude<RowSource, { readonly rows: unknown }>;
};

export interface OpenLakeOptions {
  readonly tables: LakeTables;
  /** In any order. @default none */
  readonly views?: readonly LakeView[] | undefined;
  /** What `current_date` and its kin say, in epoch milliseconds. @default the machine's time */
  readonly nowMs?: number | undefined;
}

/** The columns of a fact's table, its partition included. */
export const columnsOf = (name: FactName): Readonly<Record<string, ColumnType>> => ({
  ...Object.fromEntries(
    Object.entries(facts[name].columns).map(([column, { type }]) => [column, type]),
  ),
  [LAKE_PARTITION]: 'string',
});

/**
 * Opens the lake on DuckDB: a table a fact, and views on them. To be closed.
 *
 * @throws for a view that cannot be made, naming it, and for a row that is not as its table takes it
 */
export const openLake = async ({
  tables,
  views = [],
  nowMs,
}: OpenLakeOptions): Promise<LakeDatabase> => {
  const lake = await LakeDatabase.open();
  try {
    if (nowMs !== undefined) await lake.setNow(nowMs);
    for (const name of factNames) {
      const source = sourceOf(tables[name] ?? { rows: [] });
      await lake.createTable(name, { columns: columnsOf(name), source });
    }
    await lake.createViews(views);
    return lake;
  } catch (error) {
    lake.close();
    throw error;
  }
};

const sourceOf = (source: RowSource): RowSource =>
  'rows' in source ? { rows: source.rows.map(withDay) } : source;

const withDay = (row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  ...row,
  [LAKE_PARTITION]: row[LAKE_PARTITION] ?? String(row['occurred_at']).slice(0, 10),
});

/**
 * The Parquet files that a rehearsal left, by fact.
 *
 * @param lakeDir the folder `lake` of its state
 */
export const lakeFiles = (lakeDir: string): LakeTables =>
  Object.fromEntries(factNames.map((name) => [name, { parquet: parquetIn(join(lakeDir, name)) }]));

const parquetIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.parquet'))
        .sort()
        .map((file) => join(folder, file))
    : [];
