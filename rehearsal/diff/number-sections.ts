import type { Section } from '../cost/report.ts';
import type { CountChange, RunDiff } from './compare-runs.ts';
import type { ComparedCost, CostChange } from './compared-cost.ts';
import type { EntryChange } from './compare-entries.ts';
import type { Expected } from './expected-revenue.ts';
import { counted, money, shareOf, signed, whole } from './phrases.ts';

const EXAMPLES = 3;

const countRow = ({ name, before, after }: CountChange): readonly string[] => [
  name,
  whole(before),
  whole(after),
  signed(after - before),
];

/** Executions that were started or ended otherwise, and those that failed on one side. */
export const journeySection = ({ executions, transitions, failed }: RunDiff): Section => ({
  title: 'Journeys',
  intro: [],
  rows: [['', 'before', 'after', 'change'], ...[...executions, transitions].map(countRow)],
  points: [
    ...failed.onlyAfter.slice(0, EXAMPLES).map((each) => `fails after: ${inWords(each)}`),
    ...failed.onlyBefore.slice(0, EXAMPLES).map((each) => `failed before: ${inWords(each)}`),
  ],
  notes: [],
});

const inWords = ({ name, because }: RunDiff['failed']['onlyAfter'][number]): string =>
  `${name}, ${because}`;

/** What 1,000 orders cost, by service. */
export const costSection = ({ total, services }: ComparedCost, currency: string): Section => ({
  title: 'Cost of 1,000 orders',
  intro: [],
  rows: [
    ['', `before, ${currency}`, `after, ${currency}`, 'change'],
    ...[total, ...services].map(costRow),
  ],
  notes: ['At list prices, without the run time of functions, which no two runs have alike.'],
});

const costRow = ({ service, before, after }: CostChange): readonly string[] => [
  service,
  before.toFixed(3),
  after.toFixed(3),
  signed(after - before, 3),
];

export interface ExpectedChange {
  readonly kind: Expected['kind'];
  readonly name: string;
  readonly currency: string;
  readonly before: { readonly times: number; readonly revenueMinor: number };
  readonly after: { readonly times: number; readonly revenueMinor: number };
}

/** What is expected on both sides, those alone that changed; the greatest change first. */
export const compareExpected = (
  before: readonly Expected[],
  after: readonly Expected[],
): readonly ExpectedChange[] => {
  const numbersOf = ({ times, revenueMinor } = { times: 0, revenueMinor: 0 }) => ({
    times,
    revenueMinor,
  });
  const nameOf = ({ kind, name, currency }: Expected) => JSON.stringify([kind, name, currency]);
  const find = (side: readonly Expected[], name: string) =>
    side.find((each) => nameOf(each) === name);
  return [...new Set([...before, ...after].map(nameOf))]
    .flatMap((key): readonly ExpectedChange[] => {
      const [earlier, later] = [find(before, key), find(after, key)];
      const either = later ?? earlier;
      if (either === undefined) return [];
      const { kind, name, currency } = either;
      return [{ kind, name, currency, before: numbersOf(earlier), after: numbersOf(later) }];
    })
    .filter(
      (each) =>
        each.before.times !== each.after.times ||
        Math.round(each.before.revenueMinor) !== Math.round(each.after.revenueMinor),
    )
    .toSorted((a, b) => Math.abs(gainOf(b)) - Math.abs(gainOf(a)));
};

const gainOf = ({ before, after }: ExpectedChange): number =>
  after.revenueMinor - before.revenueMinor;

/** Offers and messages that bring more or less in expectation, and the sum by currency. */
export const revenueSection = (
  { pages }: RunDiff,
  changes: readonly ExpectedChange[],
  ratesOf: string,
): Section => ({
  title: 'Offers and expected revenue',
  intro: [
    pages.compared === 0
      ? 'No confirmation page was opened.'
      : `${shareOf(pages.changed.length, pages.compared)} of the confirmation pages show other offers, or the same in another order.`,
  ],
  rows: [
    ['', 'before', 'after', 'expected before', 'expected after', 'change'],
    ...changes.map(expectedRow),
    ...[...Map.groupBy(changes, ({ currency }) => currency)].map(([currency, group]) => [
      'in all',
      '',
      '',
      '',
      '',
      gain(
        group.reduce((sum, each) => sum + gainOf(each), 0),
        currency,
      ),
    ]),
  ],
  notes: [`Showings of offers, and messages sent; at acceptance rates ${ratesOf}.`],
});

const expectedRow = (change: ExpectedChange): readonly string[] => {
  const { kind, name, currency, before, after } = change;
  return [
    `${kind} ${name}`,
    whole(before.times),
    whole(after.times),
    money(before.revenueMinor, currency),
    money(after.revenueMinor, currency),
    gain(gainOf(change), currency),
  ];
};

const gain = (minor: number, currency: string): string =>
  `${minor > 0 ? '+' : ''}${money(minor, currency)}`;

/** Balances that changed, and entries with examples. */
export const bookSection = ({ books }: RunDiff): Section => ({
  title: 'Books',
  intro: [
    `${counted(books.entries.length, 'entry').replace('entrys', 'entries')} of orders on both sides differ${books.entries.length === 1 ? 's' : ''}.`,
  ],
  rows: [
    ['account', 'before', 'after', 'change'],
    ...books.balances.map(({ account, currency, beforeMinor, afterMinor }) => [
      account,
      money(beforeMinor, currency),
      money(afterMinor, currency),
      gain(afterMinor - beforeMinor, currency),
    ]),
  ],
  points: books.entries.slice(0, EXAMPLES).map(entryInWords),
  notes: ['Debits are above zero: revenue is below it.'],
});

/** `hearth 1001, revenue (goods): 12.00 EUR became 10.00 EUR` */
export const entryInWords = ({ kind, before, after }: EntryChange): string => {
  const either = after ?? before;
  if (either === undefined) throw new Error('an entry that neither side has');
  const name = `${either.shop} ${either.orderId}, ${either.account} (${either.type}, ${either.kind})`;
  const amount = (entry: typeof before): string =>
    entry === undefined ? 'not booked' : money(entry.amountMinor, entry.currency);
  return kind === 'credits'
    ? `${name}: ${amount(after)} credited otherwise: ${creditsIn(before)} became ${creditsIn(after)}`
    : `${name}: ${amount(before)} became ${amount(after)}`;
};

const creditsIn = (entry: EntryChange['before']): string => {
  const credits = (entry?.credits ?? []).map(({ kind, touch, offerId, id }) =>
    [kind, touch ?? offerId ?? id].join(' '),
  );
  return credits.length === 0 ? 'nobody' : credits.join(', ');
};
