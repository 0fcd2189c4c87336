import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { AFTERGLOW_SOURCE } from '../contracts/outgoing-events.ts';
import type { EventPublisher } from '../ports/event-publisher.ts';
import { putEntries } from './eventbridge-entries.ts';

export const eventBridgePublisher = (
  client: EventBridgeClient,
  EventBusName: string,
): EventPublisher => ({
  publish: (events) =>
    putEntries(
      client,
      events.map(({ type, detail }) => ({
        EventBusName,
        Source: AFTERGLOW_SOURCE,
        DetailType: type,
        Detail: JSON.stringify(detail),
        Time: new Date(detail.occurredAt),
      })),
    ),
});
