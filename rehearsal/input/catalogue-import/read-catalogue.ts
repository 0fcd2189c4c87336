import type { CatalogueMap, CatalogueMember } from './catalogue-map.ts';
import {
  type CatalogueShop,
  checkedProduct,
  type ImportedProduct,
  type ReadRecord,
  type RefusedRecord,
  shortened,
} from './catalogue-product.ts';
import { type CatalogueRecord, catalogueRecords } from './catalogue-records.ts';
import { mappedProduct } from './mapped-product.ts';
import { isShopifyProduct } from './shopify-fields.ts';
import { shopifyItems } from './shopify-products.ts';

export interface CatalogueReading {
  /** The shops that there are. A record that names another is refused. */
  readonly shops: readonly CatalogueShop[];
  /** Whose products they are where a record does not say so. */
  readonly shop?: string | undefined;
  /** Which column is what; without one, columns and members have our own names. */
  readonly map?: CatalogueMap | undefined;
}

/** What a file says of products. Each of its records is either usable or refused. */
export interface CatalogueFile {
  /** A SKU of a shop once, in the order of the file. */
  readonly products: readonly ImportedProduct[];
  readonly refused: readonly RefusedRecord[];
  /** Columns of a CSV file that nothing reads. */
  readonly unusedColumns: readonly string[];
}

/**
 * The products of a file: JSON lines (`.jsonl`, `.ndjson`), a JSON document or YAML list of items as CatalogItemUpdated
 * has them (with `shop`, or of `reading.shop`), CSV with a header, or any of these by a map; and products of Shopify
 * as its webhook or its GraphQL Admin API gives them. Each may end in `.gz`.
 *
 * @throws {UnreadableFile} when the file cannot be read at all
 * @throws {InvalidCatalogueMap} when the map does not fit the file's columns
 */
export const readCatalogueFile = async (
  file: string,
  reading: CatalogueReading,
): Promise<CatalogueFile> => {
  const { records, unusedColumns } = await catalogueRecords(file, reading.map);
  const read = records.flatMap((record) => readRecord(record, reading));
  const once = withoutDoubles(read);
  return {
    products: once.flatMap((each) => ('product' in each ? [each.product] : [])),
    refused: once.flatMap((each) => ('refused' in each ? [each.refused] : [])),
    unusedColumns,
  };
};

const readRecord = (record: CatalogueRecord, reading: CatalogueReading): readonly ReadRecord[] => {
  const { place } = record;
  if (record.kind === 'wrong') return [{ refused: { place, problem: record.problem } }];
  const shop = shopOf(shopIn(record), reading);
  if ('problem' in shop) return [{ refused: { place, ...skuIn(record), problem: shop.problem } }];
  if (record.kind === 'object' && isShopifyProduct(record.value))
    return shopifyItems(record.value, place, shop);
  const candidate =
    record.kind === 'cells'
      ? mappedProduct(record.cells, record.map, shop)
      : { item: ownItem(record.value) };
  return [checkedProduct({ place, shop: shop.id, ...candidate })];
};

type SoundRecord = Exclude<CatalogueRecord, { readonly kind: 'wrong' }>;

const memberOf = (record: SoundRecord, member: CatalogueMember): unknown =>
  record.kind === 'cells'
    ? record.cells.get(record.map.columns[member] ?? '')
    : new Map<string, unknown>(Object.entries(record.value)).get(member);

const skuIn = (record: SoundRecord): { readonly sku?: string } => {
  const sku = memberOf(record, 'sku');
  return typeof sku === 'string' && sku !== '' ? { sku } : {};
};

/** A product of Shopify does not say whose it is. */
const shopIn = (record: SoundRecord): unknown => {
  if (record.kind === 'object' && isShopifyProduct(record.value)) return undefined;
  const shop = memberOf(record, 'shop');
  return shop === '' ? undefined : shop;
};

const ownItem = (value: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'shop'));

const shopOf = (
  stated: unknown,
  { shops, shop }: CatalogueReading,
): CatalogueShop | { readonly problem: string } => {
  const said = stated ?? shop;
  const found = shops.find(({ id }) => id === said);
  if (found === undefined)
    return {
      problem: `shop: got ${said === undefined ? 'nothing' : shortened(said)}, expected one of ${shops.map(({ id }) => id).join(', ')}: name it in the file, or by --shop`,
    };
  return shop === undefined || said === shop
    ? found
    : { problem: `shop: got ${shortened(said)}, expected ${shop}, whose products are asked for` };
};

/** Of a SKU that stands there twice the first counts: which of the two is meant, nobody can know. */
const withoutDoubles = (read: readonly ReadRecord[]): readonly ReadRecord[] => {
  const first = new Map<string, string>();
  return read.map((each): ReadRecord => {
    if ('refused' in each) return each;
    const { place } = each;
    const { shop, sku } = each.product;
    const key = JSON.stringify([shop, sku]);
    const before = first.get(key);
    if (before === undefined) first.set(key, place);
    return before === undefined
      ? each
      : {
          refused: {
            place,
            sku,
            problem: `got ${shop}'s ${sku} again, expected each SKU once: ${before} has it and counts; take one out`,
          },
        };
  });
};
