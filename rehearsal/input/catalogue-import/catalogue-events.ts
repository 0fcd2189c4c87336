import { createHash } from 'node:crypto';
import { SECOND_MS } from '../duration.ts';
import { type TimedEvent, told } from '../timed-event.ts';
import type { ImportedItem, ImportedProduct } from './catalogue-product.ts';

/**
 * Products as their shops tell of them. The id of an event is made of what it says: the same product
 * said again is the same event.
 *
 * @param startMs when the first is told, milliseconds since 1970
 * @param everyMs between one and the next; 0 for what is sent now, since a word from the future would outlast later ones
 */
export const catalogueEventsOf = (
  products: readonly ImportedProduct[],
  startMs: number,
  everyMs: number = SECOND_MS,
): readonly TimedEvent[] =>
  products.map(({ shop, ...item }, at) =>
    told(
      'CatalogItemUpdated',
      { shop, eventId: eventIdOf(shop, item), occurredAtMs: startMs + at * everyMs },
      { item },
    ),
  );

/** Ids have at most 128 characters. */
const SKU_CHARACTERS = 64;
const DIGEST_CHARACTERS = 32;

const eventIdOf = (shop: string, item: ImportedItem): string => {
  const digest = createHash('sha256')
    .update(`${shop}\n${contentOf(item)}`)
    .digest('hex');
  return `catalogue/${item.sku.slice(0, SKU_CHARACTERS)}/${digest.slice(0, DIGEST_CHARACTERS)}`;
};

/** Members that are not the shop's word on a product, wherever it is kept. */
const kept = new Set(['shop', 'updatedAt', 'approvedFacts']);

/** What is said of a product as text, the same in whatever order its members are. */
export const contentOf = (item: object): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(item).filter(([name]) => !kept.has(name))),
    (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : value,
  );
