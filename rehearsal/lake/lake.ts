import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ColumnType } from '#core/contracts/facts.ts';
import { type Answer, LakeDatabase, quoted } from './duckdb.ts';
import type { CatalogTable, CatalogView, GlueCatalog } from './glue-catalog.ts';
import { KeptViews } from './kept-views.ts';
import { assertInsertable, staleColumns } from './stale-columns.ts';
import { Spool } from './spool.ts';

export interface LakeOptions {
  readonly catalog: GlueCatalog;
  /** Gets a folder a table, `touches/dt=2026-03-01/part-0.parquet`. */
  readonly dir: string;
}

/** What a query reads, tables of views included. */
export interface ReadByQuery {
  readonly tables: readonly CatalogTable[];
  readonly views: readonly CatalogView[];
}

/** DuckDB names a catalogue by its file: this is Athena's name of the Glue Data Catalog. */
const CATALOG_FILE = 'awsdatacatalog.duckdb';

/**
 * One: sums come out alike in two rehearsals, a day is written as one file, and other rehearsals run beside this one: two
 * answer sooner, and take more of the processors' time for it.
 */
const THREADS = 1;

/** A guess: rows of a query are not seen one by one. */
const VALUE_BYTES = 16;

/** What the delivery streams have written, and DuckDB to ask it: opened with the first question. */
export class Lake {
  /** What AWS would lose or refuse without a word to anybody. */
  readonly problems: string[] = [];
  readonly catalog: GlueCatalog;
  /** Real milliseconds of questions, and of rows on their way into the database. */
  busyMs = 0;
  readonly #dir: string;
  readonly #workDir: string;
  readonly #spool: Spool;
  readonly #rows = new Map<string, number>();
  readonly #bytes = new Map<string, number>();
  readonly #unwritten = new Set<string>();
  /** What each query and view names, once it was asked. */
  readonly #named = new Map<string, readonly string[]>();
  #kept: KeptViews | undefined;
  #database: Promise<LakeDatabase> | undefined;
  /** Made with the first question: to write, none is needed. */
  #views: Promise<void> | undefined;
  /** One question after the other: each says what time it is. */
  #last: Promise<unknown> = Promise.resolve();

  constructor({ catalog, dir }: LakeOptions) {
    this.catalog = catalog;
    this.#dir = dir;
    this.#workDir = join(dir, '.spool');
    this.#spool = new Spool(this.#workDir);
  }

  /** Rows by table, of those that have any. */
  get rows(): ReadonlyMap<string, number> {
    return this.#rows;
  }

  /** Adds a row that is as the table's columns take it, in the partition `day`. */
  add({ name, partition }: CatalogTable, row: object, day: string): void {
    const bytes = this.#spool.add(name, { ...row, [partition]: day });
    this.#bytes.set(name, (this.#bytes.get(name) ?? 0) + bytes);
    this.#rows.set(name, (this.#rows.get(name) ?? 0) + 1);
    this.#unwritten.add(name);
  }

  /** Bytes of tables as lines of JSON: of Parquet they are a fraction. */
  bytesOf(tables: readonly CatalogTable[]): number {
    return tables.reduce((total, { name }) => total + (this.#bytes.get(name) ?? 0), 0);
  }

  /** @throws for a query that DuckDB cannot read, with its message */
  async readBy(sql: string): Promise<ReadByQuery> {
    const database = await this.#openWithViews();
    const tables = new Set<CatalogTable>();
    const views = new Set<CatalogView>();
    const add = async (text: string): Promise<void> => {
      for (const name of await this.#namedBy(database, text)) {
        const table = this.catalog.tables.get(name);
        const view = this.catalog.views.get(name);
        if (table !== undefined) tables.add(table);
        if (view === undefined || views.has(view)) continue;
        views.add(view);
        await add(view.sql);
      }
    };
    await add(sql);
    return { tables: [...tables], views: [...views] };
  }

  /** Asks about all rows so far, at a time. @throws with DuckDB's message */
  query(sql: string, nowMs: number): Promise<Answer> {
    return this.#inTurn(async () => {
      const database = await this.#ready(sql, nowMs);
      return database.query(sql);
    });
  }

  /** @throws for one that is not in the catalogue, or is a view */
  tableToFill(name: string): CatalogTable {
    const found = this.catalog.tables.get(name.split('.').at(-1)?.toLowerCase() ?? '');
    if (found !== undefined) return found;
    const tables = [...this.catalog.tables.keys()].join(', ');
    throw new Error(
      `INSERT INTO ${name}: the catalogue has no such table; its tables are ${tables}`,
    );
  }

  /** Adds the rows of a query to a table, as of a time. @throws with DuckDB's message, and for columns of other types */
  fill(table: CatalogTable, select: string, nowMs: number): Promise<Answer> {
    return this.#inTurn(async () => {
      const database = await this.#ready(select, nowMs);
      const { rows, columns } = await database.insertQuery(table.name, select, (given) =>
        assertInsertable(table.name, columnsOf(table), given),
      );
      if (rows > 0) await this.#hasGot(table.name);
      this.#rows.set(table.name, (this.#rows.get(table.name) ?? 0) + rows);
      this.#bytes.set(
        table.name,
        (this.#bytes.get(table.name) ?? 0) + rows * columns * VALUE_BYTES,
      );
      return { columns: [], rows: [] };
    });
  }

  /** Opens the database if there are rows, so that views that cannot be made are known. */
  async check(): Promise<void> {
    if (this.#rows.size > 0) await this.#openWithViews();
  }

  /** Writes the tables that have got rows since the last time; nothing when none has. */
  write(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#unwritten.size === 0) return;
      const database = await this.#open();
      await this.#load(database);
      for (const name of this.#unwritten) await this.#writeTable(database, name);
      this.#unwritten.clear();
    });
  }

  /** Ends the database; what was not written is gone. */
  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    (await this.#database)?.close();
    await rm(this.#workDir, { recursive: true, force: true });
  }

  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const turn = this.#last
      .catch(() => undefined)
      .then(async () => {
        const startMs = performance.now();
        try {
          return await act();
        } finally {
          this.busyMs += performance.now() - startMs;
        }
      });
    this.#last = turn;
    return turn;
  }

  /** All rows are in, it is the time, and views that are asked often are tables. */
  async #ready(sql: string, nowMs: number): Promise<LakeDatabase> {
    const database = await this.#openWithViews();
    await this.#load(database);
    await database.setNow(nowMs);
    this.#kept ??= new KeptViews(database);
    const named = (await this.#namedBy(database, sql)).map((name) => this.catalog.views.get(name));
    await this.#kept.asked(
      named.filter((view) => view !== undefined),
      async (view) => [
        view.sql,
        ...(await this.readBy(view.sql)).views.map(({ sql: text }) => text),
      ],
    );
    return database;
  }

  async #namedBy(database: LakeDatabase, sql: string): Promise<readonly string[]> {
    const named = this.#named.get(sql) ?? (await database.tablesOf(sql));
    this.#named.set(sql, named);
    return named;
  }

  async #hasGot(name: string): Promise<void> {
    this.#unwritten.add(name);
    await this.#kept?.forget();
  }

  #open(): Promise<LakeDatabase> {
    this.#database ??= this.#make();
    return this.#database;
  }

  async #make(): Promise<LakeDatabase> {
    const { database, tables } = this.catalog;
    await mkdir(this.#workDir, { recursive: true });
    const lake = await LakeDatabase.open(join(this.#workDir, CATALOG_FILE), database.name, THREADS);
    for (const table of tables.values())
      await lake.createTable(table.name, { columns: columnsOf(table), source: { rows: [] } });
    return lake;
  }

  async #openWithViews(): Promise<LakeDatabase> {
    const database = await this.#open();
    this.#views ??= this.#makeViews(database);
    await this.#views;
    return database;
  }

  async #makeViews(database: LakeDatabase): Promise<void> {
    const views = [...this.catalog.views.values()];
    try {
      await database.createViews(views);
      for (const view of views) this.problems.push(...(await staleColumns(database, view)));
    } catch (error) {
      this.problems.push(`lake: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #load(database: LakeDatabase): Promise<void> {
    for (const [name, file] of this.#spool.take()) {
      const table = this.catalog.tables.get(name);
      if (table === undefined) throw new Error(`the catalogue has no table ${name}`);
      await database.insert(name, { columns: columnsOf(table), source: { ndjson: [file] } });
      await this.#kept?.forget();
      await rm(file);
    }
  }

  async #writeTable(database: LakeDatabase, name: string): Promise<void> {
    const partition = this.catalog.tables.get(name)?.partition ?? '';
    const folder = join(this.#dir, name);
    await rm(folder, { recursive: true, force: true });
    await database.run(
      `COPY (SELECT * FROM ${quoted(name)} ORDER BY ${quoted(partition)}) TO ${quoted(folder, "'")} (FORMAT parquet, PARTITION_BY (${quoted(partition)}), FILENAME_PATTERN 'part-{i}')`,
    );
  }
}

const columnsOf = ({ columns, partition }: CatalogTable): Readonly<Record<string, ColumnType>> => ({
  ...columns,
  [partition]: 'string',
});
