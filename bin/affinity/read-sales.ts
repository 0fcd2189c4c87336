import type { ImportField, ImportMap } from '#rehearsal/input/order-import/import-map.ts';
import { mappedRows } from '#rehearsal/input/order-import/mapped-rows.ts';
import { valueOfField } from '#rehearsal/input/order-import/read-line.ts';
import type { Row } from '#rehearsal/input/order-import/read-rows.ts';
import { readTime } from '#rehearsal/input/order-import/read-time.ts';

/** A product that was sold in an order. */
export interface Sale {
  readonly orderId: string;
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly customer: string;
  /** By the file's own clock: `2011-10-01`. */
  readonly day: string;
  /** Row of the files, from 1: in its order the lines of an order are numbered. */
  readonly row: number;
}

export interface ReadSales {
  readonly sales: readonly Sale[];
  /** Rows of the files. */
  readonly rows: number;
}

export interface ReadSalesOptions {
  readonly map?: ImportMap | undefined;
  /** SKUs that count. @default of UCI Online Retail five digits first, else all */
  readonly skus?: RegExp | undefined;
  readonly onRows?: ((rows: number) => void) | undefined;
}

const EVERY = 100_000;

/** Of UCI Online Retail, which writes codes in small letters too, and whose other codes are postage, fees and corrections. */
const UCI_COLUMN = 'StockCode';
const UCI_SKUS = /^\d{5}/;

/**
 * The sales of order files, each product of an order once: what was cancelled, costs nothing or is no product is left
 * out.
 *
 * @throws {InvalidImportMap | UnreadableFile}
 */
export const readSales = async (
  files: readonly string[],
  { map: given, skus, onRows = () => undefined }: ReadSalesOptions = {},
): Promise<ReadSales> => {
  const sales = new Map<string, Sale>();
  let count = 0;
  for (const file of files) {
    const { map, rows } = await mappedRows(file, given);
    const isUci = map.columns.sku === UCI_COLUMN;
    const wanted = skus ?? (isUci ? UCI_SKUS : /./);
    for await (const row of rows) {
      count += 1;
      if (count % EVERY === 0) onRows(count);
      const sale = 'values' in row ? saleOf(row, map, { count, isUci }) : undefined;
      if (sale === undefined || !wanted.test(sale.sku)) continue;
      const key = JSON.stringify([sale.orderId, sale.sku]);
      if (!sales.has(key)) sales.set(key, sale);
    }
  }
  return { sales: [...sales.values()], rows: count };
};

const saleOf = (
  row: Row,
  map: ImportMap,
  { count, isUci }: { readonly count: number; readonly isUci: boolean },
): Sale | undefined => {
  const value = (field: ImportField): string =>
    map.columns[field] === undefined ? '' : valueOfField(row, map, field);
  const orderId = value('order');
  const code = value('sku') || value('name');
  const [quantity, price] = [numberIn(value('quantity'), map), numberIn(value('unitPrice'), map)];
  const atMs = readTime(value('at'), { timeZone: 'UTC', formats: map.dateFormats });
  const isSold = quantity > 0 && price > 0 && value('cancelledAt') === '';
  const isOrder = orderId !== '' && !prefixes(map).some((prefix) => orderId.startsWith(prefix));
  const isProduct = code !== '' && ![...map.shippingSkus, ...map.notProducts].includes(code);
  if (!isSold || !isOrder || !isProduct || atMs === undefined) return undefined;
  return {
    orderId,
    sku: isUci ? code.toUpperCase() : code,
    name: value('name'),
    category: value('category'),
    customer: value('customer') || value('email'),
    day: new Date(atMs).toISOString().slice(0, 10),
    row: count,
  };
};

const prefixes = ({ cancellationPrefix, adjustmentPrefix }: ImportMap): readonly string[] =>
  [cancellationPrefix, adjustmentPrefix].flatMap((prefix) => prefix ?? []);

const numberIn = (text: string, { decimalMark }: ImportMap): number =>
  Number(decimalMark === ',' ? text.replaceAll('.', '').replace(',', '.') : text);
