import { digitsOf } from '#rehearsal/input/order-import/decimal.ts';
import { type Exact, fromMinor, inDecimal, sumOf } from '#rehearsal/input/order-import/exact.ts';
import type { Comparison, Difference, Total } from './compare-books.ts';
import type { Books, FigureKind } from './reasons.ts';

/** A reconciliation as data: amounts are decimals in text, since no float may touch them. */
export interface BooksReport {
  readonly isEqual: boolean;
  readonly totals: readonly TotalRow[];
  /** Every difference, the greatest first. */
  readonly differences: readonly DifferenceRow[];
  readonly unreadable: readonly {
    readonly id: string;
    readonly row: number;
    readonly problem: string;
  }[];
  readonly rows: number;
  readonly rowsWithoutMoney: number;
  readonly transactions: number;
  readonly commissions: Readonly<Record<string, string>>;
}

export interface TotalRow {
  readonly kind: string;
  readonly currency: string;
  readonly documents: number;
  readonly lines: number;
  readonly oms: string;
  readonly ledger: string;
  readonly difference: string;
}

export interface DifferenceRow {
  readonly document: string;
  readonly kind: string;
  readonly where: string;
  readonly currency: string;
  readonly oms: string;
  readonly ledger: string;
  readonly difference: string;
  readonly reason: string;
}

const names: Readonly<Record<FigureKind, string>> = {
  sale: 'sales',
  refund: 'refunds',
  cancellation: 'cancellations',
  adjustment: 'adjustments',
};

const order: readonly FigureKind[] = ['sale', 'refund', 'cancellation', 'adjustment'];

/** The two sides are equal when nothing differs by a whole unit and every row could be read. */
export const booksReport = (
  { totals, differences }: Comparison,
  { oms, ledger }: Books,
): BooksReport => ({
  isEqual: oms.unreadable.length === 0 && differences.every(({ isBelowUnit }) => isBelowUnit),
  totals: [...new Set(totals.map(({ currency }) => currency))].flatMap((currency) =>
    totalsIn(currency, totals),
  ),
  differences: differences.map(differenceRow),
  unreadable: oms.unreadable,
  rows: oms.rows,
  rowsWithoutMoney: oms.rowsWithoutMoney,
  transactions: ledger.transactions,
  commissions: Object.fromEntries(
    [...ledger.commissions].map(([currency, minor]) => [
      currency,
      written(fromMinor(minor, digitsOf(currency) ?? 2), currency),
    ]),
  ),
});

const written = (amount: Exact, currency: string): string =>
  inDecimal(amount, digitsOf(currency) ?? 2);

const totalsIn = (currency: string, totals: readonly Total[]): readonly TotalRow[] => {
  const those = totals
    .filter((total) => total.currency === currency)
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const sum = (of: 'oms' | 'ledger'): Exact => sumOf(those.map((total) => total[of]));
  const count = (of: 'documents' | 'lines'): number =>
    those.reduce((all, total) => all + total[of], 0);
  return [
    ...those.map((total) => totalRow(names[total.kind], total)),
    totalRow('net', {
      currency,
      documents: count('documents'),
      lines: count('lines'),
      oms: sum('oms'),
      ledger: sum('ledger'),
    }),
  ];
};

const totalRow = (
  kind: string,
  { currency, documents, lines, oms, ledger }: Omit<Total, 'kind'>,
): TotalRow => ({
  kind,
  currency,
  documents,
  lines,
  oms: written(oms, currency),
  ledger: written(ledger, currency),
  difference: written(ledger - oms, currency),
});

const differenceRow = (each: Difference): DifferenceRow => {
  const { id: document, kind, where, currency, reason } = each;
  return {
    document,
    kind,
    where,
    currency,
    reason,
    oms: written(each.oms, currency),
    ledger: written(each.ledger, currency),
    difference: written(each.difference, currency),
  };
};

/** As a person reads it in a terminal. */
export function* booksReportInWords(report: BooksReport): Generator<string> {
  yield* table([
    ['', 'documents', 'lines', 'OMS', 'ledger', 'difference'],
    ...report.totals.map(({ kind, currency, documents, lines, oms, ledger, difference }) => [
      `${kind} ${currency}`,
      String(documents),
      String(lines),
      oms,
      ledger,
      difference,
    ]),
  ]);
  yield `${report.rows} rows of the OMS, of which ${report.rowsWithoutMoney} without money (stock corrections, no pieces); ${report.transactions} transactions of the ledger`;
  for (const [currency, amount] of Object.entries(report.commissions))
    yield `Commissions of partners, which no OMS has: ${amount} ${currency}`;
  for (const { id, row, problem } of report.unreadable)
    yield `row ${row}${id === '' ? '' : `, document ${id}`} cannot be read: ${problem}`;
  yield differencesInWords(report);
  for (const each of report.differences)
    yield `  ${each.document} (${each.kind}): OMS ${each.oms}, ledger ${each.ledger}, difference ${each.difference} ${each.currency}; ${each.where}: ${each.reason}`;
  yield report.isEqual
    ? 'Equal: nothing differs by a whole unit.'
    : 'NOT equal: see the differences above.';
}

const differencesInWords = ({ differences, totals }: BooksReport): string => {
  const sums = totals
    .filter(({ kind }) => kind === 'net')
    .map(({ difference, currency }) => `${difference} ${currency}`);
  return differences.length === 0
    ? 'No differences.'
    : `${differences.length} differences, together ${sums.join(' and ')}`;
};

const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
};

const columns = [
  'document',
  'kind',
  'where',
  'currency',
  'oms',
  'ledger',
  'difference',
  'reason',
] as const;

/** The differences as CSV (RFC 4180, with line feeds), one at a time. */
export function* differencesAsCsv({ differences }: BooksReport): Generator<string> {
  yield csvLine(columns);
  for (const row of differences) yield csvLine(columns.map((column) => row[column]));
}

const csvLine = (values: readonly string[]): string =>
  `${values.map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',')}\n`;
