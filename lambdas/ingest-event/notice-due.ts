import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import type { Notice } from '#core/domain/orders/notices.ts';
import type { Order } from '#core/domain/orders/order.ts';

export const noticeDue = (
  { shop, orderId }: Pick<Order, 'shop' | 'orderId'>,
  { touch, subjects, at: occurredAt }: Notice,
): OutgoingEvent => ({
  type: 'NoticeDue',
  detail: {
    eventId: `notice-due/${orderId}/${[touch, ...subjects].join('/')}`,
    occurredAt,
    schemaVersion: SCHEMA_VERSION,
    shop,
    orderId,
    touch,
    subjects: [...subjects],
  },
});
