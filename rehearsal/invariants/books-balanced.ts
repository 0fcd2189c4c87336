import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { assertBalanced, UnbalancedTransaction } from '#core/domain/ledger/books.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import { transactionsOf } from '#core/domain/ledger/transactions-of.ts';
import type { Evidence } from './evidence.ts';
import { type Invariant, orderIn, orderName, ordersInQueues } from './invariant.ts';

/** The ledger is what the orders' events come to, each entry once, and sums to zero. */
export const booksBalanced: Invariant = {
  name: 'books balanced',
  means:
    'every transaction sums to zero, no entry is booked twice, and each order’s books are those that its events come to when they are booked anew',
  violations: (evidence) => [
    ...unbalanced(evidence),
    ...bookedTwice(evidence),
    ...otherThanOrders(evidence),
  ],
};

const unbalanced = ({ transactions }: Evidence): readonly string[] =>
  transactions.flatMap((transaction) => {
    try {
      assertBalanced(transaction);
      return [];
    } catch (error) {
      if (error instanceof UnbalancedTransaction) return [error.message];
      throw error;
    }
  });

const bookedTwice = ({ transactions }: Evidence): readonly string[] => {
  const entries = transactions.flatMap(({ shop, orderId, entries: own }) =>
    own.map(({ entryId }) => ({ shop, orderId, entryId })),
  );
  return [...Map.groupBy(entries, ({ entryId }) => entryId).values()].flatMap((same) => {
    const [first] = same;
    return first === undefined || same.length === 1
      ? []
      : [`${orderName(first)}: the entry ${first.entryId} is booked ${same.length} times`];
  });
};

/** What is in a queue is booked when it is worked off; what was adjusted for no order is in no order's log. */
const otherThanOrders = (evidence: Evidence): readonly string[] => {
  const queued = ordersInQueues(evidence);
  const booked = Map.groupBy(evidence.transactions, orderIn);
  return evidence.logs
    .filter((log) => !queued.has(orderIn(log)))
    .flatMap((log) => {
      const told = idsOf(transactionsOf(log, sha256Digest));
      const kept = idsOf(booked.get(orderIn(log)) ?? []);
      return [
        ...[...told]
          .filter(([id]) => !kept.has(id))
          .map(([id, what]) => `${orderName(log)}: ${what} (${id}) is not in the ledger`),
        ...[...kept]
          .filter(([id]) => !told.has(id))
          .map(([id, what]) => `${orderName(log)}: ${what} (${id}) is in the ledger alone`),
      ];
    });
};

/** What a transaction comes to is part of its name here: an amount that differs is another one. */
const idsOf = (transactions: readonly Transaction[]): ReadonlyMap<string, string> =>
  new Map(
    transactions.map(({ transactionId, type, eventId, entries }) => [
      JSON.stringify([transactionId, entries.map((each) => [each.entryId, each.amountMinor])]),
      `the ${type} of event ${eventId}`,
    ]),
  );
