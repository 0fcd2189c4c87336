import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import type { AddressSuppression } from '#core/domain/contact-policy/suppression.ts';
import type { MessageFeedback } from '#core/domain/feedback/feedback.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';

/** What the rest of the company is told of a message's fate: nothing of one that is under way. */
export const fateFact = (
  { shop, orderId, touch, touchId }: TouchRecord,
  { channel, messageId, at: occurredAt, fate }: MessageFeedback,
): readonly OutgoingEvent[] => {
  const message = { shop, orderId, touch, touchId, channel, messageId };
  const detail = (name: string) =>
    ({
      eventId: `message-${name}/${orderId}/${touchId}/${messageId}`,
      occurredAt,
      schemaVersion: SCHEMA_VERSION,
      ...message,
    }) as const;
  switch (fate.kind) {
    case 'delivered':
      return [{ type: 'MessageDelivered', detail: detail('delivered') }];
    case 'bounced': {
      const { permanent, because } = fate;
      const name = permanent ? 'bounced-for-good' : 'bounced';
      return [{ type: 'MessageBounced', detail: { ...detail(name), permanent, because } }];
    }
    case 'complained':
      return [{ type: 'MessageComplained', detail: detail('complained') }];
    case 'underway':
      return [];
  }
};

/** What is held for the customer may not go to this address any more. */
export const reviewFact = (
  { shop, orderId, touchId, customerId }: TouchRecord,
  suppression: AddressSuppression | undefined,
): readonly OutgoingEvent[] => {
  if (suppression === undefined || customerId === undefined) return [];
  const { reason, at } = suppression;
  const because = `address-${reason}`;
  return [reviewDue(shop, customerId, at, because, `${orderId}/${touchId}/${reason}`)];
};

/** What is held for a guest who is known by the number alone. */
export const guestReviewFact = (shop: string, customerId: string, at: Instant): OutgoingEvent =>
  reviewDue(shop, customerId, at, 'address-stopped', `${shop}/${customerId}/${at}`);

const reviewDue = (
  shop: string,
  customerId: string,
  occurredAt: Instant,
  because: string,
  cause: string,
): OutgoingEvent => ({
  type: 'ContactReviewDue',
  detail: {
    eventId: `contact-review-due/feedback/${cause}`,
    occurredAt,
    schemaVersion: SCHEMA_VERSION,
    shop,
    customerId,
    because,
  },
});
