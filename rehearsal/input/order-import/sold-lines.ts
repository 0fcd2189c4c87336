import type { BooksDocument } from './books-document.ts';
import type { BooksRow } from './books-row.ts';
import { type Exact, piecesOf } from './exact.ts';

/** A line of an order from which pieces may still come back. */
export interface SoldLine {
  readonly lineId: string;
  readonly price: bigint;
  /** In 10^−6 of a piece. */
  readonly quantity: bigint;
  left: bigint;
  /** What was paid for what is left. */
  leftAmount: Exact;
}

/** An order's lines of one product. */
interface SoldProduct {
  readonly orderId: string;
  readonly atMs: number;
  readonly lines: SoldLine[];
}

/** Pieces of a line that come back. */
export interface Returned {
  readonly orderId: string;
  readonly lineId: string;
  /** Whole pieces: an event knows no others. */
  readonly pieces: number;
}

/** What was sold to whom and has not come back, of all documents that are known. */
export interface SoldLines {
  /** Keeps the lines of an order. */
  readonly add: (order: BooksDocument, lines: readonly BooksRow[]) => void;
  /**
   * The pieces that a row of a document takes back: from the order that it names, else from the document
   * itself, else from the customer's latest order before it that has enough of the product left,
   * at the same price if there is one, else at a price that is not below. They are then gone. Nothing when no order
   * has enough.
   */
  readonly takeBack: (row: BooksRow, of: BooksDocument) => readonly Returned[];
}

/** The id that a row's line has in its order. */
export const lineIdOf = ({ number, part }: Pick<BooksRow, 'number' | 'part'>): string =>
  part === undefined ? String(number) : `${number}.${part}`;

export const newSoldLines = (): SoldLines => {
  const byCustomer = new Map<string, SoldProduct[]>();
  const byOrder = new Map<string, SoldProduct[]>();
  return {
    add: ({ id, atMs, customer }, lines) => {
      for (const [sku, rows] of Map.groupBy(lines, (row) => row.sku)) {
        const product = { orderId: id, atMs, lines: rows.map(soldLine) };
        keep(byOrder, keyOf(id, sku), product);
        if (customer !== '') keep(byCustomer, keyOf(customer, sku), product);
      }
    },
    takeBack: (row, { id, atMs, customer }) => {
      const own = byOrder.get(keyOf(row.refundOf || id, row.sku)) ?? [];
      const others =
        row.refundOf === '' && customer !== '' ? byCustomer.get(keyOf(customer, row.sku)) : [];
      const earlier = (others ?? [])
        .filter((each) => each.atMs <= atMs && each.orderId !== id)
        .toSorted((a, b) => b.atMs - a.atMs);
      return taken([...own, ...earlier], row);
    },
  };
};

const keyOf = (id: string, sku: string): string => JSON.stringify([id, sku]);

const keep = (index: Map<string, SoldProduct[]>, key: string, product: SoldProduct): void => {
  const known = index.get(key);
  if (known === undefined) index.set(key, [product]);
  else known.unshift(product);
};

const soldLine = (row: BooksRow): SoldLine => ({
  lineId: lineIdOf(row),
  price: row.price,
  quantity: row.quantity,
  left: row.quantity,
  leftAmount: row.amount,
});

/** @param products the first to be asked first */
const taken = (products: readonly SoldProduct[], row: BooksRow): readonly Returned[] => {
  const wanted = -row.quantity;
  const same = firstWithEnough(products, wanted, ({ price }) => price === row.price);
  const dearer = same ?? firstWithEnough(products, wanted, ({ price }) => price >= row.price);
  if (dearer === undefined) return [];
  let due = wanted;
  return dearer.lines.flatMap((line) => {
    const quantity = quantityFrom(line, due);
    if (quantity === 0n) return [];
    due -= quantity;
    line.leftAmount -= (line.leftAmount * quantity) / line.left;
    line.left -= quantity;
    return [{ orderId: dearer.orderId, lineId: line.lineId, pieces: piecesOf(quantity) ?? 1 }];
  });
};

type Fits = (line: SoldLine) => boolean;

const firstWithEnough = (
  products: readonly SoldProduct[],
  wanted: bigint,
  fits: Fits,
): { readonly orderId: string; readonly lines: readonly SoldLine[] } | undefined => {
  for (const { orderId, lines } of products) {
    const fitting = lines.filter((line) => line.left > 0n && fits(line));
    const found = fitting.reduce((due, line) => due - quantityFrom(line, due), wanted);
    if (found === 0n) return { orderId, lines: fitting };
  }
  return undefined;
};

/** What is sold by weight is one piece, which comes back as a whole or not at all. */
const quantityFrom = (line: SoldLine, due: bigint): bigint => {
  const most = due < line.left ? due : line.left;
  return piecesOf(line.quantity) === undefined || piecesOf(most) === undefined
    ? wholeOf(line, due)
    : most;
};

const wholeOf = ({ quantity, left }: SoldLine, due: bigint): bigint =>
  left === quantity && due >= quantity ? quantity : 0n;
