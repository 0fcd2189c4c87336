import type { OrderEvent } from '../orders/order-event.ts';
import { safe } from '../money/convert.ts';
import type { Hash, LedgerEntry, Transaction, TransactionType } from './transaction.ts';

/**
 * Entries of a transaction, receivables and credits among them. With ids of 128 characters of three bytes an
 * entry or a credit takes 1.5 KB: 225 KB stay below what EventBridge (256 KB) and a DynamoDB item
 * (400 KB) take.
 */
const MOST_WEIGHT = 150;

/** What LedgerEntryPosted has at most, with room for a receivable in each of a few currencies. */
const MOST_ENTRIES = 96;

interface Cause {
  readonly event: Pick<OrderEvent, 'shop' | 'orderId' | 'eventId' | 'occurredAt'>;
  readonly sequence: number;
  readonly type: TransactionType;
}

/** Transactions of these entries, each with a receivable that makes it sum to zero. None of no entries. */
export const balancedParts = (
  { event, sequence, type }: Cause,
  entries: readonly LedgerEntry[],
  hash: Hash,
): readonly Transaction[] => {
  const { shop, orderId, eventId, occurredAt } = event;
  return chunksOf(entries).map((chunk, index) => {
    const part = index + 1;
    const name = (of: string) => hash(JSON.stringify([shop, orderId, eventId, of, part]));
    return {
      transactionId: name('transaction'),
      shop,
      orderId,
      eventId,
      type,
      occurredAt,
      sequence,
      part,
      entries: [...receivablesOf(chunk, name), ...chunk],
    };
  });
};

const chunksOf = (entries: readonly LedgerEntry[]): readonly (readonly LedgerEntry[])[] => {
  const chunks: LedgerEntry[][] = [];
  let weight = MOST_WEIGHT;
  for (const entry of entries) {
    const own = 1 + (entry.credits?.length ?? 0);
    const last = chunks.at(-1);
    if (last === undefined || weight + own > MOST_WEIGHT || last.length === MOST_ENTRIES) {
      chunks.push([entry]);
      weight = own;
    } else {
      last.push(entry);
      weight += own;
    }
  }
  return chunks;
};

const receivablesOf = (
  entries: readonly LedgerEntry[],
  name: (of: string) => string,
): readonly LedgerEntry[] => {
  const groups = Map.groupBy(entries, (entry) => `${entry.currency} ${entry.reportingCurrency}`);
  return [...groups].flatMap(([currencies, group]) => {
    const [first] = group;
    const amountMinor = oppositeOf(group.map((entry) => entry.amountMinor));
    const reportingMinor = oppositeOf(group.map((entry) => entry.reportingMinor));
    if (first === undefined || (amountMinor === 0 && reportingMinor === 0)) return [];
    const { currency, reportingCurrency } = first;
    return [
      {
        entryId: name(`receivable ${currencies}`),
        account: 'receivable',
        kind: 'due',
        amountMinor,
        currency,
        reportingMinor,
        reportingCurrency,
      },
    ];
  });
};

const oppositeOf = (amounts: readonly number[]): number =>
  safe(0 - amounts.reduce((sum, amount) => sum + amount, 0));
