import type { Account } from '#core/domain/ledger/transaction.ts';
import { exponentOf } from '#core/domain/money/exponent.ts';
import { endOf, parseSpan, type Span } from './calendar.ts';
import { nearest, oneOf } from './nearest.ts';
import { plain, quoted, type Written, type WrittenEntry } from './notebook.ts';
import { orderNameIn } from './order-name.ts';
import {
  type ExpectedBalance,
  type MetricValue,
  offerOutcomes,
  type RecordExpectation,
} from './record-expectation.ts';
import type { ScenarioOrder } from './scenario.ts';
import type { Story } from './story.ts';
import { orderMeant } from './tell.ts';

export interface RecordContext {
  readonly story: Story;
  /** Names of the views of the lake, with their columns. @default none is known */
  readonly views?: Readonly<Record<string, readonly string[]>> | undefined;
}

interface Statement extends RecordContext {
  readonly line: number;
  /** Absent: never. */
  readonly when: Span | undefined;
  /** Without its first word. */
  readonly words: string;
  readonly rest: readonly WrittenEntry[];
}

type Read = (statement: Statement) => RecordExpectation | undefined;

/**
 * A line such as `day 3: books`, `day 0: offer mug shown` or `day 9: metric touch_funnel`, with what stands below it.
 *
 * @returns the expectation, `undefined` where it has a mistake, and `not-a-record` for what tells of something else
 */
export const readRecord = (
  item: Written,
  context: RecordContext,
): RecordExpectation | undefined | 'not-a-record' => {
  const [first, ...rest] = item.kind === 'map' ? item.entries : [];
  if (first?.value.kind !== 'text') return 'not-a-record';
  const said = first.value.text.trim().replaceAll(/\s+/g, ' ');
  const [, kind = '', words = ''] = /^(books|no books|offer|metric)(?: (.*))?$/.exec(said) ?? [];
  const read = readers.get(kind);
  const when = parseSpan(first.key);
  const isTimed = when !== undefined || first.key === 'never';
  if (read === undefined || !isTimed) return 'not-a-record';
  return read({ ...context, line: first.line, when, words, rest });
};

const inTime = ({ when, line, story }: Statement, what: string): Span | undefined => {
  if (when?.toMinute === undefined && when !== undefined) return when;
  story.options.note(line, `${what}: got no single time, expected one such as \`day 3 12:00\``);
  return undefined;
};

const meant = ({ story, rest, line }: Statement): ScenarioOrder | undefined =>
  orderMeant(story, orderNameIn(rest), line);

const below = ({ rest }: Statement, ...known: readonly string[]): readonly WrittenEntry[] =>
  rest.filter(({ key }) => !known.includes(key));

const readBooks: Read = (statement) => {
  const { line, story, words } = statement;
  const when = inTime(statement, 'books');
  const order = meant(statement);
  const entries = below(statement, 'order');
  if (words !== '' || entries.length === 0)
    story.options.note(
      line,
      `books: got ${words === '' ? 'nothing below' : `"${words}"`}, expected accounts below it such as \`receivable: 49.80\`, or \`no books\``,
    );
  const balances = entries.flatMap((entry) => balanceIn(entry, story) ?? []);
  return when === undefined || order === undefined
    ? undefined
    : { kind: 'books', line, order, when, balances };
};

const readNoBooks: Read = (statement) => {
  const { line, story } = statement;
  const when = inTime(statement, 'no books');
  const order = meant(statement);
  for (const { key, line: at } of below(statement, 'order'))
    story.options.note(at, `got "${key}", expected nothing below \`no books\``);
  return when === undefined || order === undefined
    ? undefined
    : { kind: 'books', line, order, when, balances: [] };
};

/** An account that is new in the ledger has to be named here. */
const accounts: Readonly<Record<Account, true>> = {
  receivable: true,
  revenue: true,
  shipping: true,
  tax: true,
  commission: true,
  goodwill: true,
  adjustment: true,
  difference: true,
};

const isAccount = (word: string): word is Account => Object.hasOwn(accounts, word);

/** `revenue`, `revenue HG-ESP-100`, `revenue in EUR`: the account, what of it, and in which currency. */
const balanceIn = (
  { key, line, value }: WrittenEntry,
  story: Story,
): ExpectedBalance | undefined => {
  const { note } = story.options;
  const [, account = key, of, currency = story.shop.currency] =
    /^(\w+)(?: (?!in )(\S+))?(?: in ([A-Z]{3}))?$/.exec(key.replaceAll(/\s+/g, ' ')) ?? [];
  if (!isAccount(account)) {
    note(line, `books: got the account "${account}", expected ${oneOf(Object.keys(accounts))}`);
    return undefined;
  }
  const amountMinor = minorOf(value, currency);
  if (amountMinor === undefined) {
    const digits = exponentOf(currency);
    note(
      line,
      `books: got ${quoted(value)}, expected an amount of ${currency} with ${digits} digits at most, credits below zero: -12${digits === 0 ? '' : `.${'0'.repeat(digits)}`}`,
    );
    return undefined;
  }
  return { written: key, account, of: of && story.skuOf(of), currency, amountMinor };
};

const minorOf = (value: Written, currency: string): number | undefined => {
  const text = value.kind === 'text' ? value.text.trim() : '';
  const [, sign, whole, fraction = ''] = /^([+-]?)(\d{1,12})(?:\.(\d+))?$/.exec(text) ?? [];
  const digits = exponentOf(currency);
  if (whole === undefined || fraction.length > digits) return undefined;
  const minor = Number(`${whole}${fraction.padEnd(digits, '0')}`);
  // There is one zero in the books.
  return sign === '-' && minor !== 0 ? -minor : minor;
};

const readOffer: Read = (statement) => {
  const { line, when, words, story } = statement;
  const { note } = story.options;
  const [, offer = words, how = ''] = /^(\S+) (\S+)$/.exec(words) ?? [];
  const outcome = offerOutcomes.find((each) => each === how);
  for (const { key, line: at } of below(statement, 'order'))
    note(at, `got "${key}", expected \`order\` or nothing below an offer`);
  const order = meant(statement);
  if (outcome === undefined)
    note(line, `got "offer ${words}", expected its id and ${oneOf(offerOutcomes)}`);
  if (order === undefined || outcome === undefined) return undefined;
  return {
    kind: 'offer',
    line,
    order,
    when,
    written: offer,
    offerId: story.scoped(offer),
    outcome,
  };
};

const readMetric: Read = (statement) => {
  const { line, words: view, story, views = {} } = statement;
  const when = inTime(statement, 'metric');
  const columns = views[view];
  if (columns === undefined) {
    const known = nearest(view, Object.keys(views));
    story.options.note(line, `got the metric "${view}", expected a view such as ${oneOf(known)}`);
    return undefined;
  }
  const of = statement.rest.find(({ key }) => key === 'of')?.value;
  const values = valuesIn(below(statement, 'of'), columns, story);
  if (Object.keys(values).length === 0)
    story.options.note(line, `metric ${view}: got nothing below, expected columns with values`);
  const rows = of?.kind === 'map' ? of.entries : [];
  return when === undefined
    ? undefined
    : { kind: 'metric', line, when, view, of: valuesIn(rows, columns, story), values };
};

const valuesIn = (
  entries: readonly WrittenEntry[],
  columns: readonly string[],
  { options: { note } }: Story,
): Readonly<Record<string, MetricValue>> =>
  Object.fromEntries(
    entries.flatMap(({ key, line, value }) => {
      const column = key.replaceAll(/\s+/g, '_');
      if (!columns.includes(column))
        note(line, `got the column "${key}", expected ${oneOf(nearest(column, columns, 8))}`);
      const said = plain(value);
      if (isValue(said)) return [[column, said] as const];
      note(line, `${key}: got ${quoted(value)}, expected one value`);
      return [];
    }),
  );

const isValue = (value: unknown): value is MetricValue =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

const readers: ReadonlyMap<string, Read> = new Map([
  ['books', readBooks],
  ['no books', readNoBooks],
  ['offer', readOffer],
  ['metric', readMetric],
]);

/** The last instant that a record of that time is looked at: the end of the minute, or of the day. */
export const asOf = (calendar: Parameters<typeof endOf>[0], { day, minute }: Span): number =>
  endOf(calendar, minute === undefined ? { day } : { day, minute: minute + 1 });
