import type { ToldEvent } from '../contracts/incoming-events.ts';

/** Passes on what customers say on our pages, to be taken in as what a shop's systems tell. */
export interface ToldEvents {
  /** Telling a thing twice is harmless: its `eventId` is the same. @throws when the bus did not take every event */
  tell(events: readonly ToldEvent[]): Promise<void>;
}
