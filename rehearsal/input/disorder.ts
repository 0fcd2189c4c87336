import { seededRandom } from '#rehearsal/random.ts';
import { between } from './draws.ts';
import { byTime, type TimedEvent } from './timed-event.ts';

export interface DisorderOptions {
  /** Share of the events that come twice, 0 to 1. @default 0 */
  readonly duplicate?: number;
  /** Every event is put off by up to so long, so that those within the window change places. @default 0 */
  readonly shuffleMs?: number;
  readonly seed: string;
}

/**
 * The same events as a bus may deliver them: put off, so in another order, and some twice. None is
 * lost, changed or sent before its time; a second copy comes after the first, within the window.
 *
 * @throws {RangeError} when an option is out of its range
 */
export const disorder = (
  events: readonly TimedEvent[],
  { duplicate = 0, shuffleMs = 0, seed }: DisorderOptions,
): readonly TimedEvent[] => {
  if (!(duplicate >= 0 && duplicate <= 1))
    throw new RangeError(`disorder: got duplicate ${duplicate}, expected a share from 0 to 1.`);
  if (!(shuffleMs >= 0))
    throw new RangeError(`disorder: got shuffleMs ${shuffleMs}, expected 0 or more milliseconds.`);
  const random = seededRandom(JSON.stringify(['disorder', seed]));
  return events
    .flatMap((event) => {
      const latestMs = event.atMs + shuffleMs;
      const first = { ...event, atMs: Math.round(between(random, event.atMs, latestMs)) };
      const second = { ...event, atMs: Math.round(between(random, first.atMs, latestMs)) };
      return random() < duplicate ? [first, second] : [first];
    })
    .toSorted(byTime);
};
