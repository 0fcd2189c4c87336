import type { MessageContext } from '#core/domain/messages/message-context.ts';
import { messageContextOf } from '#core/domain/messages/message-context.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { sampleNow, sampleOrder } from '#lib/messages/sample-orders.ts';
import { sampleShop } from '#lib/messages/sample-shop.ts';

export const orderStatus = `${sampleShop.orderStatusUrl}?t=token`;

/** What a message with these subjects says, in English, once these events happened. */
export const contextAfter = (
  events: readonly OrderEvent[],
  subjects: readonly string[] = [],
  now: string = sampleNow,
): MessageContext =>
  messageContextOf({
    subjects,
    order: sampleOrder(...events),
    customerName: 'Mia Sommer',
    shop: sampleShop,
    locale: { language: 'en', locale: 'en-GB' },
    links: { orderStatus, unsubscribe: null },
    now,
    linesShown: 50,
  });
