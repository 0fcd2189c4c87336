import type { Order } from './order.ts';
import type { CommissionConfirmed, CommissionReversed } from './order-event.ts';

/** What a partner pays for the order; what does not fit is noted and changes nothing. */
export const withCommission = (
  order: Order,
  event: CommissionConfirmed | CommissionReversed,
): Order =>
  event.type === 'CommissionConfirmed' ? confirmed(order, event) : reversed(order, event);

const confirmed = (order: Order, event: CommissionConfirmed): Order => {
  const { commissionId, occurredAt: at, partner, amount, sessionId, offerId, exchangeRate } = event;
  if (order.commissions.some((each) => each.commissionId === commissionId))
    return noted(order, event, 'was confirmed a second time; the first stands');
  const next = { commissionId, at, partner, amount, reversedMinor: 0, sessionId, offerId };
  return { ...order, commissions: [...order.commissions, { ...next, exchangeRate }] };
};

const reversed = (order: Order, event: CommissionReversed): Order => {
  const known = order.commissions.find((each) => each.commissionId === event.commissionId);
  if (known === undefined)
    return noted(order, event, 'was reversed before it was confirmed; nothing is taken back');
  const { currency, amountMinor } = known.amount;
  const back = event.amount ?? known.amount;
  if (back.currency !== currency)
    return noted(
      order,
      event,
      `is in ${currency}, its reversal in ${back.currency}: not taken back`,
    );
  const reversedMinor = Math.min(amountMinor, known.reversedMinor + back.amountMinor);
  return {
    ...order,
    commissions: order.commissions.map((each) =>
      each === known ? { ...known, reversedMinor } : each,
    ),
  };
};

const noted = (
  order: Order,
  { eventId, commissionId }: CommissionConfirmed | CommissionReversed,
  what: string,
): Order => ({
  ...order,
  anomalies: [...order.anomalies, { eventId, what: `the commission ${commissionId} ${what}` }],
});
