import type { ProductKind } from '#core/domain/orders/order-event.ts';
import { digitsOf, toMinor } from './decimal.ts';
import type { ImportField, ImportMap } from './import-map.ts';
import type { Row } from './read-rows.ts';

/**
 * Why a row is not part of an order.
 *
 * The first group is no goods sold: such rows are left out and their order stands. The second could
 * not be read: their order would be a wrong one, so it is not imported. The third is about an order
 * as a whole, or about rows that belong to none.
 */
const rejectReasons = [
  'cancellation',
  'adjustment',
  'not-a-product',
  'zero-quantity',
  'negative-quantity',
  'zero-price',
  'negative-price',
  'stock-correction',

  'no-sku',
  'unreadable-quantity',
  'unreadable-price',
  'price-too-precise',
  'unknown-currency',

  'unreadable-date',
  'order-incomplete',
  'mixed-currencies',
  'too-many-lines',
  'order-already-read',
  'invalid',
  'no-order-id',
  'unreadable-row',
] as const;

export type RejectReason = (typeof rejectReasons)[number];

const spoiling: ReadonlySet<RejectReason> = new Set([
  'no-sku',
  'unreadable-quantity',
  'unreadable-price',
  'price-too-precise',
  'unknown-currency',
]);

/** Whether an order without this row would be a wrong one. */
export const spoilsOrder = (reason: RejectReason): boolean => spoiling.has(reason);

export interface Rejection {
  readonly kind: 'rejected';
  readonly reason: RejectReason;
  /** What was got and what was expected; may quote the file. */
  readonly problem: string;
}

export interface ReadLine {
  readonly kind: 'line';
  readonly sku: string;
  readonly quantity: number;
  readonly unitMinor: number;
  /** What the line costs after its discount. */
  readonly totalMinor: number;
  readonly currency: string;
  readonly productKind?: ProductKind;
}

export interface Postage {
  readonly kind: 'postage';
  readonly minor: number;
  readonly currency: string;
}

export const rejected = (reason: RejectReason, problem: string): Rejection => ({
  kind: 'rejected',
  reason,
  problem,
});

export const valueOfField = (row: Row, { columns }: ImportMap, field: ImportField): string => {
  const column = columns[field];
  return column === undefined ? '' : (row.values.get(column) ?? '').trim();
};

/** What the first row that says it says of the order; empty when none does. */
export const firstValue = (rows: readonly Row[], map: ImportMap, field: ImportField): string => {
  for (const row of rows) {
    const value = valueOfField(row, map, field);
    if (value !== '') return value;
  }
  return '';
};

/** What a row says of its order's goods; `orderCurrency` holds where the row names none. */
export const readLine = (
  row: Row,
  map: ImportMap,
  orderCurrency: string,
): ReadLine | Postage | Rejection => {
  const value = (field: ImportField): string => valueOfField(row, map, field);
  const origin = problemOfOrigin(value('order'), map);
  if (origin !== undefined) return origin;
  const sku = value('sku') || (map.skuFallback === 'name' ? value('name').slice(0, 128) : '');
  if (sku === '') return rejected('no-sku', 'the row names no product');
  if (map.notProducts.includes(sku)) return rejected('not-a-product', `${sku} is no product`);
  const quantity = quantityOf(value('quantity'), map);
  if (typeof quantity !== 'number') return quantity;
  const currency = value('currency') || orderCurrency;
  return priced({ row, map, sku, quantity, currency });
};

const problemOfOrigin = (orderId: string, map: ImportMap): Rejection | undefined => {
  const { cancellationPrefix, adjustmentPrefix } = map;
  if (cancellationPrefix !== undefined && orderId.startsWith(cancellationPrefix))
    return rejected('cancellation', `its id begins with ${cancellationPrefix}`);
  if (adjustmentPrefix !== undefined && orderId.startsWith(adjustmentPrefix))
    return rejected('adjustment', `its id begins with ${adjustmentPrefix}`);
  return undefined;
};

const quantityOf = (text: string, { decimalMark }: ImportMap): number | Rejection => {
  const pieces = toMinor(text, 0, decimalMark);
  if (pieces.kind !== 'minor')
    return rejected('unreadable-quantity', `got ${quoted(text)}, expected a whole number`);
  if (pieces.minor < 0) return rejected('negative-quantity', `got ${text}`);
  return pieces.minor === 0 ? rejected('zero-quantity', 'got 0') : pieces.minor;
};

export const quoted = (text: string): string => JSON.stringify(text.slice(0, 60));

interface Priced {
  readonly row: Row;
  readonly map: ImportMap;
  readonly sku: string;
  readonly quantity: number;
  readonly currency: string;
}

const priced = ({ row, map, sku, quantity, currency }: Priced): ReadLine | Postage | Rejection => {
  const unitMinor = priceOf(valueOfField(row, map, 'unitPrice'), currency, map);
  if (typeof unitMinor !== 'number') return unitMinor;
  if (unitMinor < 0) return rejected('negative-price', 'the price is below zero');
  const minor = unitMinor * quantity;
  if (!Number.isSafeInteger(minor)) return rejected('unreadable-price', 'the line costs too much');
  if (map.shippingSkus.includes(sku)) return { kind: 'postage', minor, currency };
  if (unitMinor === 0 && map.freeLines === 'leave-out')
    return rejected('zero-price', 'the price is zero');
  const discount = priceOf(valueOfField(row, map, 'lineDiscount') || '0', currency, map);
  if (typeof discount !== 'number') return discount;
  if (discount < 0 || discount > minor)
    return rejected('unreadable-price', 'the discount is not between zero and the price');
  const productKind = kindOf(row, map);
  const totalMinor = minor - discount;
  const line = { kind: 'line', sku, quantity, unitMinor, totalMinor, currency } as const;
  return productKind === undefined ? line : { ...line, productKind };
};

/** An amount in minor units, or why it is none. */
export const priceOf = (text: string, currency: string, map: ImportMap): number | Rejection => {
  const digits = digitsOf(currency);
  if (digits === undefined)
    return rejected('unknown-currency', `got ${quoted(currency)}, expected a code such as EUR`);
  const amount = toMinor(text, digits, map.decimalMark);
  if (amount.kind === 'minor') return amount.minor;
  return amount.kind === 'too-precise'
    ? rejected('price-too-precise', `got ${quoted(text)}, ${currency} has ${digits} decimals`)
    : rejected('unreadable-price', `got ${quoted(text)}, expected an amount such as 2.55`);
};

const kinds: ReadonlyMap<string, ProductKind> = new Map([
  ['physical', 'physical'],
  ['digital', 'digital'],
  ['subscription', 'subscription'],
  ['service', 'service'],
]);

export const kindOf = (row: Row, map: ImportMap): ProductKind | undefined => {
  const said = kinds.get(valueOfField(row, map, 'kind').toLowerCase());
  if (said !== undefined) return said;
  return valueOfField(row, map, 'requiresShipping').toLowerCase() === 'false'
    ? 'digital'
    : undefined;
};
