import { incomingEvents, SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { PlacedOrder } from '../order-life.ts';
import { buildOrder, type ImportShop, type RejectedRow } from './build-order.ts';
import type { ImportMap } from './import-map.ts';
import { mappedRows } from './mapped-rows.ts';
import type { MadeUpEmails, Note } from './order-contact.ts';
import { rejected, type Rejection, valueOfField } from './read-line.ts';
import { isJsonLines, readJsonLines, type Row, type UnreadableRow } from './read-rows.ts';

export interface ImportOptions {
  readonly shop: ImportShop;
  /** @default the preset whose columns the file has; JSON lines: canonical `OrderPlaced` details */
  readonly map?: ImportMap | undefined;
  /** The first so many usable orders, in the order of their first rows; at least 1. @default all */
  readonly limit?: number | undefined;
  /** @default customers */
  readonly emails?: MadeUpEmails | undefined;
}

/** What the file says of one order, or rows that belong to none. */
export type ImportItem =
  | {
      readonly kind: 'order';
      readonly order: PlacedOrder;
      readonly rowCount: number;
      readonly leftOut: readonly RejectedRow[];
      readonly notes: readonly Note[];
    }
  | {
      readonly kind: 'unusable';
      readonly orderId: string;
      readonly rejection: Rejection;
      readonly rows: readonly RejectedRow[];
    }
  | { readonly kind: 'stray'; readonly rows: readonly RejectedRow[] };

/**
 * The orders of a file (CSV or JSON lines, either also `.gz`), as a stream: memory holds the orders
 * whose rows may still go on. Rows of one order need not stand together, but an order counts as
 * complete once {@link ROWS_APART} rows of others have followed its last; a row that comes later yet
 * is rejected as `order-already-read`.
 *
 * @throws {InvalidImportMap} when no mapping fits the file's columns
 * @throws {UnreadableFile}
 */
export async function* importItems(
  file: string,
  options: ImportOptions,
): AsyncGenerator<ImportItem> {
  const { limit = Infinity } = options;
  let usable = 0;
  const items = isJsonLines(file) ? fromJsonLines(file, options) : fromCsv(file, options);
  for await (const item of items) {
    yield item;
    if (item.kind === 'order' && ++usable >= limit) return;
  }
}

async function* fromCsv(file: string, options: ImportOptions): AsyncGenerator<ImportItem> {
  const { map, rows } = await mappedRows(file, options.map);
  yield* grouped(rows, map, options);
}

/** JSON lines are canonical details, or as the map says: rows, or orders that hold a list of lines. */
async function* fromJsonLines(file: string, options: ImportOptions): AsyncGenerator<ImportItem> {
  const { map } = options;
  if (map !== undefined) {
    yield* grouped((await mappedRows(file, map)).rows, map, options);
    return;
  }
  for await (const { number, text, json } of readJsonLines(file)) {
    const row = { number, values: new Map([['line', text]]) };
    yield json === undefined
      ? strayRow(row, rejected('unreadable-row', 'the line is not JSON'))
      : canonical(json, row, options.shop);
  }
}

/** Fills in what says only which shop and contract it is. */
const canonical = (json: unknown, row: Row, shop: ImportShop): ImportItem => {
  const own = { schemaVersion: SCHEMA_VERSION, shop: shop.id };
  const detail: unknown = { ...own, ...Object(json) };
  const parsed = incomingEvents.OrderPlaced.safeParse(detail);
  if (parsed.success && parsed.data.shop === shop.id) {
    const order = { ...parsed.data, schemaVersion: SCHEMA_VERSION } as const;
    return { kind: 'order', order, rowCount: 1, leftOut: [], notes: [] };
  }
  const problems = parsed.error?.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`);
  return strayRow(
    row,
    rejected('invalid', problems?.join('; ') ?? `the order is not of shop ${shop.id}`),
  );
};

const strayRow = (row: Row, rejection: Rejection): ImportItem => ({
  kind: 'stray',
  rows: [{ row, rejection }],
});

/** How many rows of other orders may stand between two rows of one. */
export const ROWS_APART = 10_000;

interface OpenOrder {
  readonly rows: Row[];
  lastAt: number;
}

async function* grouped(
  rows: AsyncIterable<Row | UnreadableRow>,
  map: ImportMap,
  { shop, emails = 'customers' }: ImportOptions,
): AsyncGenerator<ImportItem> {
  const open = new Map<string, OpenOrder>();
  const done = new Set<string>();
  let count = 0;
  for await (const row of rows) {
    count++;
    const stray = strayOf(row, map, done);
    if (stray !== undefined) yield stray;
    else if ('values' in row) add(open, valueOfField(row, map, 'order'), row, count);
    yield* closed(count - ROWS_APART);
  }
  yield* closed(Infinity);

  /** From the front, so that orders come out in the order of their first rows. */
  function* closed(before: number): Generator<ImportItem> {
    for (const [orderId, order] of open) {
      if (order.lastAt > before) return;
      open.delete(orderId);
      done.add(orderId);
      const built = buildOrder(orderId, order.rows, { shop, map, emails });
      yield built.kind === 'order' ? { ...built, rowCount: order.rows.length } : built;
    }
  }
}

const add = (open: Map<string, OpenOrder>, orderId: string, row: Row, at: number): void => {
  const known = open.get(orderId);
  if (known === undefined) open.set(orderId, { rows: [row], lastAt: at });
  else {
    known.rows.push(row);
    known.lastAt = at;
  }
};

const strayOf = (
  row: Row | UnreadableRow,
  map: ImportMap,
  done: ReadonlySet<string>,
): ImportItem | undefined => {
  if ('problem' in row)
    return strayRow(
      { number: row.number, values: new Map() },
      rejected('unreadable-row', row.problem),
    );
  const orderId = valueOfField(row, map, 'order');
  if (orderId === '') return strayRow(row, rejected('no-order-id', 'the row names no order'));
  const why = `${ROWS_APART} rows lie between this one and the others of its order`;
  return done.has(orderId) ? strayRow(row, rejected('order-already-read', why)) : undefined;
};

export interface ImportResult {
  readonly orders: readonly PlacedOrder[];
  readonly rejected: readonly RejectedRow[];
}

/** Everything of {@link importItems} at once, for files that fit into memory. */
export const importOrders = async (file: string, options: ImportOptions): Promise<ImportResult> => {
  const items: ImportItem[] = [];
  for await (const item of importItems(file, options)) items.push(item);
  return {
    orders: items.flatMap((item) => (item.kind === 'order' ? [item.order] : [])),
    rejected: items.flatMap((item) => (item.kind === 'order' ? item.leftOut : item.rows)),
  };
};
