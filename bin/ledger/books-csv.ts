import type { LedgerEntry, Transaction } from '#core/domain/ledger/transaction.ts';
import { decimalText } from '#core/domain/money/decimal-text.ts';
import { exponentOf } from '#core/domain/money/exponent.ts';

const columns = [
  'shop',
  'order',
  'occurred_at',
  'transaction',
  'type',
  'account',
  'kind',
  'class',
  'line',
  'sku',
  'amount',
  'currency',
  'reporting_amount',
  'reporting_currency',
  'reverses',
  'entry',
  'credited_to',
] as const;

/** A row an entry, with a header. Amounts are decimals of the unit: debits above zero, credits below. */
export const booksCsv = (transactions: readonly Transaction[]): string =>
  [
    columns.join(','),
    ...transactions.flatMap((transaction) =>
      transaction.entries.map((entry) => rowOf(transaction, entry).map(cell).join(',')),
    ),
  ].join('\n');

const rowOf = (transaction: Transaction, entry: LedgerEntry): readonly string[] => [
  transaction.shop,
  transaction.orderId,
  transaction.occurredAt,
  transaction.transactionId,
  transaction.type,
  entry.account,
  entry.kind,
  entry.class ?? '',
  entry.lineId ?? '',
  entry.sku ?? '',
  decimalText(entry.amountMinor, exponentOf(entry.currency)),
  entry.currency,
  decimalText(entry.reportingMinor, exponentOf(entry.reportingCurrency)),
  entry.reportingCurrency,
  entry.reverses ?? '',
  entry.entryId,
  (entry.credits ?? []).map(({ kind, id }) => `${kind} ${id}`).join('; '),
];

/** As RFC 4180 has it; a text that a spreadsheet would take for a formula is marked as text. */
const cell = (text: string): string => {
  const isFormula = /^[=+@\t\r]/.test(text) || /^-(?![\d.]+$)/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
