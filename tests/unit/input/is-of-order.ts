import type { IncomingEvent } from '#core/contracts/parse-event.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';

/** What may name an order and is told of a person all the same. */
const ofPersons: readonly string[] = ['ConsentChanged', 'SupportCaseOpened', 'SupportCaseClosed'];

/** Whether an event is kept in the log of its order. */
export const isOfOrder = (event: IncomingEvent): event is OrderEvent =>
  'orderId' in event && !ofPersons.includes(event.type);
