import type { OutgoingEvent } from '../contracts/outgoing-events.ts';

/** Tells the rest of the company. Publishing a fact twice is harmless: its `eventId` is the same. */
export interface EventPublisher {
  /** @throws when the bus did not take every event */
  publish(events: readonly OutgoingEvent[]): Promise<void>;
}
