import { factNames, type FactName } from '#core/contracts/facts.ts';
import { type Answer, LakeDatabase, type LakeView, quoted } from '../lake/duckdb.ts';
import { columnsOf, lakeFiles } from '../lake/open-lake.ts';
import type { SeenOffer } from './check-offers.ts';
import type { Scenario } from './scenario.ts';

/** The facts of one scenario up to a time, under the deployed views. */
type Slice = Pick<Scenario, 'shop' | 'orders'> & { readonly asOfMs: number };

const ALL = 'all_scenarios_';

/** What the scenarios left in the lake, asked one scenario at a time. To be closed. */
export class ScenarioLake {
  readonly #database: LakeDatabase;

  private constructor(database: LakeDatabase) {
    this.#database = database;
  }

  /**
   * @param dir the folder `lake` of a state
   * @throws for a view that cannot be made, naming it
   */
  static async open(dir: string, views: readonly LakeView[]): Promise<ScenarioLake> {
    const database = await LakeDatabase.open();
    try {
      const files = lakeFiles(dir);
      await database.run(
        'CREATE TABLE chosen_orders (shop VARCHAR, order_id VARCHAR); CREATE TABLE chosen_customers (customer VARCHAR); CREATE TABLE chosen_time (until TIMESTAMP)',
      );
      for (const name of factNames) {
        const source = files[name] ?? { rows: [] };
        await database.createTable(`${ALL}${name}`, { columns: columnsOf(name), source });
        await database.run(chosenRows(name));
      }
      await database.createViews(views);
      return new ScenarioLake(database);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** What was done with offers, and became of them: each once. */
  async offers(): Promise<readonly SeenOffer[]> {
    const { rows } = await this.#database.query(
      `SELECT fact_id, min(order_id) AS order_id, min(offer_id) AS offer_id, min(kind) AS kind, min(occurred_at) AS at FROM ${ALL}impressions GROUP BY fact_id`,
    );
    return rows.map((row) => ({
      orderId: textIn(row, 'order_id'),
      offerId: textIn(row, 'offer_id'),
      kind: textIn(row, 'kind'),
      atMs: Date.parse(textIn(row, 'at')),
    }));
  }

  /** All rows of a view, as if the slice were all that had ever happened. */
  async rowsOf(view: string, { shop, orders, asOfMs }: Slice): Promise<Answer['rows']> {
    const chosen = orders.map(({ orderId }) => `(${text(shop)}, ${text(orderId)})`);
    await this.#database.run(
      [
        'DELETE FROM chosen_orders; DELETE FROM chosen_customers; DELETE FROM chosen_time',
        ...(chosen.length === 0 ? [] : [`INSERT INTO chosen_orders VALUES ${chosen.join(', ')}`]),
        `INSERT INTO chosen_time VALUES (TIMESTAMP ${text(new Date(asOfMs).toISOString().slice(0, -1))})`,
        `INSERT INTO chosen_customers SELECT DISTINCT customer FROM ${ALL}order_lines JOIN chosen_orders USING (shop, order_id) WHERE customer IS NOT NULL`,
        `INSERT INTO chosen_customers SELECT DISTINCT merged_into FROM ${ALL}customer_links WHERE customer IN (SELECT customer FROM chosen_customers)`,
      ].join('; '),
    );
    await this.#database.setNow(asOfMs);
    return (await this.#database.query(`SELECT * FROM ${quoted(view)}`)).rows;
  }

  close(): void {
    this.#database.close();
  }
}

const textIn = (row: Answer['rows'][number], column: string): string => {
  const value = row[column];
  return typeof value === 'string' ? value : '';
};

const text = (value: string): string => quoted(value, "'");

/** Rows of the chosen orders, and those of their customers that are of no order. */
const chosenRows = (name: FactName): string => {
  const columns = columnsOf(name);
  const ofOrder = '(shop, order_id) IN (SELECT (shop, order_id) FROM chosen_orders)';
  const ofCustomer = 'customer IN (SELECT customer FROM chosen_customers)';
  const isOfOrders = 'order_id' in columns;
  const isOfCustomers = 'customer' in columns;
  const whose =
    isOfOrders && isOfCustomers
      ? `(${ofOrder} OR (order_id IS NULL AND ${ofCustomer}))`
      : isOfOrders
        ? ofOrder
        : ofCustomer;
  return `CREATE VIEW ${quoted(name)} AS SELECT * FROM ${ALL}${name} WHERE ${whose} AND occurred_at < (SELECT until FROM chosen_time)`;
};
