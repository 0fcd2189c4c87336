import type { ContentKind } from '#core/domain/content/content.ts';
import type { ProductContents } from '#core/ports/product-contents.ts';
import type { ReadLiveTexts } from '../live-texts.ts';
import type { OrderCoverage } from './roll-out-report.ts';

/** Orders of a shop that had exactly these products. */
export interface OrderGroup {
  readonly shop: string;
  readonly skus: readonly string[];
  readonly orders: number;
}

export interface CoverageDeps {
  /** What messages may carry now. */
  readonly live: ReadLiveTexts;
  /** What they could carry without the texts of the run. */
  readonly liveBefore: ReadLiveTexts;
  /** By shop. */
  readonly locales: Readonly<Record<string, readonly string[]>>;
}

/** What says how to use or care for a product. */
const HELPFUL: readonly ContentKind[] = ['usage-guide', 'care'];

/** Groups that are looked at together, so that products are read by the hundred. */
const AT_ONCE = 500;

/** A product with a text in every locale of its shop. */
export const EVERY_LOCALE = 'every';

/** Contents as they were before a run: without the versions that its requests drafted. */
export const withoutRun = (
  contents: Pick<ProductContents, 'textsOf'>,
  requests: string,
): Pick<ProductContents, 'textsOf'> => ({
  textsOf: async (...wanted) =>
    (await contents.textsOf(...wanted)).map((texts) => ({
      ...texts,
      versions: texts.versions.filter(({ requestId }) => !requestId.startsWith(requests)),
    })),
});

interface Counts {
  orders: number;
  readonly before: { some: number; every: number };
  readonly after: { some: number; every: number };
}

/** Of a product, the locales in which it has a text. */
interface Spoken {
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
}

/** Which of the orders have a line, or lines alone, whose product has a helpful text; by shop and locale. */
export const orderCoverage = async (
  deps: CoverageDeps,
  groups: AsyncIterable<OrderGroup>,
): Promise<readonly OrderCoverage[]> => {
  const shops = new Map<string, ShopCoverage>();
  for await (const batch of batchesOf(groups))
    for (const [shop, own] of Map.groupBy(batch, (group) => group.shop)) {
      const locales = deps.locales[shop];
      if (locales === undefined) continue;
      const coverage = shops.get(shop) ?? new ShopCoverage(deps, shop, locales);
      shops.set(shop, coverage);
      await coverage.add(own);
    }
  return [...shops.values()].flatMap((coverage) => coverage.rows);
};

async function* batchesOf(
  groups: AsyncIterable<OrderGroup>,
): AsyncGenerator<readonly OrderGroup[]> {
  let batch: OrderGroup[] = [];
  for await (const group of groups) {
    batch.push(group);
    if (batch.length < AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

class ShopCoverage {
  readonly #deps: CoverageDeps;
  readonly #shop: string;
  readonly #locales: readonly string[];
  /** Of every product that was asked for: a SKU and a few words each. */
  readonly #spoken = new Map<string, Spoken>();
  readonly #counts = new Map<string, Counts>();

  constructor(deps: CoverageDeps, shop: string, locales: readonly string[]) {
    this.#deps = deps;
    this.#shop = shop;
    this.#locales = locales;
  }

  get rows(): readonly OrderCoverage[] {
    return [...this.#counts].map(([locale, counts]) => ({ shop: this.#shop, locale, ...counts }));
  }

  async add(groups: readonly OrderGroup[]): Promise<void> {
    await this.#read([...new Set(groups.flatMap(({ skus }) => skus))]);
    const rows = [EVERY_LOCALE, ...(this.#locales.length > 1 ? this.#locales : [])];
    for (const { skus, orders } of groups)
      for (const row of rows) {
        const asked = row === EVERY_LOCALE ? this.#locales : [row];
        const has = (when: keyof Spoken) => (sku: string) =>
          asked.every((locale) => this.#spoken.get(sku)?.[when].has(locale) === true);
        const counts = this.#counts.get(row) ?? noCounts();
        this.#counts.set(row, counts);
        counts.orders += orders;
        for (const when of ['before', 'after'] as const) {
          if (skus.some(has(when))) counts[when].some += orders;
          if (skus.every(has(when))) counts[when].every += orders;
        }
      }
  }

  async #read(skus: readonly string[]): Promise<void> {
    const unread = skus.filter((sku) => !this.#spoken.has(sku));
    if (unread.length === 0) return;
    const { live, liveBefore } = this.#deps;
    const [after, before] = await Promise.all([
      this.#localesBySku(live, unread),
      this.#localesBySku(liveBefore, unread),
    ]);
    const none: ReadonlySet<string> = new Set();
    for (const sku of unread)
      this.#spoken.set(sku, { before: before.get(sku) ?? none, after: after.get(sku) ?? none });
  }

  async #localesBySku(
    read: ReadLiveTexts,
    skus: readonly string[],
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const found = new Map<string, Set<string>>();
    for (const locale of this.#locales) {
      const wanted = { shop: this.#shop, skus, kinds: HELPFUL, locale };
      for (const { sku } of await read(wanted))
        found.set(sku, (found.get(sku) ?? new Set()).add(locale));
    }
    return found;
  }
}

const noCounts = (): Counts => ({
  orders: 0,
  before: { some: 0, every: 0 },
  after: { some: 0, every: 0 },
});
