import type { CatalogView } from './glue-catalog.ts';
import { type LakeDatabase, quoted } from './duckdb.ts';

/** What makes a query say something else although the rows are the same. */
const VOLATILE =
  /\b(?:now|current_date|current_time|current_timestamp|localtime|localtimestamp|random|rand|shuffle|uuid)\b/i;

/**
 * Views that are asked again while no row is added: a job that takes its customers in sixteen parts asks the same view
 * sixteen times. They become tables of the session, which DuckDB finds before the views of the same name.
 */
export class KeptViews {
  readonly #database: LakeDatabase;
  readonly #asked = new Set<CatalogView>();
  readonly #kept = new Set<CatalogView>();

  constructor(database: LakeDatabase) {
    this.#database = database;
  }

  /**
   * To be called before a query.
   *
   * @param named the views that it names itself
   * @param textsOf all that a view's rows depend on
   */
  async asked(
    named: readonly CatalogView[],
    textsOf: (view: CatalogView) => Promise<readonly string[]>,
  ): Promise<void> {
    for (const view of named) {
      if (this.#kept.has(view)) continue;
      if (!this.#asked.has(view)) this.#asked.add(view);
      else if (!(await textsOf(view)).some((text) => VOLATILE.test(text))) await this.#keep(view);
    }
  }

  /** To be called when rows have been added. */
  async forget(): Promise<void> {
    for (const { name } of this.#kept) await this.#database.run(`DROP TABLE temp.${quoted(name)}`);
    this.#kept.clear();
    this.#asked.clear();
  }

  async #keep(view: CatalogView): Promise<void> {
    const name = quoted(view.name);
    await this.#database.run(`CREATE TEMP TABLE ${name} AS SELECT * FROM ${name}`);
    this.#kept.add(view);
  }
}
