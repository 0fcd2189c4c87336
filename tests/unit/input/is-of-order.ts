import type { IncomingEvent } from '#core/contracts/parse-event.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { isOrderEventType } from '#core/domain/orders/order-of.ts';

/** Whether an event is kept in the log of its order. */
export const isOfOrder = (event: IncomingEvent): event is OrderEvent =>
  isOrderEventType(event.type);
