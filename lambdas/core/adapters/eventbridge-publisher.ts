import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { AFTERGLOW_SOURCE } from '../contracts/outgoing-events.ts';
import type { EventPublisher } from '../ports/event-publisher.ts';

/** EventBridge takes at most this many entries a request. */
const MAX_ENTRIES = 10;

export const eventBridgePublisher = (
  client: EventBridgeClient,
  EventBusName: string,
): EventPublisher => ({
  publish: async (events) => {
    for (let start = 0; start < events.length; start += MAX_ENTRIES) {
      const Entries = events.slice(start, start + MAX_ENTRIES).map(({ type, detail }) => ({
        EventBusName,
        Source: AFTERGLOW_SOURCE,
        DetailType: type,
        Detail: JSON.stringify(detail),
        Time: new Date(detail.occurredAt),
      }));
      const answer = await client.send(new PutEventsCommand({ Entries }));
      // A refused entry is an answer, not an error.
      const refused = answer.Entries?.filter(({ ErrorCode }) => ErrorCode !== undefined) ?? [];
      if (refused.length > 0)
        throw new Error(
          `${refused.length} of ${Entries.length} events were not taken by the bus: ${refused[0]?.ErrorCode} ${refused[0]?.ErrorMessage}`,
        );
    }
  },
});
