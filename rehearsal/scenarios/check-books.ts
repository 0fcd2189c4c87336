import { booksOf } from '#core/domain/ledger/books.ts';
import type { LedgerEntry, Transaction } from '#core/domain/ledger/transaction.ts';
import { decimalText } from '#core/domain/money/decimal-text.ts';
import { exponentOf } from '#core/domain/money/exponent.ts';
import { momentInWords } from './calendar.ts';
import { asOf } from './read-record.ts';
import type { BooksExpectation, ExpectedBalance, Mismatch } from './record-expectation.ts';
import type { Scenario } from './scenario.ts';

/**
 * Sets the balances of an order against what is expected of them by a time.
 *
 * @param transactions of the order, in any order; what happened later is left out, whenever it was heard of
 */
export const checkBooks = (
  { calendar, scope }: Pick<Scenario, 'calendar' | 'scope'>,
  expected: BooksExpectation,
  transactions: readonly Transaction[],
): readonly Mismatch[] => {
  const { order, when, balances, line } = expected;
  const byThen = transactions.filter(
    ({ occurredAt }) => Date.parse(occurredAt) < asOf(calendar, when),
  );
  const entries = byThen.flatMap((transaction) => transaction.entries);
  const got = balances.map((balance) => ({ ...balance, amountMinor: balanceOf(balance, entries) }));
  const unnamed = unnamedIn(byThen, balances);
  const isRight = got.every(({ amountMinor }, at) => amountMinor === balances[at]?.amountMinor);
  if (isRight && unnamed.length === 0) return [];
  const moment = momentInWords(when);
  const inWords = (named: readonly ExpectedBalance[]): string =>
    `${moment.padEnd(MOMENT_WIDTH)}${named.length === 0 ? 'no books' : `books ${named.map(balanceInWords).join(', ')}`}`;
  return [
    {
      line,
      expected: inWords(balances),
      got: inWords([...got, ...unnamed]).replaceAll(`${scope}-`, ''),
      hint: `npm run ledger -- ${order.orderId}`,
    },
  ];
};

/** As wide as the column of times in the table. */
export const MOMENT_WIDTH = 19;

const balanceInWords = ({ written, amountMinor, currency }: ExpectedBalance): string =>
  `${written} ${decimalText(amountMinor, exponentOf(currency))}`;

const isMeant = (
  { account, of }: ExpectedBalance,
  entry: Pick<LedgerEntry, 'account' | 'class' | 'sku'>,
): boolean =>
  entry.account === account && (of === undefined || entry.class === of || entry.sku === of);

const balanceOf = (balance: ExpectedBalance, entries: readonly LedgerEntry[]): number =>
  entries
    .filter((entry) => isMeant(balance, entry))
    .reduce((sum, entry) => sum + amountIn(balance.currency, entry), 0);

const amountIn = (
  currency: string,
  entry: Pick<LedgerEntry, 'currency' | 'amountMinor' | 'reportingCurrency' | 'reportingMinor'>,
): number => {
  if (entry.currency === currency) return entry.amountMinor;
  return entry.reportingCurrency === currency ? entry.reportingMinor : 0;
};

/** Balances that no expectation names and that are not zero. */
const unnamedIn = (
  transactions: readonly Transaction[],
  named: readonly ExpectedBalance[],
): readonly ExpectedBalance[] => {
  const entries = transactions.map(({ entries: all, ...transaction }) => ({
    ...transaction,
    entries: all.filter((entry) => !named.some((balance) => isMeant(balance, entry))),
  }));
  const skus = new Map(
    transactions.flatMap((each) => each.entries.map(({ lineId, sku }) => [lineId, sku] as const)),
  );
  return booksOf(entries)
    .filter(({ amountMinor }) => amountMinor !== 0)
    .map(({ account, lineId, currency, amountMinor }) => ({
      written: [account, ...(lineId === undefined ? [] : [skus.get(lineId) ?? lineId])].join(' '),
      account,
      currency,
      amountMinor,
    }));
};
