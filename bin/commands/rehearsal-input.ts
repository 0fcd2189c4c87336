import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import config from '#config';
import { disorder } from '#rehearsal/input/disorder.ts';
import { DAY_MS, parseDuration } from '#rehearsal/input/duration.ts';
import { problemInWords, readEvents } from '#rehearsal/input/event-files.ts';
import { fulfilmentOf } from '#rehearsal/input/fulfilment-model.ts';
import { count, inWords, newCounts } from '#rehearsal/input/order-import/import-counts.ts';
import {
  checkedMap,
  type ImportMap,
  parseImportMap,
} from '#rehearsal/input/order-import/import-map.ts';
import { catalogueOf } from '#rehearsal/input/order-import/catalogue-of-orders.ts';
import { consentsOf } from '#rehearsal/input/order-import/consents-of-orders.ts';
import { importItems, type ImportOptions } from '#rehearsal/input/order-import/import-orders.ts';
import type { PlacedOrder } from '#rehearsal/input/order-life.ts';
import { rejectedRowsFile } from '#rehearsal/input/order-import/rejected-rows-file.ts';
import { sampleCases } from '#rehearsal/input/sample-cases.ts';
import { placing } from '#rehearsal/input/sample-order.ts';
import type { React } from '#rehearsal/input/customer-model.ts';
import type { Faults } from '#rehearsal/faults.ts';
import { sampleReactions, sampleShop } from '#rehearsal/input/sample-shop.ts';
import { byTime, type TimedEvent } from '#rehearsal/input/timed-event.ts';
import { readArchive } from '#rehearsal/replay/read-archive.ts';
import { readBooksInput } from './books-input.ts';

/** An order whose timeline is printed at the end. */
export interface SampleOrder {
  readonly shop: string;
  readonly orderId: string;
  readonly about?: string;
}

/** What a rehearsal is given. */
export interface RehearsalInput {
  /** In order of arrival. Whoever gives them away takes them out. */
  readonly events: TimedEvent[];
  readonly fromMs: number;
  readonly untilMs: number;
  /** What was read, and what could not be. */
  readonly notes: readonly string[];
  readonly samples: readonly SampleOrder[];
  /** What customers do after a message. @default nothing */
  readonly react?: React | undefined;
  /** What goes wrong with messages. @default nothing */
  readonly faults?: Faults | undefined;
}

export interface InputOptions {
  readonly orders?: string | undefined;
  /** Whether all money of the orders' file is read, and only that. */
  readonly books?: boolean | undefined;
  readonly map?: string | undefined;
  readonly shop?: string | undefined;
  readonly limit?: string | undefined;
  readonly emails: string;
  readonly consent: string;
  readonly events?: string | undefined;
  /** Events of an archive instead. */
  readonly archive?: string | undefined;
  readonly until?: string | undefined;
  readonly duplicate: string;
  readonly shuffle: string;
  readonly seed: string;
}

/** The caller's mistake, in words that help. */
export class UnusableInput extends Error {
  override readonly name = 'UnusableInput';
}

interface Source {
  readonly events: readonly TimedEvent[];
  readonly notes: readonly string[];
  readonly samples: readonly SampleOrder[];
  readonly react?: React | undefined;
  readonly faults?: Faults | undefined;
  /** How long a rehearsal goes on when it is not told. */
  readonly defaultUntilMs: (events: readonly TimedEvent[]) => number;
}

const SAMPLE_DAYS = 180;

/** After the last event of a file: long enough for all stages of its last orders. */
const DAYS_AFTER = 120;

const SAMPLES = 3;

/**
 * The events that the options ask for.
 *
 * @param stateDir where rows that could not be used are written
 * @throws {UnusableInput}
 */
export const readInput = async (
  options: InputOptions,
  stateDir: string,
): Promise<RehearsalInput> => {
  const source = await readSource(options, stateDir);
  const disordered = disorder(source.events, {
    duplicate: Number(options.duplicate),
    shuffleMs: parseDuration(options.shuffle),
    seed: options.seed,
  });
  const events = [...disordered];
  const [first] = events;
  if (first === undefined)
    throw new UnusableInput(['there is no usable event to rehearse.', ...source.notes].join('\n'));
  const untilMs =
    options.until === undefined
      ? source.defaultUntilMs(events)
      : instantOf(options.until, first.atMs);
  const { notes, samples, react, faults } = source;
  return { events, fromMs: first.atMs, untilMs, notes, samples, react, faults };
};

/**
 * The end that `--until` states: days from the first event, or a date.
 *
 * @throws {UnusableInput}
 */
export const instantOf = (until: string, fromMs: number): number => {
  const ms = /^\d+$/.test(until) ? fromMs + Number(until) * DAY_MS : Date.parse(until);
  if (Number.isNaN(ms) || ms <= fromMs)
    throw new UnusableInput(
      `--until: got "${until}", expected a number of days or a date after ${new Date(fromMs).toISOString()}`,
    );
  return ms;
};

const readSource = (options: InputOptions, stateDir: string): Promise<Source> | Source => {
  const { orders, events, archive, seed } = options;
  if ([orders, events, archive].filter((given) => given !== undefined).length > 1)
    throw new UnusableInput('give one of --orders, --events and --archive');
  if (archive !== undefined) return archived(archive);
  if (options.books === true) {
    if (orders === undefined) throw new UnusableInput('--books: needs --orders FILE');
    return importedBooks(orders, options, stateDir);
  }
  if (orders !== undefined) return importedOrders(orders, options, stateDir);
  return events === undefined ? sample(seed) : recorded(events);
};

/** On an ordinary day: some addresses are wrong, some customers complain. Assumptions. */
const usualFaults: Faults = {
  bounces: 0.05,
  unreachable: 0.04,
  complaints: 0.003,
  stops: 0.1,
  throttles: 0.01,
};

const sample = (seed: string): Source => ({
  events: sampleShop({ seed }),
  notes: [],
  samples: sampleCases.slice(0, SAMPLES),
  react: sampleReactions({ seed }),
  faults: usualFaults,
  defaultUntilMs: ([first]) => (first?.atMs ?? 0) + SAMPLE_DAYS * DAY_MS,
});

const lastOf = (events: readonly TimedEvent[]): number =>
  events.reduce((last, { atMs }) => Math.max(last, atMs), 0);

const afterLast = (events: readonly TimedEvent[]): number => lastOf(events) + DAYS_AFTER * DAY_MS;

const recorded = async (path: string): Promise<Source> => {
  const { events, problems } = await readEvents(path);
  return {
    events,
    notes: [
      `${events.length} events read from ${path}`,
      ...problems.map((problem) => `not read: ${problemInWords(problem)}`),
    ],
    samples: ordersIn(events).slice(0, SAMPLES),
    defaultUntilMs: afterLast,
  };
};

const archived = async (path: string): Promise<Source> => {
  const { events, ownEvents } = await readArchive(path);
  return {
    events,
    notes: [`${events.length} events from outside and ${ownEvents} of our own read from ${path}`],
    samples: ordersIn(events).slice(0, SAMPLES),
    defaultUntilMs: afterLast,
  };
};

const ordersIn = (events: readonly TimedEvent[]): readonly SampleOrder[] =>
  events.flatMap(({ detailType, detail: { shop, orderId } }) =>
    detailType === 'OrderPlaced' && typeof shop === 'string' && typeof orderId === 'string'
      ? [{ shop, orderId }]
      : [],
  );

const importedOrders = async (
  file: string,
  { shop: wanted, map, limit, emails, consent, seed }: InputOptions,
  stateDir: string,
): Promise<Source> => {
  await assertFile(file);
  const shop = shopOf(wanted);
  const counts = newCounts();
  const rejectedFile = join(stateDir, 'rejected-rows.jsonl');
  const rejected = rejectedRowsFile(rejectedFile);
  const orders: PlacedOrder[] = [];
  for await (const item of importItems(file, {
    shop,
    emails: emailsOf(emails),
    map: map === undefined ? undefined : await readMap(map),
    limit: limit === undefined ? undefined : Number(limit),
  })) {
    count(counts, item);
    await rejected.write(item.kind === 'order' ? item.leftOut : item.rows);
    if (item.kind === 'order') orders.push(item.order);
  }
  await rejected.close();
  const catalogue = catalogueOf(orders);
  const consents = consentsOf(orders, shareOfConsents(consent), seed);
  const inOrder = [
    ...catalogue,
    ...consents,
    ...orders.flatMap((order) => [
      placing(order),
      ...fulfilmentOf(order, { seed, timeZone: shop.timeZone }),
    ]),
  ].toSorted(byTime);
  return {
    events: inOrder,
    notes: [
      ...inWords(counts),
      `Catalogue made from them: ${catalogue.length} products`,
      `Customers taken to have agreed to marketing: ${consents.length}`,
      `Rows that were not used: ${rejectedFile}`,
    ],
    samples: ordersIn(inOrder).slice(0, SAMPLES),
    defaultUntilMs: afterLast,
  };
};

const importedBooks = async (
  file: string,
  { shop, map, limit, emails }: InputOptions,
  stateDir: string,
): Promise<Source> => {
  await assertFile(file);
  const options: ImportOptions = {
    shop: shopOf(shop),
    // Addresses are not made up unless somebody asks for them: customers are known by their ids.
    emails: emails === 'customers-and-guests' ? 'none' : emailsOf(emails),
    map: map === undefined ? undefined : await readMap(map),
    limit: limit === undefined ? undefined : Number(limit),
  };
  const books = await readBooksInput(file, options, stateDir);
  return { ...books, samples: [], defaultUntilMs: (events) => lastOf(events) + DAY_MS };
};

const assertFile = async (file: string): Promise<void> => {
  await stat(file).catch(() => {
    throw new UnusableInput(`--orders: there is no file ${file}`);
  });
};

const shopOf = (wanted: string | undefined) => {
  const id = wanted ?? Object.keys(config.shops)[0] ?? '';
  const found = config.shops[id];
  if (found === undefined)
    throw new UnusableInput(
      `--shop: got "${id}", expected one of ${Object.keys(config.shops).join(', ')}`,
    );
  return { id, currency: found.currency, timeZone: found.timeZone };
};

const shareOfConsents = (text: string): number => {
  const share = Number(text);
  if (share >= 0 && share <= 1) return share;
  throw new UnusableInput(`--consent: got "${text}", expected a share from 0 to 1`);
};

const emailsOf = (emails: string) => {
  if (emails === 'customers' || emails === 'customers-and-guests' || emails === 'none')
    return emails;
  throw new UnusableInput(
    `--emails: got "${emails}", expected customers, customers-and-guests or none`,
  );
};

const readMap = async (map: string): Promise<ImportMap> =>
  existsSync(map) ? checkedMap(JSON.parse(await readFile(map, 'utf8'))) : parseImportMap(map);
