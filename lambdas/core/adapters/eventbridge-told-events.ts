import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CUSTOMER_SOURCE } from '../contracts/incoming-events.ts';
import type { ToldEvents } from '../ports/told-events.ts';
import { putEntries } from './eventbridge-entries.ts';

export const eventBridgeToldEvents = (
  client: EventBridgeClient,
  EventBusName: string,
): ToldEvents => ({
  tell: (events) =>
    putEntries(
      client,
      events.map(({ type, detail }) => ({
        EventBusName,
        Source: CUSTOMER_SOURCE,
        DetailType: type,
        Detail: JSON.stringify(detail),
        Time: new Date(detail.occurredAt),
      })),
    ),
});
