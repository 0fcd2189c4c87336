import { amountOfDocument, type BooksDocument, type DocumentKind } from './books-document.ts';
import type { BookedDocument } from './books-events.ts';
import { useOf } from './books-row.ts';
import { digitsOf } from './decimal.ts';
import { inDecimal, sumOf } from './exact.ts';
import type { Books } from './import-books.ts';

const kinds: Readonly<Record<DocumentKind, string>> = {
  sale: 'sales',
  cancellation: 'cancellations',
  adjustment: 'adjustments',
};

/** What a file of books came to, exactly, and what became of it: lines to print. */
export const booksInWords = (
  { documents, unusable, rejected, rows }: Books,
  booked: readonly BookedDocument[],
): readonly string[] => [
  `${documents.length} documents from ${rows} rows`,
  ...[...Map.groupBy(documents, ({ currency }) => currency)].flatMap(([currency, those]) =>
    sumsInWords(currency, those),
  ),
  ...counted(
    'events',
    booked.flatMap(({ events }) => events).map(({ detailType }) => detailType),
  ),
  ...counted(
    'documents not booked',
    unusable.map(({ rejection }) => rejection.reason),
  ),
  ...counted(
    'rows without money, or not booked',
    rejected.map(({ rejection }) => rejection.reason),
  ),
  ...counted(
    'documents with something left out',
    booked.flatMap(({ notes }) => notes),
  ),
];

const sumsInWords = (currency: string, documents: readonly BooksDocument[]): readonly string[] => {
  const digits = digitsOf(currency) ?? 0;
  const sumInWords = (those: readonly BooksDocument[]): string =>
    `${inDecimal(sumOf(those.map(amountOfDocument)), digits)} ${currency}`;
  const byKind = [...Map.groupBy(documents, ({ kind }) => kind)].map(([kind, those]) => {
    const lines = those.reduce((sum, { rows }) => sum + rows.filter(isMoney).length, 0);
    return `  ${kinds[kind]} ${sumInWords(those)} in ${those.length} documents with ${lines} lines`;
  });
  const refunded = sumOf(documents.map((document) => document.refunded));
  return [
    ...byKind,
    ...(refunded === 0n ? [] : [`  refunded ${inDecimal(-refunded, digits)} ${currency}`]),
    `  together ${sumInWords(documents)}`,
  ];
};

const isMoney = (row: BooksDocument['rows'][number]): boolean =>
  !['zero-quantity', 'stock-correction'].includes(useOf(row));

const counted = (title: string, reasons: readonly string[]): readonly string[] => {
  if (reasons.length === 0) return [];
  const byReason = [...Map.groupBy(reasons, (reason) => reason)].map(
    ([reason, those]) => [reason, those.length] as const,
  );
  return [
    `${reasons.length} ${title}`,
    ...byReason.toSorted(([, a], [, b]) => b - a).map(([reason, count]) => `  ${count} ${reason}`),
  ];
};
