import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { affinityLists, computeDueDays, createAffinityTables } from '#analytics/affinity-lake.ts';
import type { AffinityConfig } from '#core/contracts/affinity-config.ts';
import { type BasketAffinity, basketAffinity } from '#core/domain/affinity/affinity-list.ts';
import { columnsOf, openLake } from '#rehearsal/lake/open-lake.ts';
import type { Sale } from './read-sales.ts';

export interface Learnt {
  readonly affinity: BasketAffinity;
  readonly lists: number;
  /** Of the statements that Athena would be asked, on DuckDB. */
  readonly seconds: number;
}

const SHOP = 'shop';

/** Lines of JSON in one text: a string of V8 has half a gigabyte at most. */
const AT_ONCE = 100_000;

/**
 * Learns from sales as the deployed product does: the same statements, on DuckDB.
 *
 * @param asOf the day after the last that counts: `2011-10-01`
 */
export const learntFrom = async (
  sales: readonly Sale[],
  config: AffinityConfig,
  asOf: string,
  onMonth?: (share: number) => void,
): Promise<Learnt> => {
  const lake = await openLake({ tables: {}, nowMs: Date.parse(`${asOf}T03:00:00Z`) });
  const dir = await mkdtemp(join(tmpdir(), 'afterglow-affinity-'));
  try {
    await lake.run(`create table config_shops as select '${SHOP}' as shop, 'UTC' as time_zone`);
    await createAffinityTables(lake, config);
    for (let from = 0; from < sales.length; from += AT_ONCE) {
      const file = join(dir, `${from}.ndjson`);
      await writeFile(
        file,
        sales
          .slice(from, from + AT_ONCE)
          .map(lineOf)
          .join('\n'),
      );
      const source = { ndjson: [file] };
      await lake.insert('order_lines', { columns: columnsOf('order_lines'), source });
    }
    const start = performance.now();
    await computeDueDays(lake, config, onMonth);
    const lists = await affinityLists(lake, config);
    const seconds = (performance.now() - start) / 1000;
    return {
      affinity: basketAffinity(lists.map(({ list }) => list)),
      lists: lists.length,
      seconds,
    };
  } finally {
    lake.close();
    await rm(dir, { recursive: true });
  }
};

const lineOf = ({ orderId, sku, category, day, row }: Sale): string =>
  JSON.stringify({
    fact_id: `${orderId}.${sku}`,
    shop: SHOP,
    order_id: orderId,
    line_id: String(row),
    occurred_at: `${day}T12:00:00Z`,
    placed_at: `${day}T12:00:00Z`,
    sku,
    ...(category === '' ? {} : { category }),
    class: 'primary',
    dt: day,
  });
