import type { RevenueClass } from './credit.ts';
import type { Account, LedgerEntry, Transaction } from './transaction.ts';

/** What an account comes to, of one class and one line. Debits are above zero. */
export interface Balance {
  readonly account: Account;
  readonly class?: RevenueClass | undefined;
  readonly lineId?: string | undefined;
  readonly currency: string;
  readonly reportingCurrency: string;
  readonly amountMinor: number;
  readonly reportingMinor: number;
}

/** Balances by account, class, line and currency, in the order in which they were first booked. */
export const booksOf = (transactions: readonly Transaction[]): readonly Balance[] => {
  const entries = transactions.flatMap((transaction) => transaction.entries);
  const groups = Map.groupBy(entries, (entry) =>
    JSON.stringify([
      entry.account,
      entry.class ?? '',
      entry.lineId ?? '',
      entry.currency,
      entry.reportingCurrency,
    ]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { account, class: ofClass, lineId, currency, reportingCurrency } = first;
    return [
      {
        account,
        class: ofClass,
        lineId,
        currency,
        reportingCurrency,
        amountMinor: sum(group.map(({ amountMinor }) => amountMinor)),
        reportingMinor: sum(group.map(({ reportingMinor }) => reportingMinor)),
      },
    ];
  });
};

const sum = (amounts: readonly number[]): number =>
  amounts.reduce((total, amount) => total + amount, 0);

/** A transaction that cannot be right, and must not be stored. */
export class UnbalancedTransaction extends Error {
  override readonly name = 'UnbalancedTransaction';
}

/**
 * Holds a transaction against the rules of the books: whole amounts, entries that sum to zero in each
 * currency and in the reporting currency, credits that sum to their entry.
 *
 * @throws {UnbalancedTransaction} naming the transaction and what is wrong with it
 */
export const assertBalanced = (transaction: Transaction): void => {
  const problem = problemOf(transaction);
  if (problem === undefined) return;
  const { transactionId, shop, orderId, eventId } = transaction;
  throw new UnbalancedTransaction(
    `the transaction ${transactionId} of event ${eventId} of order ${orderId} of ${shop} is not stored: ${problem}`,
  );
};

const problemOf = ({ entries }: Transaction): string | undefined => {
  if (entries.length === 0) return 'got no entries, expected some';
  for (const [currency, group] of Map.groupBy(entries, (entry) => entry.currency)) {
    const total = sum(group.map(({ amountMinor }) => amountMinor));
    if (total !== 0) return `its entries sum to ${total} ${currency}, expected 0`;
  }
  for (const [currency, group] of Map.groupBy(entries, (entry) => entry.reportingCurrency)) {
    const total = sum(group.map(({ reportingMinor }) => reportingMinor));
    if (total !== 0) return `its entries sum to ${total} ${currency} as reported, expected 0`;
  }
  return entries.map(problemOfEntry).find((problem) => problem !== undefined);
};

const problemOfEntry = (entry: LedgerEntry): string | undefined => {
  const { entryId, amountMinor, reportingMinor, credits } = entry;
  if (![amountMinor, reportingMinor].every(Number.isSafeInteger))
    return `the entry ${entryId} has ${amountMinor} and ${reportingMinor}, expected whole minor units`;
  if (credits === undefined) return undefined;
  const credited = sum(credits.map((credit) => credit.amountMinor));
  const reported = sum(credits.map((credit) => credit.reportingMinor));
  return credited === amountMinor && reported === reportingMinor
    ? undefined
    : `the credits of entry ${entryId} sum to ${credited} and ${reported}, expected ${amountMinor} and ${reportingMinor}`;
};
