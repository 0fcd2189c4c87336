import type { CatalogItem } from '../domain/catalogue/catalog-item.ts';
import type { Catalogue } from '../ports/catalogue.ts';

/** How long an instance of a function remembers what it read. */
export interface Remembering {
  readonly forMs: number;
  /** Entries; of more, the oldest are forgotten. */
  readonly most: number;
  readonly nowMs: () => number;
}

/**
 * Reads once, and again when what was read is too old. Readings of the same at the same time are one; one that failed
 * is not remembered.
 */
export const remembered = <Args extends readonly string[], Value>(
  read: (...args: Args) => Promise<Value>,
  { forMs, most, nowMs }: Remembering,
): ((...args: Args) => Promise<Value>) => {
  const kept = new Map<string, { readonly untilMs: number; readonly value: Promise<Value> }>();
  return (...args) => {
    const name = JSON.stringify(args);
    const known = kept.get(name);
    if (known !== undefined && nowMs() < known.untilMs) return known.value;
    const value = read(...args).catch((error: unknown) => {
      kept.delete(name);
      throw error;
    });
    kept.delete(name);
    kept.set(name, { untilMs: nowMs() + forMs, value });
    forgetOldest(kept, most);
    return value;
  };
};

/** Reads items of the catalogue, each once until it is too old, and those that are asked for together together. */
export const rememberedItems = (
  find: Catalogue['find'],
  { forMs, most, nowMs }: Remembering,
): Catalogue['find'] => {
  const kept = new Map<string, { readonly untilMs: number; readonly item?: CatalogItem }>();
  return async (shop, skus) => {
    const askedMs = nowMs();
    const fresh = new Map<string, CatalogItem | undefined>();
    for (const sku of new Set(skus)) {
      const known = kept.get(nameOf(shop, sku));
      if (known !== undefined && askedMs < known.untilMs) fresh.set(sku, known.item);
    }
    const missing = [...new Set(skus)].filter((sku) => !fresh.has(sku));
    const found = missing.length === 0 ? [] : await find(shop, missing);
    const bySku = new Map(found.map((item) => [item.sku, item]));
    for (const sku of missing) {
      const item = bySku.get(sku);
      const name = nameOf(shop, sku);
      fresh.set(sku, item);
      kept.delete(name);
      // That there is none is worth knowing too.
      kept.set(name, { untilMs: askedMs + forMs, ...(item === undefined ? {} : { item }) });
    }
    forgetOldest(kept, most);
    return [...fresh.values()].filter((item) => item !== undefined);
  };
};

const nameOf = (shop: string, sku: string): string => JSON.stringify([shop, sku]);

/** A map keeps the order in which its entries came. */
const forgetOldest = (kept: Map<string, unknown>, most: number): void => {
  for (const name of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(name);
  }
};
