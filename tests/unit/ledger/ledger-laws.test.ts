import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assertBalanced, booksOf } from '#core/domain/ledger/books.ts';
import type { LedgerEntry, Transaction } from '#core/domain/ledger/transaction.ts';
import { booked, entriesOf } from './booked.ts';
import { arrivalsOf, moneyHistories } from './order-histories.ts';

const balancesOf = (transactions: readonly Transaction[]) =>
  new Map(
    booksOf(transactions)
      .filter(({ amountMinor }) => amountMinor !== 0)
      .map((each) => [
        [each.account, each.class, each.lineId, each.currency].join(' '),
        each.amountMinor,
      ]),
  );

const told = moneyHistories.chain((history) =>
  arrivalsOf(history).map((arriving) => ({ history, arriving })),
);

test('every transaction sums to zero in its currency and as reported, its credits to their entries', () => {
  fc.assert(
    fc.property(told, ({ arriving }) => {
      expect(() => booked(arriving).forEach(assertBalanced)).not.toThrow();
    }),
    { numRuns: 400 },
  );
});

interface Held {
  readonly whole: LedgerEntry;
  readonly left: { readonly amount: number; readonly reporting: number };
}

/** What is left of each entry once all that point at it are counted. */
const heldOf = (entries: readonly LedgerEntry[]): readonly Held[] => {
  const backs = Map.groupBy(
    entries.filter(({ reverses }) => reverses !== undefined),
    ({ reverses }) => reverses,
  );
  return entries
    .filter(({ reverses, account }) => reverses === undefined && account !== 'receivable')
    .map((whole) => {
      const all = [whole, ...(backs.get(whole.entryId) ?? [])];
      const amount = all.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      const reporting = all.reduce((sum, { reportingMinor }) => sum + reportingMinor, 0);
      return { whole, left: { amount, reporting } };
    });
};

const isBetween = (part: number, whole: number): boolean =>
  Math.abs(part) <= Math.abs(whole) && (part === 0 || Math.sign(part) === Math.sign(whole));

const isSound = ({ whole, left }: Held): boolean =>
  isBetween(left.amount, whole.amountMinor) &&
  isBetween(left.reporting, whole.reportingMinor) &&
  (left.amount !== 0 || left.reporting === 0);

test('no entry is taken back by more than it was, nor given again by more than was taken back', () => {
  fc.assert(
    fc.property(told, ({ arriving }) => {
      const entries = entriesOf(booked(arriving));

      for (let length = 1; length <= entries.length; length += 1)
        expect(heldOf(entries.slice(0, length)).filter((held) => !isSound(held))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('what takes back is of the account, class, line and credits of the entry that it points at', () => {
  fc.assert(
    fc.property(told, ({ arriving }) => {
      const entries = entriesOf(booked(arriving));
      const nameOf = ({ account, kind, class: of, lineId, currency, credits }: LedgerEntry) =>
        [account, kind, of, lineId, currency, ...(credits ?? []).map(({ id }) => id)].join(' ');
      const names = new Map(entries.map((entry) => [entry.entryId, nameOf(entry)]));
      const backs = entries.filter(({ reverses }) => reverses !== undefined);

      expect(backs.map((entry) => names.get(entry.reverses ?? ''))).toEqual(backs.map(nameOf));
    }),
    { numRuns: 200 },
  );
});

test('an event that is added to the log changes no transaction before it', () => {
  fc.assert(
    fc.property(told, ({ arriving }) => {
      const all = booked(arriving);
      const first = arriving.findIndex(({ type }) => type === 'OrderPlaced');

      for (let length = first + 1; length <= arriving.length; length += 1) {
        const then = booked(arriving.slice(0, length));
        expect(all.slice(0, then.length)).toEqual(then);
      }
    }),
    { numRuns: 100 },
  );
});

test('any order of arrival ends in the same balances', () => {
  fc.assert(
    fc.property(told, ({ history, arriving }) => {
      expect(balancesOf(booked(arriving))).toEqual(balancesOf(booked(history)));
    }),
    { numRuns: 400 },
  );
});

test('no transaction and no entry has the id of another', () => {
  fc.assert(
    fc.property(told, ({ arriving }) => {
      const transactions = booked(arriving);
      const ids = [
        ...transactions.map(({ transactionId }) => transactionId),
        ...entriesOf(transactions).map(({ entryId }) => entryId),
      ];

      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 100 },
  );
});
