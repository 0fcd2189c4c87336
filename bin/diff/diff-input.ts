import type { Faults } from '#rehearsal/faults.ts';
import { MINUTE_MS } from '#rehearsal/input/duration.ts';
import { byTime, type TimedEvent } from '#rehearsal/input/timed-event.ts';
import { type InputOptions, readInput, UnusableInput } from '../commands/rehearsal-input.ts';
import type { Audience } from './rehearse-side.ts';
import { toldOffers } from './told-offers.ts';

/** What both sides of a comparison are given. */
export interface DiffInput {
  /** In order of time, without what a version's own files say of offers. */
  readonly events: readonly TimedEvent[];
  /** From when on a version tells its offers; absent where the events tell them. */
  readonly offersFromMs?: number | undefined;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly audience: Audience;
  readonly faults?: Faults | undefined;
  readonly notes: readonly string[];
}

export type DiffInputOptions = Omit<InputOptions, 'books' | 'duplicate' | 'shuffle'>;

/** Before the first event of a file: so long offers take to be known. */
const OFFERS_LEAD_MS = 10 * MINUTE_MS;

/**
 * The events that the options ask for, computed once for both sides.
 *
 * @param folder where rows that could not be used are written
 * @throws {UnusableInput}
 */
export const readDiffInput = async (
  options: DiffInputOptions,
  folder: string,
): Promise<DiffInput> => {
  const input = await readInput({ ...options, duplicate: '0', shuffle: '0s' }, folder);
  const { fromMs, untilMs, faults } = input;
  // What lies in the folder goes with it.
  const notes = input.notes.filter((note) => !note.includes(folder));
  const events =
    options.orders === undefined ? firstOrders(input.events, options.limit) : input.events;
  const isSample = [options.orders, options.events, options.archive].every(
    (given) => given === undefined,
  );
  return isSample
    ? { ...ofSample(events), fromMs, untilMs, notes, audience: 'sample', faults: lasting(faults) }
    : { ...ofFile(events, fromMs), untilMs, notes, audience: 'looks' };
};

/**
 * What befalls an address, in every run alike. What befalls a message or a call depends on how many came before, so
 * that one message less on a side would have others bounce.
 */
const lasting = ({ bounces, unreachable }: Faults = {}): Faults => ({ bounces, unreachable });

/** The events of the orders that are placed first, and those of no order. */
const firstOrders = (
  events: readonly TimedEvent[],
  limit: string | undefined,
): readonly TimedEvent[] => {
  if (limit === undefined) return events;
  const most = Number(limit);
  if (!Number.isInteger(most) || most < 1)
    throw new UnusableInput(`--limit: got "${limit}", expected a whole number of orders from 1`);
  const placed = events.flatMap((event) =>
    event.detailType === 'OrderPlaced' ? [nameOf(event)] : [],
  );
  const chosen = new Set([...new Set(placed)].slice(0, most));
  return events.filter(
    (event) => event.detail['orderId'] === undefined || chosen.has(nameOf(event)),
  );
};

const nameOf = ({ detail: { shop, orderId } }: TimedEvent): string =>
  JSON.stringify([shop, orderId]);

const isOffer = ({ detailType }: TimedEvent): boolean => detailType === 'OfferUpdated';

/** The sample's offers are files of the versions; they are told when the sample tells them. */
const ofSample = (events: readonly TimedEvent[]) => ({
  events: events.filter((event) => !isOffer(event)),
  offersFromMs: events.find(isOffer)?.atMs,
});

const ofFile = (events: readonly TimedEvent[], fromMs: number) =>
  events.some(isOffer)
    ? { events, fromMs }
    : { events, fromMs: fromMs - OFFERS_LEAD_MS, offersFromMs: fromMs - OFFERS_LEAD_MS };

/** The events of one side: those that both are given, and what its version says of its offers. */
export const eventsOfSide = async (
  { events, offersFromMs }: DiffInput,
  root: string,
): Promise<readonly TimedEvent[]> =>
  offersFromMs === undefined
    ? events
    : [...(await toldOffers(root, offersFromMs)), ...events].toSorted(byTime);
