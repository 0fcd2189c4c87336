import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';

export interface InMemoryEventBus extends EventPublisher {
  /** Everything that was published, as often as it was. */
  readonly events: readonly OutgoingEvent[];
}

/** @param breaks whether the bus takes nothing this time */
export const inMemoryEventBus = (breaks: () => boolean = () => false): InMemoryEventBus => {
  const events: OutgoingEvent[] = [];
  return {
    events,
    publish: async (published) => {
      if (breaks()) throw new Error('the bus did not take the events');
      events.push(...published);
    },
  };
};
