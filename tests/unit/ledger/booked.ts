import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import type { Account, LedgerEntry, Transaction } from '#core/domain/ledger/transaction.ts';
import { transactionsOf } from '#core/domain/ledger/transactions-of.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';

/** What is booked once these events arrived, in this order. */
export const booked = (events: readonly OrderEvent[]): readonly Transaction[] =>
  transactionsOf({ events }, sha256Digest);

export const entriesOf = (transactions: readonly Transaction[]): readonly LedgerEntry[] =>
  transactions.flatMap(({ entries }) => entries);

/** What an account comes to. */
export const balanceOf = (transactions: readonly Transaction[], account: Account): number =>
  entriesOf(transactions)
    .filter((entry) => entry.account === account)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** Entries in a line each, receivables apart: `revenue goods mill -1000`. */
export const linesOf = (transaction: Transaction | undefined): readonly string[] =>
  (transaction?.entries ?? [])
    .filter(({ account }) => account !== 'receivable')
    .map(({ account, kind, lineId, amountMinor }) =>
      [account, kind, ...(lineId === undefined ? [] : [lineId]), amountMinor].join(' '),
    );
