import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DuckDBConnection, DuckDBInstance, DuckDBType } from '@duckdb/node-api';
import type { ColumnType } from '#core/contracts/facts.ts';
import { tablesOfQuery } from './tables-of-query.ts';
import { inDuckDb } from './trino-names.ts';

/** Rows as a table of the lake holds them: arrays of rows for tests, else files. */
export type RowSource =
  | { readonly rows: readonly Readonly<Record<string, unknown>>[] }
  /** Files of one JSON object a line. */
  | { readonly ndjson: readonly string[] }
  | { readonly parquet: readonly string[] };

export interface LakeTable {
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly source: RowSource;
}

/** A query of Trino under a name. */
export interface LakeView {
  readonly name: string;
  readonly sql: string;
}

/** A column of an answer; the type in DuckDB's words: BIGINT, VARCHAR, TIMESTAMP. */
export interface AnswerColumn {
  readonly name: string;
  readonly type: string;
}

/** A value of an answer: whole numbers beyond 2^53 are text, instants ISO 8601 in UTC, days `2026-03-01`. */
export type AnswerValue =
  | string
  | number
  | boolean
  | null
  | readonly AnswerValue[]
  | { readonly [key: string]: AnswerValue };

export interface Answer {
  /** Names in small letters, as Trino has them. */
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly Readonly<Record<string, AnswerValue>>[];
}

const TYPES: Readonly<Record<ColumnType, string>> = {
  string: 'VARCHAR',
  int: 'INTEGER',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
};

const MACROS = fileURLToPath(new URL('trino-macros.sql', import.meta.url));

/** A name or a text in SQL. */
export const quoted = (text: string, mark: '"' | "'" = '"'): string =>
  `${mark}${text.replaceAll(mark, mark + mark)}${mark}`;

const listed = (files: readonly string[]): string =>
  `[${files.map((file) => quoted(file, "'")).join(', ')}]`;

/** DuckDB that answers as Trino would, as far as the macros and the names of this folder reach. */
export class LakeDatabase {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /**
   * Opens an empty database. DuckDB is loaded only here, as most of the tests need none.
   *
   * @param file where it is kept @default in memory
   * @param schema the database's name in queries @default `main`
   * @param threads that a question may take @default as many as there are cores
   */
  static async open(file = ':memory:', schema = 'main', threads?: number): Promise<LakeDatabase> {
    const { DuckDBInstance: Instance } = await import('@duckdb/node-api');
    const instance = await Instance.create(file, {
      autoinstall_known_extensions: 'false',
      // Else it keeps what its largest question took, for the next.
      allocator_background_threads: 'true',
      ...(threads === undefined ? {} : { threads: String(threads) }),
    });
    const connection = await instance.connect();
    await connection.run(`SET TimeZone = 'UTC'; ${await readFile(MACROS, 'utf8')}`);
    await connection.run(
      `CREATE SCHEMA IF NOT EXISTS ${quoted(schema)}; SET search_path = ${quoted(`${schema},main`, "'")}`,
    );
    return new LakeDatabase(instance, connection);
  }

  /** Has `now()`, `current_timestamp` and `current_date` say a time. */
  async setNow(nowMs: number): Promise<void> {
    const now = `TIMESTAMPTZ ${quoted(new Date(nowMs).toISOString(), "'")}`;
    await this.#connection.run(
      ['now', 'get_current_timestamp']
        .map((name) => `CREATE OR REPLACE MACRO main.${name}() AS ${now};`)
        .concat(`CREATE OR REPLACE MACRO main.current_date() AS CAST(${now} AS DATE)`)
        .join(' '),
    );
  }

  /** Makes a table and fills it; of Parquet files it is a view, so that they are read when asked. */
  async createTable(name: string, { columns, source }: LakeTable): Promise<void> {
    if ('parquet' in source && source.parquet.length > 0) {
      const names = Object.keys(columns).map((column) => quoted(column));
      const files = `read_parquet(${listed(source.parquet)}, union_by_name = true, hive_partitioning = true, hive_types_autocast = false)`;
      await this.#connection.run(
        `CREATE VIEW ${quoted(name)} AS SELECT ${names.join(', ')} FROM ${files}`,
      );
      return;
    }
    const declared = Object.entries(columns).map(
      ([column, type]) => `${quoted(column)} ${TYPES[type]}`,
    );
    await this.#connection.run(`CREATE TABLE ${quoted(name)} (${declared.join(', ')})`);
    await this.insert(name, { columns, source });
  }

  /** Adds rows or the rows of NDJSON files to a table. */
  async insert(name: string, { columns, source }: LakeTable): Promise<void> {
    const types = Object.entries(columns).map(([column, type]) => [column, TYPES[type]] as const);
    const into = `INSERT INTO ${quoted(name)} BY NAME`;
    if ('rows' in source && source.rows.length > 0) {
      const shape = quoted(JSON.stringify([Object.fromEntries(types)]), "'");
      await this.#connection.run(
        `${into} SELECT unnest(from_json_strict($1::JSON, ${shape}), recursive := true)`,
        [JSON.stringify(source.rows.map((row) => completed(name, row, columns)))],
      );
    }
    if ('ndjson' in source && source.ndjson.length > 0) {
      const shape = types.map(([column, type]) => `${quoted(column, "'")}: '${type}'`).join(', ');
      await this.#connection.run(
        `${into} SELECT * FROM read_json(${listed(source.ndjson)}, format = 'newline_delimited', columns = {${shape}})`,
      );
    }
  }

  /**
   * Makes views, each after those that it reads.
   *
   * @throws for one that is no query of DuckDB's or reads what is not there, naming it
   */
  async createViews(views: readonly LakeView[]): Promise<void> {
    for (const { name, sql } of await this.#inOrder(views)) {
      try {
        await this.#connection.run(`CREATE OR REPLACE VIEW ${quoted(name)} AS ${inDuckDb(sql)}`);
      } catch (error) {
        throw new Error(`view ${name}: ${messageOf(error)}`, { cause: error });
      }
    }
  }

  /**
   * Adds the rows of a query of Trino to a table, by the order of its columns.
   *
   * @param check of the columns that it gives, before anything is added
   * @returns how many rows of how many columns
   */
  async insertQuery(
    name: string,
    sql: string,
    check: (given: readonly AnswerColumn[]) => void,
  ): Promise<{ readonly rows: number; readonly columns: number }> {
    const { columns } = await this.query(`SELECT * FROM (${sql}\n) LIMIT 0`);
    check(columns);
    const { rows } = await this.query(`INSERT INTO ${quoted(name)} ${sql}`);
    return { rows: Number(rows[0]?.['count'] ?? 0), columns: columns.length };
  }

  /** Runs a query of Trino. @throws with DuckDB's message */
  async query(sql: string): Promise<Answer> {
    const reader = await this.#connection.runAndReadAll(inDuckDb(sql));
    const types = reader.columnTypes();
    const columns = reader
      .columnNames()
      .map((name, index) => ({ name: name.toLowerCase(), type: baseName(types[index]) }));
    const rows = reader
      .getRowsJS()
      .map((row) =>
        Object.fromEntries(columns.map(({ name, type }, index) => [name, plain(row[index], type)])),
      );
    return { columns, rows };
  }

  /**
   * The tables and views that a query of Trino names, without their database.
   *
   * @throws for what is no query, with DuckDB's message
   */
  async tablesOf(sql: string): Promise<readonly string[]> {
    const reader = await this.#connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [
      inDuckDb(sql),
    ]);
    return tablesOfQuery(reader.getRowsJson()[0]?.[0]);
  }

  /** Runs a statement of DuckDB's own. */
  async run(statement: string): Promise<void> {
    await this.#connection.run(statement);
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #inOrder(views: readonly LakeView[]): Promise<readonly LakeView[]> {
    const byName = new Map(views.map((view) => [view.name.toLowerCase(), view]));
    const ordered = new Set<LakeView>();
    const add = async (view: LakeView, readers: readonly string[]): Promise<void> => {
      if (readers.includes(view.name))
        throw new Error(`views read each other: ${[...readers, view.name].join(' → ')}`);
      for (const read of await this.#readBy(view)) {
        const needed = byName.get(read);
        if (needed !== undefined && !ordered.has(needed))
          await add(needed, [...readers, view.name]);
      }
      ordered.add(view);
    };
    for (const view of views) if (!ordered.has(view)) await add(view, []);
    return [...ordered];
  }

  async #readBy({ name, sql }: LakeView): Promise<readonly string[]> {
    try {
      return await this.tablesOf(sql);
    } catch (error) {
      throw new Error(`view ${name}: ${messageOf(error)}`, { cause: error });
    }
  }
}

/** A row with every column of its table. @throws for a key that is no column */
const completed = (
  table: string,
  row: Readonly<Record<string, unknown>>,
  columns: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const unknown = Object.keys(row).find((key) => !Object.hasOwn(columns, key));
  if (unknown === undefined)
    return Object.fromEntries(Object.keys(columns).map((column) => [column, row[column] ?? null]));
  const known = Object.keys(columns).join(', ');
  throw new Error(`table ${table} has no column ${unknown}; its columns are ${known}`);
};

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const baseName = (type: DuckDBType | undefined): string => String(type ?? 'VARCHAR');

const plain = (value: unknown, type: string): AnswerValue => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (value instanceof Date)
    return type === 'DATE' ? value.toISOString().slice(0, 10) : value.toISOString();
  if (Array.isArray(value)) return value.map((item) => plain(item, type.replace(/\[\d*\]$/, '')));
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string')
    return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, '')]));
};
