import type { Credit, LedgerEntry, Transaction } from '../domain/ledger/transaction.ts';
import { exponentOf } from '../domain/money/exponent.ts';
import { SCHEMA_VERSION } from './incoming-events.ts';
import type { OutgoingEvent } from './outgoing-events.ts';

/** A transaction as it is told on the bus; told again, it has the same id. */
export const ledgerPosted = (transaction: Transaction): OutgoingEvent => {
  const { transactionId, shop, orderId, occurredAt, type, entries } = transaction;
  return {
    type: 'LedgerEntryPosted',
    detail: {
      eventId: `ledger-${transactionId}`,
      occurredAt,
      schemaVersion: SCHEMA_VERSION,
      shop,
      orderId,
      transactionId,
      transaction: type,
      entries: entries.map(toldEntry),
    },
  };
};

const toldEntry = ({ credits, ...entry }: LedgerEntry) => ({
  ...entry,
  exponent: exponentOf(entry.currency),
  reportingExponent: exponentOf(entry.reportingCurrency),
  ...(credits === undefined ? {} : { credits: credits.map((credit: Credit) => ({ ...credit })) }),
});
