import type { Order, Refund } from '../orders/order.ts';
import { type LineList, listOf, quantityIn, type Viewing } from './line-list.ts';

export interface RefundView {
  readonly amount: string;
  readonly reason: NonNullable<Refund['reason']> | null;
  /** The lines it is for; none where nobody said. */
  readonly items: LineList;
}

/** The refunds that the subjects name. */
export const refundViews = (
  order: Order,
  subjects: readonly string[],
  viewing: Viewing,
): readonly RefundView[] =>
  order.refunds
    .filter(({ refundId }) => subjects.includes(refundId))
    .map(({ amount, reason, lines = [] }) => ({
      amount: viewing.formats.money(amount),
      reason: reason ?? null,
      items: listOf(order, quantityIn(lines), viewing),
    }));
