import { incomingEvents, MAX_LINES, SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { PlacedOrder } from '../order-life.ts';
import type { ImportMap } from './import-map.ts';
import { amountsOf } from './order-amounts.ts';
import { type MadeUpEmails, type Note, shortened, whoAndWhere } from './order-contact.ts';
import {
  firstValue,
  type Postage,
  type ReadLine,
  readLine,
  rejected,
  type Rejection,
  spoilsOrder,
  valueOfField,
} from './read-line.ts';
import type { Row } from './read-rows.ts';
import { readTime } from './read-time.ts';

export interface ImportShop {
  readonly id: string;
  /** Of amounts where the file names none. */
  readonly currency: string;
  /** Of times without an offset. */
  readonly timeZone: string;
}

export interface RejectedRow {
  readonly row: Row;
  readonly rejection: Rejection;
}

export type Built =
  | {
      readonly kind: 'order';
      readonly order: PlacedOrder;
      readonly leftOut: readonly RejectedRow[];
      readonly notes: readonly Note[];
    }
  | {
      readonly kind: 'unusable';
      readonly orderId: string;
      /** The first that is wrong with the order. */
      readonly rejection: Rejection;
      readonly rows: readonly RejectedRow[];
    };

export interface BuildOptions {
  readonly shop: ImportShop;
  readonly map: ImportMap;
  readonly emails: MadeUpEmails;
}

interface ReadRow {
  readonly row: Row;
  readonly read: ReadLine | Postage;
}

/** One order from all rows of the file that have its id. */
export const buildOrder = (orderId: string, rows: readonly Row[], options: BuildOptions): Built => {
  const { map, shop } = options;
  const currency = firstValue(rows, map, 'currency') || map.defaultCurrency || shop.currency;
  const results = rows.map((row) => ({ row, read: readLine(row, map, currency) }));
  const leftOut = results.flatMap(({ row, read }) =>
    read.kind === 'rejected' ? [{ row, rejection: read }] : [],
  );
  const read = results.flatMap((result) =>
    result.read.kind === 'rejected' ? [] : [{ row: result.row, read: result.read }],
  );
  const whole = problemOfOrder(rows, leftOut, read, options);
  if (whole !== undefined) return unusable(orderId, whole, results);
  const { detail, notes } = detailOf(orderId, rows, read, options);
  if ('kind' in detail) return unusable(orderId, detail, results);
  const checked = incomingEvents.OrderPlaced.safeParse(detail);
  if (checked.success) return { kind: 'order', order: detail, leftOut, notes };
  const problem = checked.error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ');
  return unusable(orderId, rejected('invalid', problem), results);
};

interface Result {
  readonly row: Row;
  readonly read: ReadLine | Postage | Rejection;
}

/** Each row keeps its own reason; those that were sound go with the others. */
const unusable = (orderId: string, rejection: Rejection, results: readonly Result[]): Built => {
  const isOneRows = results.some(({ read }) => read === rejection);
  const why = `another row of the order is rejected: ${rejection.reason}`;
  const others = isOneRows ? rejected('order-incomplete', why) : rejection;
  const rows = results.map(({ row, read }) => ({
    row,
    rejection: read.kind === 'rejected' ? read : others,
  }));
  return { kind: 'unusable', orderId, rejection, rows };
};

const problemOfOrder = (
  rows: readonly Row[],
  leftOut: readonly RejectedRow[],
  read: readonly ReadRow[],
  { map }: BuildOptions,
): Rejection | undefined => {
  if (firstValue(rows, map, 'cancelledAt') !== '')
    return rejected('cancellation', 'the order was cancelled');
  const spoilt = leftOut.find(({ rejection }) => spoilsOrder(rejection.reason));
  if (spoilt !== undefined) return spoilt.rejection;
  const lines = read.filter((each) => each.read.kind === 'line');
  if (lines.length === 0)
    return leftOut[0]?.rejection ?? rejected('not-a-product', 'the order has only postage');
  if (lines.length > MAX_LINES)
    return rejected(
      'too-many-lines',
      `the order has ${lines.length} lines, at most ${MAX_LINES} are read`,
    );
  const currencies = new Set(read.map((each) => each.read.currency));
  return currencies.size > 1
    ? rejected('mixed-currencies', `the order has ${[...currencies].join(' and ')}`)
    : undefined;
};

interface Drafted {
  readonly detail: PlacedOrder | Rejection;
  readonly notes: readonly Note[];
}

const detailOf = (
  orderId: string,
  rows: readonly Row[],
  read: readonly ReadRow[],
  options: BuildOptions,
): Drafted => {
  const { shop, map } = options;
  const at = firstValue(rows, map, 'at');
  const timeZone = map.timeZone ?? shop.timeZone;
  const placedMs = readTime(at, { timeZone, formats: map.dateFormats });
  if (placedMs === undefined)
    return {
      detail: rejected('unreadable-date', `got ${JSON.stringify(at.slice(0, 40))}`),
      notes: [],
    };
  const amounts = amountsOf(
    rows,
    read.map((each) => each.read),
    map,
  );
  if ('kind' in amounts) return { detail: amounts, notes: [] };
  const notes = new Set<Note>();
  const detail: PlacedOrder = {
    eventId: `imported/${orderId}`.slice(0, 128),
    occurredAt: new Date(placedMs).toISOString(),
    schemaVersion: SCHEMA_VERSION,
    shop: shop.id,
    orderId,
    ...whoAndWhere(rows, orderId, options, notes),
    lines: read.flatMap(({ row, read: line }) =>
      line.kind === 'line' ? [placedLine(row, line, map, notes)] : [],
    ),
    ...amounts,
  };
  return { detail, notes: [...notes] };
};

const placedLine = (
  row: Row,
  line: ReadLine,
  map: ImportMap,
  notes: Set<Note>,
): PlacedOrder['lines'][number] => {
  const { sku, quantity, unitMinor, totalMinor, currency, productKind: kind } = line;
  const name = shortened(valueOfField(row, map, 'name'), 200, notes);
  const category = shortened(valueOfField(row, map, 'category'), 100, notes);
  return {
    lineId: row.part === undefined ? String(row.number) : `${row.number}.${row.part}`,
    sku,
    quantity,
    unitPrice: { amountMinor: unitMinor, currency },
    ...(totalMinor === unitMinor * quantity
      ? {}
      : { total: { amountMinor: totalMinor, currency } }),
    ...(name === '' ? {} : { name }),
    ...(category === '' ? {} : { category }),
    ...(kind === undefined ? {} : { kind }),
  };
};
