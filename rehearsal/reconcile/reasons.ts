import type { DocumentKind } from '#rehearsal/input/order-import/books-document.ts';
import { digitsOf } from '#rehearsal/input/order-import/decimal.ts';
import { absolute, type Exact, fromMinor, unitOf } from '#rehearsal/input/order-import/exact.ts';
import { type LedgerBooks, type LedgerDocument, ledgerKey } from './ledger-books.ts';
import type { OmsBooks, OmsDocument } from './oms-document.ts';

export type FigureKind = DocumentKind | 'refund';

/** One amount of a document, as each side has it; absent where a side does not have the document. */
export interface Figure {
  readonly id: string;
  readonly kind: FigureKind;
  readonly currency: string;
  readonly oms?: Exact | undefined;
  readonly ledger?: Exact | undefined;
  readonly lines: number;
  readonly document?: OmsDocument | undefined;
  readonly booked?: LedgerDocument | undefined;
}

export interface Books {
  readonly oms: OmsBooks;
  readonly ledger: LedgerBooks;
}

/** Why the two sides may differ, as far as they show it themselves. */
export const reasonOf = (figure: Figure, books: Books): string => {
  const { oms, ledger, currency } = figure;
  const unit = unitOf(digitsOf(currency) ?? 2);
  if (oms === undefined) return reasonOfUnknown(figure, books.oms);
  if (oms % unit !== 0n && absolute((ledger ?? 0n) - oms) < unit)
    return `a price of less than the smallest unit of ${currency}`;
  return ledger === undefined ? reasonOfMissing(figure, books.ledger) : reasonOfAmount(figure);
};

const reasonOfUnknown = ({ id }: Figure, oms: OmsBooks): string => {
  const other = oms.documents.get(id)?.currency;
  if (other !== undefined) return `the OMS has it in ${other}`;
  return oms.unreadable.some((each) => each.id === id)
    ? 'its rows of the file cannot be read'
    : 'the file has no such document';
};

const reasonOfMissing = ({ id, document, currency }: Figure, ledger: LedgerBooks): string => {
  if (ledger.transactions === 0) return 'the ledger is empty';
  const other = ledger.currencies.find(
    (each) => each !== currency && ledger.documents.has(ledgerKey(id, each)),
  );
  if (other !== undefined) return `the ledger has it in ${other}`;
  return (document?.atMs ?? 0) > Date.parse(ledger.lastAt)
    ? `not delivered yet: it is later than the last booking, ${ledger.lastAt}`
    : 'no event of it was booked: npm run parked shows what could not be';
};

const reasonOfAmount = ({ kind, oms = 0n, ledger = 0n, currency, booked }: Figure): string => {
  if (kind === 'refund')
    return absolute(ledger) > absolute(oms) ? 'the ledger gave back more' : 'a refund is missing';
  if (oms !== 0n && ledger === 2n * oms) return 'it is booked twice';
  const sold = fromMinor(booked?.sold ?? 0n, digitsOf(currency) ?? 2);
  return kind === 'sale' && sold === oms
    ? 'the ledger has refunds that the OMS has not'
    : 'not known: npm run explain shows what was booked';
};
