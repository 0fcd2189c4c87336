import { HOUR_MS } from '../input/duration.ts';
import { byTime, type TimedEvent } from '../input/timed-event.ts';
import {
  type Calendar,
  calendarFrom,
  endOf,
  instantOf,
  momentAt,
  momentInWords,
  parseMoment,
} from './calendar.ts';
import { type CustomerDeed, readDeed, textsFrom } from './customer-deed.ts';
import type { PricedProduct } from '../input/sample-catalogue.ts';
import { nearest, oneOf } from './nearest.ts';
import { type Note, quoted, type Written } from './notebook.ts';
import { readArms } from './read-arms.ts';
import { readEvent } from './read-event.ts';
import { readThen } from './read-then.ts';
import { type Given, readGiven } from './read-given.ts';
import type { Expectation, OrderInScenario, Scenario } from './scenario.ts';
import { type ScenarioShop, Story } from './story.ts';
import { tell } from './tell.ts';
import { tellGiven } from './tell-given.ts';

export interface ReadingOptions {
  readonly file: string;
  readonly shops: Readonly<Record<string, ScenarioShop>>;
  /** Names of all touches that there are. */
  readonly touches: readonly string[];
  /** Names of the arms of each experiment, the holdout among them. @default nothing is tried */
  readonly arms?: Readonly<Record<string, readonly string[]>>;
  /** Columns of each view of the lake. @default no metric can be expected */
  readonly views?: Readonly<Record<string, readonly string[]>>;
  /** What the shops sell. @default the sample catalogue */
  readonly products?: readonly PricedProduct[];
  /** Sets the scenario apart from all others: begins its ids. */
  readonly number: string;
  readonly note: Note;
}

const headings = [
  'scenario',
  'shop',
  'customer',
  'currency',
  'arms',
  'catalogue',
  'starts',
  'until',
  'others',
  'when',
  'then',
] as const;

type Heading = (typeof headings)[number];
type Sections = Readonly<Partial<Record<Heading, Written>>>;

/** The Monday on which the sample shops open. */
const DEFAULT_START = '2026-03-02';

/** Customer and catalogue are told so long before the first event. */
const SET_UP_MS = 2 * HOUR_MS;

/** One document; `undefined` when it has a mistake, and every mistake is noted. */
export const readScenario = (document: Written, options: ReadingOptions): Scenario | undefined => {
  let mistakes = 0;
  const note: Note = (line, problem) => {
    mistakes += 1;
    options.note(line, problem);
  };
  const scenario = read(document, { ...options, note });
  return mistakes === 0 ? scenario : undefined;
};

const read = (document: Written, options: ReadingOptions): Scenario | undefined => {
  const { note, file } = options;
  const sections = sectionsOf(document, note);
  if (sections === undefined) return undefined;
  const name = textOf(sections.scenario);
  if (name === undefined)
    note(document.line, 'got no name, expected the scenario in a line: `scenario: A plain order`');
  const shop = shopOf(sections.shop, document, options);
  if (shop === undefined) return undefined;
  const calendar = readStart(sections.starts, shop.timeZone, note);
  const given = readGiven(sections.customer, sections.catalogue, note);
  if (sections.customer === undefined)
    note(document.line, 'got no customer, expected `customer: { id: c-1, name: Jana, email: … }`');
  const scope = `${options.number}.${slug(name ?? '')}`;
  const ownSkus = new Set(given.products.map(({ sku }) => sku));
  const currency = currencyOf(sections.currency, note);
  const { products } = options;
  const story = new Story({
    shopId: shop.id,
    shop,
    ...(currency === undefined ? {} : { currency }),
    ...(products === undefined ? {} : { products }),
    calendar,
    scope,
    ownSkus,
    note,
  });
  const { events, deeds } = happenings(sections.when, given, { story, line: document.line });
  const { expectations, records } = readThen(listIn(sections.then, 'then', document.line, note), {
    story,
    touches: options.touches,
    views: options.views,
  });
  const happens = [...events, ...deeds];
  const expected = [...expectations, ...records];
  const untilMs = untilOf(sections.until, { calendar, happens, expected, note });
  noteLate(expected, { calendar, untilMs, note });
  return {
    name: name ?? '',
    file,
    line: document.line,
    shop: shop.id,
    calendar,
    scope,
    orders: ordersOf(story),
    arms: readArms(sections.arms, options),
    events,
    deeds,
    textsFrom: textsFrom(deeds, story.profile.phone, note),
    fromMs: events[0]?.atMs ?? 0,
    untilMs,
    expectations,
    records,
    allowsOthers: readOthers(sections.others, note),
  };
};

const ordersOf = (story: Story): readonly OrderInScenario[] =>
  [...story.orders.values()].map(({ order }) => {
    const lines = story.orderCalled(order.name)?.lines ?? [];
    return {
      ...order,
      products: Object.fromEntries(lines.map(({ lineId, sku }) => [lineId, story.unscoped(sku)])),
    };
  });

const sectionsOf = (document: Written, note: Note): Sections | undefined => {
  if (document.kind !== 'map') {
    note(document.line, `got ${quoted(document)}, expected a scenario: ${oneOf(headings)}`);
    return undefined;
  }
  return Object.fromEntries(
    document.entries.flatMap(({ key, line, value }) => {
      const heading = headings.find((each) => each === key);
      if (heading !== undefined) return [[heading, value]];
      note(line, `got "${key}", expected ${oneOf(nearest(key, headings, headings.length))}`);
      return [];
    }),
  );
};

const textOf = (value: Written | undefined): string | undefined =>
  value?.kind === 'text' && value.text !== '' ? value.text : undefined;

const shopOf = (value: Written | undefined, { line }: Written, { shops, note }: ReadingOptions) => {
  const id = textOf(value) ?? '';
  const shop = shops[id];
  if (shop !== undefined) return { id, ...shop };
  note(value?.line ?? line, `shop: got "${id}", expected ${oneOf(Object.keys(shops))}`);
  return undefined;
};

const readStart = (value: Written | undefined, timeZone: string, note: Note): Calendar => {
  const dayZero = calendarFrom(DEFAULT_START, timeZone) ?? { timeZone, dayZero: 0 };
  if (value === undefined) return dayZero;
  const calendar = calendarFrom(textOf(value) ?? '', timeZone);
  if (calendar === undefined)
    note(value.line, `starts: got ${quoted(value)}, expected the date of day 0 such as 2026-03-02`);
  return calendar ?? dayZero;
};

const currencyOf = (value: Written | undefined, note: Note): string | undefined => {
  if (value === undefined || /^[A-Z]{3}$/.test(textOf(value) ?? '')) return textOf(value);
  note(value.line, `currency: got ${quoted(value)}, expected an ISO 4217 code such as JPY`);
  return undefined;
};

export const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-|-$/g, '') || 'x';

const listIn = (
  value: Written | undefined,
  heading: Heading,
  line: number,
  note: Note,
): readonly Written[] => {
  if (value?.kind === 'list') return value.items;
  note(
    value?.line ?? line,
    `${heading}: got ${value === undefined ? 'nothing' : quoted(value)}, expected a list`,
  );
  return [];
};

/** Everything that happens, what was given first. */
const happenings = (
  when: Written | undefined,
  given: Given,
  { story, line }: { readonly story: Story; readonly line: number },
): Happenings => {
  const { note, calendar } = story.options;
  const items = listIn(when, 'when', line, note);
  const said = items.map((item) => ({ item, deed: readDeed(item, calendar, note) }));
  const deeds = said.flatMap(({ deed }) => deed ?? []);
  const drafts = said.flatMap(({ item, deed }) =>
    deed === undefined ? (readEvent(item, calendar, note) ?? []) : [],
  );
  const firstMs = Math.min(...drafts.map(({ occurredAtMs }) => occurredAtMs));
  const setUpMs = (Number.isFinite(firstMs) ? firstMs : calendar.dayZero) - SET_UP_MS;
  const events = [...tellGiven(given, setUpMs, story), ...tell(drafts, story)].toSorted(byTime);
  return { events, deeds };
};

interface Happenings {
  readonly events: readonly TimedEvent[];
  readonly deeds: readonly CustomerDeed[];
}

type Timed = Pick<Expectation, 'when' | 'line'>;

interface Watch {
  readonly calendar: Calendar;
  /** In any order. */
  readonly happens: readonly (TimedEvent | CustomerDeed)[];
  readonly expected: readonly Timed[];
  readonly note: Note;
}

/** To the end of the day that is written, or else of the day after the last that is named. */
const untilOf = (value: Written | undefined, watch: Watch): number => {
  const { calendar, happens, expected, note } = watch;
  const eventDays = happens.map(({ atMs }) => momentAt(calendar, atMs).day);
  const days = [...eventDays, ...expected.flatMap(({ when }) => when?.day ?? [])];
  const usual = { day: Math.max(0, ...days) + 1 };
  const written = value === undefined ? usual : parseMoment(textOf(value) ?? '');
  if (written === undefined)
    note(
      value?.line ?? 1,
      `until: got ${value === undefined ? '' : quoted(value)}, expected a day such as \`day 30\``,
    );
  const untilMs = endOf(calendar, written ?? usual);
  const last = happens.toSorted((a, b) => a.atMs - b.atMs).at(-1);
  if (value !== undefined && last !== undefined && last.atMs > untilMs)
    note(
      value.line,
      `until: got ${quoted(value)}, expected ${momentInWords(momentAt(calendar, last.atMs))} at least: ${'detailType' in last ? last.detailType : 'what the customer does'} comes then`,
    );
  return untilMs;
};

/** What would never be looked at. */
const noteLate = (
  expected: readonly Timed[],
  {
    calendar,
    untilMs,
    note,
  }: { readonly calendar: Calendar; readonly untilMs: number; readonly note: Note },
): void => {
  for (const { when, line } of expected)
    if (when !== undefined && instantOf(calendar, { minute: 0, ...when }) >= untilMs)
      note(
        line,
        `got ${momentInWords(when)}, expected a time before the scenario ends: change \`until\``,
      );
};

const readOthers = (value: Written | undefined, note: Note): boolean => {
  const text = textOf(value);
  if (value !== undefined && text !== 'allowed')
    note(value.line, `others: got ${quoted(value)}, expected allowed, or nothing`);
  return text === 'allowed';
};
