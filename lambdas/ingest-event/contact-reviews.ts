import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import type { CustomerEvent } from '#core/domain/customers/customer.ts';
import { moodOf } from '#core/domain/orders/after-delivery.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';

/** Why what is held for a customer has to be decided again; `undefined` when the event changes nothing for it. */
export const reviewReason = (event: OrderEvent | CustomerEvent): string | undefined => {
  if (event.type === 'ConsentChanged')
    return event.state === 'withdrawn' ? 'consent-withdrawn' : undefined;
  if (event.type === 'SurveyAnswered') return moodOf(event) === 'bad' ? 'bad-answer' : undefined;
  return reasons.get(event.type);
};

const reasons: ReadonlyMap<string, string> = new Map([
  ['SupportCaseOpened', 'case-opened'],
  ['SupportCaseClosed', 'case-closed'],
  ['OrderCancelled', 'order-cancelled'],
  ['ReturnRequested', 'return-requested'],
  ['ReturnReceived', 'return-received'],
  ['PaymentDisputed', 'dispute'],
  ['RefundIssued', 'refund'],
]);

/** The same event calls for the same review, however often it comes. */
export const reviewDue = (
  { eventId, occurredAt, shop }: Pick<OrderEvent, 'eventId' | 'occurredAt' | 'shop'>,
  customerId: string,
  because: string,
): OutgoingEvent => ({
  type: 'ContactReviewDue',
  detail: {
    eventId: `contact-review-due/${eventId}`,
    occurredAt,
    schemaVersion: SCHEMA_VERSION,
    shop,
    customerId,
    because,
  },
});
