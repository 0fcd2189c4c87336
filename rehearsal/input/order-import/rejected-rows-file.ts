import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { RejectedRow } from './build-order.ts';

/** Where the rows that were not imported are kept, each with its reason. */
export interface RejectedRowsFile {
  readonly write: (rows: readonly RejectedRow[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * CSV when the name ends in `.csv`, else JSON lines; `values` is the row by column. The file holds
 * what the import's file held of customers: it is to be kept as carefully.
 */
export const rejectedRowsFile = (file: string): RejectedRowsFile => {
  const stream = createWriteStream(file);
  const isCsv = /\.csv$/i.test(file);
  const format = isCsv ? csvRow : jsonLine;
  if (isCsv) stream.write(csvLine(['row', 'reason', 'problem', 'values']));
  return {
    write: async (rows) => {
      const text = rows.map(format).join('');
      if (text !== '' && !stream.write(text)) await once(stream, 'drain');
    },
    close: async () => {
      stream.end();
      await finished(stream);
    },
  };
};

const jsonLine = ({ row, rejection: { reason, problem } }: RejectedRow): string =>
  `${JSON.stringify({ row: row.number, reason, problem, values: Object.fromEntries(row.values) })}\n`;

const csvRow = ({ row, rejection: { reason, problem } }: RejectedRow): string =>
  csvLine([String(row.number), reason, problem, JSON.stringify(Object.fromEntries(row.values))]);

/** RFC 4180, with line feeds. */
const csvLine = (values: readonly string[]): string =>
  `${values.map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',')}\n`;
