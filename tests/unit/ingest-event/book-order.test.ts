import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { transactionsOf } from '#core/domain/ledger/transactions-of.ts';
import { booksOfOrder } from '#lambdas/ingest-event/book-order.ts';
import { arrivalsOf, moneyHistories } from '../ledger/order-histories.ts';

test('the books made for an event have all of it that an order’s whole books have', () => {
  fc.assert(
    fc.property(moneyHistories.chain(arrivalsOf), (events) => {
      const whole = transactionsOf({ events }, sha256Digest);
      for (const event of events) {
        const isOf = ({ eventId }: { readonly eventId: string }) => eventId === event.eventId;
        const books = booksOfOrder({ digest: sha256Digest }, { events }, event) ?? [];

        expect(books.filter(isOf)).toEqual(whole.filter(isOf));
      }
    }),
    { numRuns: 1500 },
  );
});
