import { isCancelled, type Order, type OrderLine, wantedOf } from '../orders/order.ts';
import { sumOf } from '../money.ts';
import { type LineList, listOf, quantityIn, type Viewing } from './line-list.ts';

export interface CancellationView {
  readonly isWholeOrder: boolean;
  readonly items: LineList;
  /** What of the order stays. */
  readonly kept: LineList;
  /** Cancelled pieces that had left the shop before: their parcel may still arrive. */
  readonly underway: LineList;
  /** What has been refunded so far, or `null` while nothing is known to be. */
  readonly refunded: string | null;
}

/** What a cancellation has to say; its subjects are `order` or the ids of cancellations. */
export const cancellationView = (
  order: Order,
  subjects: readonly string[],
  viewing: Viewing,
): CancellationView => {
  const told = quantityTold(order, subjects);
  const surplus = surplusUnderway(order);
  return {
    isWholeOrder: isCancelled(order),
    items: listOf(order, told, viewing),
    kept: listOf(order, wantedOf, viewing),
    underway: listOf(order, (line) => Math.min(told(line), surplus(line)), viewing),
    refunded: refundedOf(order, viewing),
  };
};

const quantityTold = (order: Order, subjects: readonly string[]): ((line: OrderLine) => number) => {
  const told = order.cancellations.filter(({ eventId }) => subjects.includes(eventId));
  return told.length === 0
    ? ({ cancelled }) => cancelled
    : quantityIn(told.flatMap(({ lines }) => lines));
};

/** Pieces of parcels on their way that are more than is still wanted. */
const surplusUnderway = ({ parcels }: Order): ((line: OrderLine) => number) => {
  const piecesIn = (status: 'on_its_way' | 'delivered'): ((line: OrderLine) => number) =>
    quantityIn(parcels.filter((parcel) => parcel.status === status).flatMap(({ lines }) => lines));
  const onTheirWay = piecesIn('on_its_way');
  const delivered = piecesIn('delivered');
  return (line) => Math.max(0, onTheirWay(line) - Math.max(0, wantedOf(line) - delivered(line)));
};

const refundedOf = ({ refunds, currency }: Order, { formats }: Viewing): string | null =>
  refunds.length === 0
    ? null
    : formats.money(
        sumOf(
          refunds.map(({ amount }) => amount),
          currency,
        ),
      );
