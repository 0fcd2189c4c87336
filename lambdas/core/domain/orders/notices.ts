import { moodOf } from './after-delivery.ts';
import type { Instant, OrderEvent } from './order-event.ts';

/** Touches that an event calls for by itself, whatever stage its order is in. */
export const noticeTouches = [
  'out-for-delivery',
  'refund',
  'packaging-insert',
  'support-hand-off',
  'consent-confirmation',
] as const;

export type NoticeTouch = (typeof noticeTouches)[number];

export interface Notice {
  readonly touch: NoticeTouch;
  readonly subjects: readonly string[];
  readonly at: Instant;
}

/** What the customer is told of at once when these events have come. */
export const noticesOf = (events: readonly OrderEvent[]): readonly Notice[] =>
  events.flatMap((event): readonly Notice[] => {
    const { occurredAt: at } = event;
    if (event.type === 'RefundIssued') return [{ touch: 'refund', subjects: [event.refundId], at }];
    if (event.type === 'SurveyAnswered' && moodOf(event) === 'bad')
      return [{ touch: 'support-hand-off', subjects: [at], at }];
    return event.type === 'ShipmentUpdated' && event.status === 'out_for_delivery'
      ? [{ touch: 'out-for-delivery', subjects: [event.parcelId], at }]
      : [];
  });
