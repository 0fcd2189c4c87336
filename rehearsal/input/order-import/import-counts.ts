import type { ImportItem } from './import-orders.ts';
import type { Note } from './order-contact.ts';
import type { RejectReason } from './read-line.ts';

/** What an import came to, so far. */
export interface ImportCounts {
  rows: number;
  orders: number;
  lines: number;
  readonly unusableOrders: Map<RejectReason, number>;
  readonly rejectedRows: Map<RejectReason, number>;
  readonly notes: Map<Note, number>;
}

export const newCounts = (): ImportCounts => ({
  rows: 0,
  orders: 0,
  lines: 0,
  unusableOrders: new Map(),
  rejectedRows: new Map(),
  notes: new Map(),
});

const increment = <Key>(counts: Map<Key, number>, key: Key): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** Adds one item to the counts. */
export const count = (counts: ImportCounts, item: ImportItem): void => {
  const rejectedRows = item.kind === 'order' ? item.leftOut : item.rows;
  for (const { rejection } of rejectedRows) increment(counts.rejectedRows, rejection.reason);
  counts.rows += item.kind === 'order' ? item.rowCount : item.rows.length;
  if (item.kind === 'unusable') increment(counts.unusableOrders, item.rejection.reason);
  if (item.kind !== 'order') return;
  counts.orders++;
  counts.lines += item.order.lines.length;
  for (const note of item.notes) increment(counts.notes, note);
};

/** The counts as lines to print, the most frequent first. */
export const inWords = (counts: ImportCounts): readonly string[] => [
  `${counts.orders} orders with ${counts.lines} lines from ${counts.rows} rows`,
  ...table('orders not imported', counts.unusableOrders),
  ...table('rows not imported', counts.rejectedRows),
  ...table('imported orders with something left out', counts.notes),
];

const table = (title: string, counts: ReadonlyMap<string, number>): readonly string[] => {
  const sorted = [...counts].toSorted(([, a], [, b]) => b - a);
  const total = sorted.reduce((sum, [, number]) => sum + number, 0);
  if (total === 0) return [];
  return [`${total} ${title}`, ...sorted.map(([reason, number]) => `  ${number} ${reason}`)];
};
