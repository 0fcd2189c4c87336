import { styleText } from 'node:util';
import { booksOf } from '#core/domain/ledger/books.ts';
import type { Account, Credit, LedgerEntry, Transaction } from '#core/domain/ledger/transaction.ts';
import { decimalText } from '#core/domain/money/decimal-text.ts';
import { exponentOf } from '#core/domain/money/exponent.ts';

/** An amount with its currency: `-12.05 EUR`. */
const inWords = (amountMinor: number, currency: string): string =>
  `${decimalText(amountMinor, exponentOf(currency))} ${currency}`;

/** Both amounts of an entry; the second only where it is in another currency. */
const amountsOf = (
  amounts: Pick<LedgerEntry, 'amountMinor' | 'currency' | 'reportingMinor' | 'reportingCurrency'>,
): string => {
  const { amountMinor, currency, reportingMinor, reportingCurrency } = amounts;
  const amount = inWords(amountMinor, currency).padStart(16);
  return currency === reportingCurrency
    ? amount
    : `${amount}${inWords(reportingMinor, reportingCurrency).padStart(16)}`;
};

/** The books of an order as text: each transaction with its entries, what is owed after it, and the balances. */
export const booksText = (title: string, transactions: readonly Transaction[]): string => {
  const entries = new Map(
    transactions.flatMap((transaction) =>
      transaction.entries.map((entry) => [entry.entryId, { entry, transaction }] as const),
    ),
  );
  const owed = new Map<string, number>();
  const booked = transactions.flatMap((transaction) => {
    for (const { account, currency, amountMinor } of transaction.entries)
      if (account === 'receivable') owed.set(currency, (owed.get(currency) ?? 0) + amountMinor);
    return [
      heading(transaction),
      ...transaction.entries.flatMap((entry) => entryLines(entry, entries)),
      styleText('gray', `      ${'owed then'.padEnd(64)}${owedText(owed)}`),
    ];
  });
  return [styleText('bold', title), ...booked, ...balanceLines(transactions), ''].join('\n');
};

const owedText = (owed: ReadonlyMap<string, number>): string =>
  [...owed].map(([currency, amount]) => inWords(amount, currency).padStart(16)).join('');

const heading = ({ sequence, part, type, occurredAt, eventId }: Transaction): string => {
  const when = occurredAt.slice(0, 16).replace('T', ' ');
  const name = `#${sequence + 1}${part === 1 ? '' : `/${part}`}`;
  return `  ${styleText('cyan', `${name.padEnd(4)}${when}  ${type}`)}  ${styleText('gray', eventId)}`;
};

type Known = ReadonlyMap<
  string,
  { readonly entry: LedgerEntry; readonly transaction: Transaction }
>;

const entryLines = (entry: LedgerEntry, known: Known): readonly string[] => [
  `      ${entryName(entry)}${amountsOf(entry)}${reversalText(entry, known)}`,
  ...(entry.credits ?? []).map((credit) =>
    styleText('gray', `        ${creditText(credit, entry)}`),
  ),
];

const entryName = ({ account, kind, class: ofClass, lineId, sku }: LedgerEntry): string => {
  const what = kind === account || kind === 'due' ? '' : kind;
  const whose = lineId === undefined ? '' : `${lineId}${sku === lineId ? '' : ` ${sku ?? ''}`}`;
  return [
    account.padEnd(12),
    what.padEnd(10),
    (ofClass ?? '').padEnd(20),
    whose.slice(0, 21).padEnd(22),
  ].join('');
};

const reversalText = ({ reverses, amountMinor }: LedgerEntry, known: Known): string => {
  if (reverses === undefined) return '';
  const whole = known.get(reverses);
  if (whole === undefined) return `  of ${reverses}`;
  const isBack = Math.sign(amountMinor) !== Math.sign(whole.entry.amountMinor);
  const what = isBack ? 'takes back of' : 'gives again of';
  return `  ${styleText('yellow', `${what} #${whole.transaction.sequence + 1}`)}`;
};

const creditText = (credit: Credit, { currency }: LedgerEntry): string => {
  const { kind, id, touch, channel, orderId, offerId, amountMinor } = credit;
  const source = [
    touch ?? `${kind} ${id}`,
    ...(channel === undefined ? [] : [`by ${channel}`]),
    ...(offerId === undefined ? [] : [`offer ${offerId}`]),
    ...(orderId === undefined ? [] : [`of order ${orderId}`]),
  ].join(' ');
  return `${inWords(amountMinor, currency)} credited to ${source}`;
};

const accounts: readonly Account[] = [
  'receivable',
  'revenue',
  'shipping',
  'tax',
  'commission',
  'goodwill',
  'adjustment',
  'difference',
];

const balanceLines = (transactions: readonly Transaction[]): readonly string[] => {
  const balances = booksOf(transactions)
    .filter(({ amountMinor, reportingMinor }) => amountMinor !== 0 || reportingMinor !== 0)
    .toSorted((a, b) => accounts.indexOf(a.account) - accounts.indexOf(b.account));
  if (balances.length === 0) return [styleText('bold', '  Balances: all zero')];
  return [
    styleText('bold', '  Balances'),
    ...balances.map((balance) => {
      const { account, class: ofClass = '', lineId = '' } = balance;
      const name = [account.padEnd(22), ofClass.padEnd(20), lineId.slice(0, 21).padEnd(22)].join(
        '',
      );
      return `      ${name}${amountsOf(balance)}`;
    }),
  ];
};
