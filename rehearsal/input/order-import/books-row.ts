import type { ProductKind } from '#core/domain/orders/order-event.ts';
import { digitsOf } from './decimal.ts';
import { type Exact, piecesOf, productOf, readExact, readPrice, readQuantity } from './exact.ts';
import type { ImportField, ImportMap } from './import-map.ts';
import { kindOf, quoted, rejected, type Rejection, valueOfField } from './read-line.ts';
import type { Row } from './read-rows.ts';

/** What a row says of money, exactly as it says it; all rows count, whatever they are for. */
export interface BooksRow {
  readonly kind: 'row';
  readonly number: number;
  readonly part?: number | undefined;
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly productKind?: ProductKind | undefined;
  /** In 10^−6 of a piece; below zero of what came back. */
  readonly quantity: bigint;
  /** Of a piece, in 10^−12 of the major unit. */
  readonly price: bigint;
  /** Quantity × price, less the line's discount. */
  readonly amount: Exact;
  readonly currency: string;
  /** The order that it takes back, where the file says it. */
  readonly refundOf: string;
}

/** What stands for the SKU of a row that names no product: its money counts all the same. */
const NO_SKU = 'none';

const MAX_SKU = 128;

/** `orderCurrency` holds where the row names none. */
export const readBooksRow = (
  row: Row,
  map: ImportMap,
  orderCurrency: string,
): BooksRow | Rejection => {
  const value = (field: ImportField): string => valueOfField(row, map, field);
  const { decimalMark } = map;
  const currency = value('currency') || orderCurrency;
  if (digitsOf(currency) === undefined)
    return rejected('unknown-currency', `got ${quoted(currency)}, expected a code such as EUR`);
  const quantity = readQuantity(value('quantity'), decimalMark);
  if (quantity === undefined)
    return rejected('unreadable-quantity', `got ${quoted(value('quantity'))}, expected a number`);
  const price = readPrice(value('unitPrice'), decimalMark);
  const discount = readExact(value('lineDiscount') || '0', decimalMark);
  if (price === undefined || discount === undefined)
    return rejected(
      'unreadable-price',
      `got ${quoted(value('unitPrice'))}, expected an amount such as 2.55`,
    );
  const sku = value('sku') || value('name') || NO_SKU;
  return {
    kind: 'row',
    number: row.number,
    part: row.part,
    sku: sku.slice(0, MAX_SKU),
    name: value('name'),
    category: value('category'),
    productKind: isService(sku, map) ? 'service' : kindOf(row, map),
    quantity,
    price,
    amount: productOf(quantity, price) - (quantity < 0n ? -discount : discount),
    currency,
    refundOf: value('refundOf'),
  };
};

const isService = (sku: string, { shippingSkus, notProducts }: ImportMap): boolean =>
  shippingSkus.includes(sku) || notProducts.includes(sku);

/** Pieces of a line that is sold: what is sold by weight is one. */
export const piecesSold = ({ quantity }: BooksRow): number => piecesOf(quantity) ?? 1;

/** What a row is for the books of an ordinary order. */
export type RowUse =
  /** a line that is sold, for nothing at times */
  | 'sold'
  /** pieces that came back */
  | 'given-back'
  /** an amount off the order: a line with a price below zero */
  | 'discount'
  /** money in, and nothing that was sold: a discount that is taken back */
  | 'surcharge'
  | 'zero-quantity'
  /** pieces written off: nobody paid for them, nobody gets anything back */
  | 'stock-correction';

export const useOf = ({ quantity, amount }: BooksRow): RowUse => {
  if (quantity === 0n) return 'zero-quantity';
  if (quantity > 0n) return amount < 0n ? 'discount' : 'sold';
  if (amount === 0n) return 'stock-correction';
  return amount < 0n ? 'given-back' : 'surcharge';
};
