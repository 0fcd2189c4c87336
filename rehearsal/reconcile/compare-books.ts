import { digitsOf } from '#rehearsal/input/order-import/decimal.ts';
import { absolute, type Exact, fromMinor, unitOf } from '#rehearsal/input/order-import/exact.ts';
import { type LedgerBooks, type LedgerDocument, ledgerKey } from './ledger-books.ts';
import type { OmsBooks, OmsDocument } from './oms-document.ts';
import { type Books, type Figure, type FigureKind, reasonOf } from './reasons.ts';

export type Where =
  'in the OMS, not in the ledger' | 'in the ledger, not in the OMS' | 'another amount';

/** Something on which the two sides do not agree. */
export interface Difference {
  readonly id: string;
  readonly kind: FigureKind;
  readonly currency: string;
  readonly where: Where;
  readonly oms: Exact;
  readonly ledger: Exact;
  /** The ledger's less the OMS's. */
  readonly difference: Exact;
  /** As far as it can be known. */
  readonly reason: string;
  /** Whether it is less than the currency's smallest unit: no ledger of whole units could have it. */
  readonly isBelowUnit: boolean;
}

/** What all documents of a kind come to. */
export interface Total {
  readonly kind: FigureKind;
  readonly currency: string;
  documents: number;
  lines: number;
  oms: Exact;
  ledger: Exact;
}

export interface Comparison {
  readonly totals: readonly Total[];
  /** The greatest first. */
  readonly differences: readonly Difference[];
}

/** Holds every document of the order system against the ledger, and the other way round. */
export const compareBooks = (oms: OmsBooks, ledger: LedgerBooks): Comparison => {
  const totals = new Map<string, Total>();
  const differences: Difference[] = [];
  const books = { oms, ledger };
  for (const figure of figuresOf(oms, ledger)) {
    addTo(totals, figure);
    const difference = differenceOf(figure, books);
    if (difference !== undefined) differences.push(difference);
  }
  return {
    totals: [...totals.values()],
    differences: differences.toSorted(
      (a, b) => sizeOrder(absolute(b.difference), absolute(a.difference)) || (a.id < b.id ? -1 : 1),
    ),
  };
};

const sizeOrder = (a: bigint, b: bigint): number => Number(a > b) - Number(a < b);

function* figuresOf(oms: OmsBooks, ledger: LedgerBooks): Generator<Figure> {
  for (const document of oms.documents.values())
    yield* ofDocument(document, ledger.documents.get(ledgerKey(document.id, document.currency)));
  for (const booked of ledger.documents.values())
    if (oms.documents.get(booked.id)?.currency !== booked.currency) yield* ofLedgerOnly(booked);
}

/** Where the file tells what was given back, both are compared; else they are one amount. */
const ofDocument = (
  document: OmsDocument,
  booked: LedgerDocument | undefined,
): readonly Figure[] => {
  const { id, kind, currency, amount, refunded, lines } = document;
  const exact = exactIn(currency);
  const { sold = 0n, given = 0n, adjusted = 0n } = booked ?? {};
  const figure = (of: FigureKind, ofOms: Exact, minor: bigint): Figure => ({
    id,
    kind: of,
    currency,
    oms: ofOms,
    document,
    booked,
    ledger: booked === undefined ? undefined : exact(minor),
    lines: of === 'refund' ? 0 : lines,
  });
  if (refunded === undefined) return [figure(kind, amount, sold + given + adjusted)];
  const isNone = refunded === 0n && given === 0n;
  return [
    figure(kind, amount, sold + adjusted),
    ...(isNone ? [] : [figure('refund', -refunded, given)]),
  ];
};

const ofLedgerOnly = ({ id, currency, ...amounts }: LedgerDocument): readonly Figure[] => {
  const exact = exactIn(currency);
  const kinds = [
    ['sale', amounts.sold],
    ['refund', amounts.given],
    ['adjustment', amounts.adjusted],
  ] as const;
  return kinds
    .filter(([, minor]) => minor !== 0n)
    .map(([kind, minor]) => ({
      id,
      kind,
      currency,
      oms: undefined,
      ledger: exact(minor),
      lines: 0,
    }));
};

const exactIn = (currency: string): ((minor: bigint) => Exact) => {
  const digits = digitsOf(currency) ?? 2;
  return (minor) => fromMinor(minor, digits);
};

const addTo = (totals: Map<string, Total>, figure: Figure): void => {
  const { kind, currency, oms = 0n, ledger = 0n, lines } = figure;
  const key = `${kind} ${currency}`;
  const total = totals.get(key) ?? { kind, currency, documents: 0, lines: 0, oms: 0n, ledger: 0n };
  totals.set(key, total);
  if (figure.oms !== undefined) total.documents++;
  total.lines += lines;
  total.oms += oms;
  total.ledger += ledger;
};

const differenceOf = (figure: Figure, books: Books): Difference | undefined => {
  const { id, kind, currency, oms, ledger } = figure;
  const difference = (ledger ?? 0n) - (oms ?? 0n);
  if (difference === 0n) return undefined;
  const unit = unitOf(digitsOf(currency) ?? 2);
  return {
    id,
    kind,
    currency,
    difference,
    where: whereOf(figure),
    oms: oms ?? 0n,
    ledger: ledger ?? 0n,
    reason: reasonOf(figure, books),
    isBelowUnit: absolute(difference) < unit,
  };
};

/** An amount of a few parts of a unit is nothing in the ledger, and not missing there. */
const whereOf = ({ oms, ledger, currency }: Figure): Where => {
  if (oms === undefined) return 'in the ledger, not in the OMS';
  const isLess = absolute(oms) < unitOf(digitsOf(currency) ?? 2);
  return ledger === undefined && !isLess ? 'in the OMS, not in the ledger' : 'another amount';
};
