import { converted, safe } from '../money/convert.ts';
import type { ExchangeRate } from '../orders/order-event.ts';
import type { AdjustmentPosted } from './adjustment-posted.ts';
import { balancedParts } from './balanced-parts.ts';
import type { Hash, Transaction } from './transaction.ts';

/** What an adjustment is booked under, where an order's books have its id; no order's id is like it. */
export const adjustmentOrderId = (adjustmentId: string): string => `adjustment/${adjustmentId}`;

/**
 * The books of an adjustment: one transaction of its own, and none of an adjustment by nothing. The same
 * event gives the same one.
 *
 * @param exchangeRate into the reporting currency; absent of an amount in it
 * @throws {RangeError} when an amount passes 2^53 − 1
 */
export const adjustmentTransactions = (
  event: AdjustmentPosted,
  exchangeRate: ExchangeRate | undefined,
  hash: Hash,
): readonly Transaction[] => {
  const { shop, eventId, occurredAt, adjustmentId, amountMinor, currency } = event;
  if (amountMinor === 0) return [];
  const orderId = adjustmentOrderId(adjustmentId);
  const gained = safe(amountMinor);
  const reported =
    exchangeRate === undefined
      ? gained
      : converted({ amountMinor: gained, currency }, exchangeRate.rate, exchangeRate.to);
  const entry = {
    entryId: hash(JSON.stringify([shop, orderId, eventId, 'adjustment'])),
    account: 'adjustment',
    kind: 'adjustment',
    amountMinor: 0 - gained,
    currency,
    reportingMinor: 0 - reported,
    reportingCurrency: exchangeRate?.to ?? currency,
  } as const;
  const cause = { shop, orderId, eventId, occurredAt };
  return balancedParts({ event: cause, sequence: 0, type: 'adjustment' }, [entry], hash);
};
