import type { Order } from './order.ts';
import type { OrderEvent } from './order-event.ts';

/** An amount in another currency than the order's can be held against nothing of it: it is noted, and not booked. */
export const withForeignAmountsNoted = (order: Order, event: OrderEvent): Order => {
  const foreign = currenciesOf(event).find((currency) => currency !== order.currency);
  if (foreign === undefined) return order;
  const what = `${event.type} is in ${foreign}, the order in ${order.currency}: its amount is not booked`;
  return { ...order, anomalies: [...order.anomalies, { eventId: event.eventId, what }] };
};

/** A commission is what a partner pays, in whichever currency. */
const currenciesOf = (event: OrderEvent): readonly string[] => {
  if (event.type === 'RefundIssued' || event.type === 'PaymentDisputed')
    return event.amount === undefined ? [] : [event.amount.currency];
  if (event.type !== 'OrderAmended') return [];
  const added = (event.addedLines ?? []).flatMap(({ unitPrice, total }) => [unitPrice, total]);
  return [event.total, ...added].flatMap((money) => money?.currency ?? []);
};
