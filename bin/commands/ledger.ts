import { parseArgs } from 'node:util';
import config from '#config';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import { transactionsOf } from '#core/domain/ledger/transactions-of.ts';
import { type Source, sourceOf } from '../explain/source.ts';
import { booksCsv } from '../ledger/books-csv.ts';
import { type BooksSource, booksSource } from '../ledger/books-source.ts';
import { booksText } from '../ledger/books-text.ts';

const help = `Prints the books of an order: what was booked by which event, to what it is credited, and what it comes to.
Debits are above zero, credits below: revenue that was earned is below zero, what the customer owes above.

  npm run ledger -- ORDER [--shop SHOP] [--state DIR] [--csv | --json]
  npm run ledger -- ORDER [--shop SHOP] --stage STAGE [--profile PROFILE] [--region REGION]

  ORDER      the shop's id of the order, or adjustment/ID of an adjustment
  --shop     the shop whose order it is; without it every shop is asked
  --state    where the rehearsal left its state (default .rehearsal)
  --stage    read the deployed tables of this stage instead
  --csv      a row an entry, for a spreadsheet
  --json     transactions as they are stored

Exit code 0: found. 1: nothing is booked under this id. 2: wrong arguments. 3: the books are not what the
order's events make them. How entries come about: docs/ledger.md`;

const options = {
  shop: { type: 'string' },
  state: { type: 'string', default: '.rehearsal' },
  stage: { type: 'string' },
  profile: { type: 'string' },
  region: { type: 'string' },
  csv: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parsed>['values'];

const parsed = (args: readonly string[]) =>
  parseArgs({ args: [...args], options, allowPositionals: true });

/** The command `ledger`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parsed(args);
  const [orderId] = positionals;
  if (values.help || orderId === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const sources = { orders: (await sourceOf(values)).orders, books: await booksSource(values) };
  const shops = values.shop === undefined ? Object.keys(config.shops) : [values.shop];
  const codes: number[] = [];
  for (const shop of shops) {
    const found = await booksFor(sources, shop, orderId);
    if (found.stored.length === 0 && found.expected.length === 0) continue;
    codes.push(print(`Books of ${orderId} of ${shop}`, found, values));
  }
  if (codes.length > 0) return Math.max(...codes);
  console.error(
    `nothing is booked under "${orderId}" in ${shops.join(', ')}: check the id, or run \`npm run rehearse\` first; a test order has no books`,
  );
  return 1;
};

interface Found {
  /** As the table has them. */
  readonly stored: readonly Transaction[];
  /** As the order's events make them; of an adjustment what is stored is all there is. */
  readonly expected: readonly Transaction[];
}

const booksFor = async (
  { orders, books }: { readonly orders: Source['orders']; readonly books: BooksSource },
  shop: string,
  orderId: string,
): Promise<Found> => {
  const stored = await books.ofOrder(shop, orderId);
  if (orderId.startsWith('adjustment/')) return { stored, expected: stored };
  const log = await orders.read(shop, orderId);
  return { stored, expected: transactionsOf(log, sha256Digest) };
};

const print = (title: string, { stored, expected }: Found, { csv, json }: Values): number => {
  const shown = stored.length === 0 ? expected : stored;
  if (json) console.log(JSON.stringify(shown, undefined, 2));
  else console.log(csv ? booksCsv(shown) : booksText(title, shown));
  const problem = problemOf(stored, expected);
  if (problem === undefined) return 0;
  console.error(problem);
  return 3;
};

const problemOf = (
  stored: readonly Transaction[],
  expected: readonly Transaction[],
): string | undefined => {
  const known = new Set(stored.map(({ transactionId }) => transactionId));
  const missing = expected.filter(({ transactionId }) => !known.has(transactionId)).length;
  const surplus = stored.length - (expected.length - missing);
  if (missing === 0 && surplus === 0) return undefined;
  return stored.length === 0
    ? 'nothing of this is stored yet: it is what the order’s events will be booked as'
    : `the stored books are not what the order’s events make them: ${missing} transaction(s) are missing, ${surplus} too many. An event that is sent again books what is missing.`;
};
