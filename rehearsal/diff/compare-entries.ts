import type { Credit, LedgerEntry, Transaction } from '#core/domain/ledger/transaction.ts';

export interface BookedEntry extends LedgerEntry {
  readonly shop: string;
  readonly orderId: string;
  readonly type: Transaction['type'];
}

/** An entry that only one side has, or that has another amount or other credits. */
export interface EntryChange {
  readonly kind: 'only-before' | 'only-after' | 'amount' | 'credits';
  readonly before?: BookedEntry | undefined;
  readonly after?: BookedEntry | undefined;
}

/** What an account comes to, of one class and currency, on both sides; minor units, debits above zero. */
export interface BalanceChange {
  readonly account: string;
  readonly currency: string;
  readonly beforeMinor: number;
  readonly afterMinor: number;
}

/** Every entry of the books that differs, in the order of its order. */
export const compareEntries = (
  before: readonly Transaction[],
  after: readonly Transaction[],
): readonly EntryChange[] => {
  const earlier = byName(before);
  const later = byName(after);
  return [...new Set([...earlier.keys(), ...later.keys()])].toSorted().flatMap((name) => {
    const pair = { before: earlier.get(name), after: later.get(name) };
    const kind = kindOf(pair);
    return kind === undefined ? [] : [{ kind, ...pair }];
  });
};

/** The id of an entry is a hash of its event, line, account, kind and what it reverses: the same in every run. */
const byName = (transactions: readonly Transaction[]): ReadonlyMap<string, BookedEntry> =>
  new Map(
    transactions.flatMap(({ shop, orderId, type, entries }) =>
      entries.map((entry) => [
        JSON.stringify([shop, orderId, entry.entryId]),
        { ...entry, shop, orderId, type },
      ]),
    ),
  );

const kindOf = ({ before, after }: Omit<EntryChange, 'kind'>): EntryChange['kind'] | undefined => {
  if (before === undefined) return 'only-after';
  if (after === undefined) return 'only-before';
  if (before.amountMinor !== after.amountMinor || before.currency !== after.currency)
    return 'amount';
  return creditsOf(before) === creditsOf(after) ? undefined : 'credits';
};

const creditsOf = ({ credits = [] }: LedgerEntry): string =>
  JSON.stringify(credits.map(creditName).toSorted());

/** Whom it is credited to and how much, whatever else is known of them. */
const creditName = ({ kind, id, orderId, offerId, amountMinor }: Credit): string =>
  JSON.stringify([kind, id, orderId, offerId, amountMinor]);

/** Balances by account, class and currency that differ. */
export const compareBalances = (
  before: readonly Transaction[],
  after: readonly Transaction[],
): readonly BalanceChange[] => {
  const earlier = balancesOf(before);
  const later = balancesOf(after);
  return [...new Set([...earlier.keys(), ...later.keys()])].toSorted().flatMap((name) => {
    const [account = '', currency = ''] = name.split('|');
    const [beforeMinor, afterMinor] = [earlier.get(name) ?? 0, later.get(name) ?? 0];
    return beforeMinor === afterMinor ? [] : [{ account, currency, beforeMinor, afterMinor }];
  });
};

const balancesOf = (transactions: readonly Transaction[]): ReadonlyMap<string, number> => {
  const balances = new Map<string, number>();
  for (const { account, class: ofClass, currency, amountMinor } of transactions.flatMap(
    ({ entries }) => entries,
  )) {
    const name = `${ofClass === undefined ? account : `${account}, ${ofClass}`}|${currency}`;
    balances.set(name, (balances.get(name) ?? 0) + amountMinor);
  }
  return balances;
};
