import type { ToldEvent } from '#core/contracts/incoming-events.ts';
import type { ToldEvents } from '#core/ports/told-events.ts';

export interface InMemoryToldEvents extends ToldEvents {
  /** Everything that was told, as often as it was. */
  readonly events: readonly ToldEvent[];
}

/** @param breaks whether the bus takes nothing this time */
export const inMemoryToldEvents = (breaks: () => boolean = () => false): InMemoryToldEvents => {
  const events: ToldEvent[] = [];
  return {
    events,
    tell: async (told) => {
      if (breaks()) throw new Error('the bus did not take the events');
      events.push(...told);
    },
  };
};
