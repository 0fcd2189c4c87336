import type * as z from 'zod';
import type { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { decimalText } from '#core/domain/money/decimal-text.ts';
import type { BooksView, EntryRow } from './views.ts';

type Posted = z.output<typeof outgoingEvents.LedgerEntryPosted>;
type Entry = Posted['entries'][number];

interface Sum {
  readonly account: string;
  readonly class: string;
  readonly currency: string;
  readonly exponent: number;
  minor: number;
}

/** Entries that are kept for the list, of each shop. */
const KEPT = 200;

export const amountInWords = (minor: number, exponent: number, currency: string): string =>
  `${decimalText(minor, exponent)} ${currency}`;

/** The books of whole shops, summed up as each transaction is told: in the currency that a shop sells in. */
export class ShopBooks {
  readonly #sums = new Map<string, Map<string, Sum>>();
  readonly #entries = new Map<string, EntryRow[]>();

  hear(posted: Posted): void {
    for (const entry of posted.entries) this.#add(posted.shop, entry);
    const rows = this.#entries.get(posted.shop) ?? [];
    rows.unshift(...posted.entries.map((entry) => rowOf(posted, entry)));
    rows.splice(KEPT);
    this.#entries.set(posted.shop, rows);
  }

  /** Balances by account and class; of the entries the latest, the last one first. */
  of(shop: string): BooksView {
    const sums = [...(this.#sums.get(shop)?.values() ?? [])];
    return {
      balances: sums
        .filter(({ minor }) => minor !== 0)
        .toSorted((a, b) => (a.account < b.account ? -1 : 1))
        .map(({ account, class: ofClass, minor, exponent, currency }) => ({
          account,
          class: ofClass,
          line: '',
          amount: amountInWords(minor, exponent, currency),
        })),
      entries: this.#entries.get(shop) ?? [],
    };
  }

  #add(shop: string, { account, class: ofClass = '', amountMinor, currency, exponent }: Entry) {
    const sums = this.#sums.get(shop) ?? new Map<string, Sum>();
    this.#sums.set(shop, sums);
    const key = JSON.stringify([account, ofClass, currency]);
    const sum = sums.get(key) ?? { account, class: ofClass, currency, exponent, minor: 0 };
    sum.minor += amountMinor;
    sums.set(key, sum);
  }
}

const rowOf = ({ occurredAt, shop, orderId, transaction }: Posted, entry: Entry): EntryRow => ({
  at: occurredAt,
  shop,
  orderId,
  transaction,
  account: entry.account,
  class: entry.class ?? '',
  line: entry.lineId ?? '',
  amount: amountInWords(entry.amountMinor, entry.exponent, entry.currency),
  credited: (entry.credits ?? []).map(({ kind, id, touch }) => touch ?? `${kind} ${id}`).join('; '),
});
