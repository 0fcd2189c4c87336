import type { ColumnType } from '#core/contracts/facts.ts';
import { type AnswerColumn, type LakeDatabase, quoted } from './duckdb.ts';
import type { CatalogView } from './glue-catalog.ts';

/** DuckDB's types that Trino would turn into the declared one by itself. A sum is a HUGEINT in DuckDB alone. */
const COERCED: Readonly<Record<string, readonly string[]>> = {
  varchar: ['VARCHAR'],
  integer: ['INTEGER', 'SMALLINT', 'TINYINT'],
  bigint: ['BIGINT', 'HUGEINT', 'INTEGER', 'SMALLINT', 'TINYINT'],
  double: ['DOUBLE', 'FLOAT', 'BIGINT', 'HUGEINT', 'INTEGER', 'SMALLINT', 'TINYINT'],
  boolean: ['BOOLEAN'],
  date: ['DATE'],
  timestamp: ['TIMESTAMP', 'DATE'],
};

/**
 * What of a view's columns is not as it declares them: such a view Athena calls "stale" and refuses to read (Trino,
 * `StatementAnalyzer`: names have to be the same, types to be coercible).
 */
export const staleColumns = async (
  lake: LakeDatabase,
  { name, columns }: CatalogView,
): Promise<readonly string[]> => {
  const given = (await lake.query(`SELECT * FROM ${quoted(name)} LIMIT 0`)).columns;
  const names = listed(given);
  const declared = listed(columns);
  if (names !== declared)
    return [
      `lake: view ${name}: its columns are declared as ${declared}; its query gives ${names}`,
    ];
  return columns.flatMap(({ name: column, type }, at) => {
    const got = given[at]?.type ?? '';
    return fits(type, got)
      ? []
      : [`lake: view ${name}: column ${column} is declared as ${type}; its query gives ${got}`];
  });
};

/** Hive's names of types in Trino's words. */
const TRINO: Readonly<Record<ColumnType, string>> = {
  string: 'varchar',
  int: 'integer',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp',
};

/**
 * Throws where Trino would refuse to insert: what a query gives is matched with the columns by its order, not by name.
 *
 * @param table its columns, the partition last
 */
export const assertInsertable = (
  table: string,
  columns: Readonly<Record<string, ColumnType>>,
  given: readonly AnswerColumn[],
): void => {
  const wanted = Object.entries(columns);
  const fitting =
    wanted.length === given.length &&
    wanted.every(([, type], at) => fits(TRINO[type], given[at]?.type ?? ''));
  if (fitting) return;
  const told = (all: readonly string[]): string => all.join(', ');
  throw new Error(
    `TYPE_MISMATCH: Insert query has mismatched column types: Table ${table}: [${told(wanted.map(([, type]) => TRINO[type]))}], Query: [${told(given.map(({ type }) => type))}]`,
  );
};

const listed = (columns: readonly Pick<AnswerColumn, 'name'>[]): string =>
  columns.map(({ name }) => name).join(', ');

/** Of types that are not in the table nothing is said; NULL has DuckDB's own type. */
const fits = (declared: string, given: string): boolean => {
  const coerced = COERCED[declared.replace(/\(.*$/, '')];
  return coerced === undefined || given === '"NULL"' || coerced.includes(given);
};
