import * as z from 'zod';
import type { AffinityConfig } from '#core/contracts/affinity-config.ts';
import { affinityListOf } from '#core/contracts/affinity-rows.ts';
import type { ColumnType } from '#core/contracts/facts.ts';
import type { ShopList } from '#core/domain/affinity/affinity-list.ts';
import type { LakeDatabase } from '#rehearsal/lake/duckdb.ts';
import { type AffinityModel, affinityModel, affinityTables } from './models.ts';

/** What is computed in one go: the due days of a month. */
const batches = z.array(z.object({ days: z.string(), since: z.string(), until: z.string() }));

type Batch = z.output<typeof batches>[number];

const columnTypes = ['string', 'int', 'bigint', 'double', 'boolean', 'timestamp'] as const;

const isColumnType = (type: string): type is ColumnType =>
  columnTypes.some((known) => known === type);

/** Makes the tables that the models fill. @throws for a column of a type that tables do not have */
export const createAffinityTables = async (
  lake: LakeDatabase,
  config: AffinityConfig,
): Promise<void> => {
  for (const table of affinityTables) {
    const columns = affinityModel(table, config).columns.map(({ name, type }) => {
      if (isColumnType(type)) return [name, type] as const;
      throw new Error(`${table}.sql: a table has no column of type ${type}`);
    });
    const source = { rows: [] };
    await lake.createTable(table, { columns: Object.fromEntries(columns), source });
  }
};

/**
 * What the question marks of a statement stand for, in their order, as the state machine passes them.
 *
 * @param startedAt of the run, ISO 8601
 */
const parametersOf = (
  name: AffinityModel,
  { days, since, until }: Batch,
  startedAt: string,
): readonly string[] => {
  const ofBaskets = [since, since, until, since, since, days];
  return name === 'affinity_days'
    ? [...ofBaskets, days, since, startedAt, since, startedAt]
    : ofBaskets;
};

/** Without comments, in which a question mark is none. */
const withParameters = (sql: string, parameters: readonly string[]): string => {
  let used = 0;
  return sql.replaceAll(/--[^\n]*|\?/g, (piece) =>
    piece === '?' ? `'${parameters[used++] ?? ''}'` : '',
  );
};

/**
 * Computes the days that are due, month by month, and records that they are: on DuckDB what the state machine
 * learn-affinity does on Athena.
 *
 * @param lake with the facts, `config_shops` and the tables of the models; the time is what it says
 * @returns the days
 */
export const computeDueDays = async (
  lake: LakeDatabase,
  config: AffinityConfig,
  onMonth: (share: number) => void = () => undefined,
): Promise<readonly string[]> => {
  const sqlOf = (name: AffinityModel) => affinityModel(name, config).sql;
  const started = await lake.query('select to_iso8601(current_timestamp) as at');
  const startedAt = z.string().parse(started.rows[0]?.['at']);
  const due = batches.parse((await lake.query(sqlOf('affinity_due'))).rows);
  for (const [index, batch] of due.entries()) {
    onMonth(index / due.length);
    for (const table of affinityTables)
      await lake.query(withParameters(sqlOf(table), parametersOf(table, batch, startedAt)));
  }
  onMonth(1);
  return due.flatMap(({ days }) => days.split(','));
};

/** The lists of all shops, of the days that are computed. */
export const affinityLists = async (
  lake: LakeDatabase,
  config: AffinityConfig,
): Promise<readonly ShopList[]> => {
  const { rows } = await lake.query(affinityModel('affinity_lists', config).sql);
  return rows.map((row) =>
    affinityListOf(
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      ),
    ),
  );
};
