import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import { keptOf, lastBadAnswer } from '#core/domain/orders/after-delivery.ts';
import { type Order, statusOf } from '#core/domain/orders/order.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import type { TouchRecords } from '#core/ports/touch-records.ts';
import type { SupportRequest } from './contract.ts';

export interface RequestSupportDeps {
  readonly orders: OrderLogs;
  readonly records: Pick<TouchRecords, 'ofOrder'>;
  readonly publisher: EventPublisher;
}

type SupportTask = Extract<OutgoingEvent, { type: 'SupportTaskRequested' }>['detail'];

/**
 * Asks support to look at an order after a bad answer, with everything an agent needs to know of it.
 * Asked again about the same answer it is the same task.
 *
 * @throws when there is no such order, or no bad answer to hand over
 */
export const requestSupport =
  ({ orders, records, publisher }: RequestSupportDeps) =>
  async ({ shop, orderId, priority }: SupportRequest): Promise<void> => {
    const order = orderOf((await orders.read(shop, orderId)).events);
    const answer = order === undefined ? undefined : lastBadAnswer(order);
    if (order === undefined || answer === undefined)
      throw new Error(`order ${orderId} of ${shop} has no bad answer that support could see to`);
    const touches = await records.ofOrder(shop, orderId);
    const detail: SupportTask = {
      eventId: `support-task/${orderId}/${answer.at}`,
      occurredAt: answer.at,
      schemaVersion: SCHEMA_VERSION,
      shop,
      orderId,
      customerId: order.contact.customerId,
      reason: 'bad-answer',
      priority,
      answer,
      ...factsOf(order),
      touches: touches.map(({ touchId, decidedAt, ...record }) => ({
        touchId,
        at: decidedAt,
        outcome: outcomeOf(record),
      })),
    };
    await publisher.publish([{ type: 'SupportTaskRequested', detail }]);
  };

const factsOf = (
  order: Order,
): Pick<SupportTask, 'order' | 'lines' | 'parcels' | 'returns' | 'refunds'> => {
  const { placedAt, total, contact, gift } = order;
  return {
    order: { placedAt, status: statusOf(order), total, locale: contact.locale, isGift: gift },
    lines: order.lines.map((line) => {
      const { lineId, sku, name, quantity } = line;
      return { lineId, sku, name, quantity, kept: keptOf(order, line) };
    }),
    parcels: order.parcels.map((parcel) => {
      const { parcelId, status, carrier, trackingNumber, dispatchedAt, deliveredAt } = parcel;
      return { parcelId, status, carrier, trackingNumber, dispatchedAt, deliveredAt };
    }),
    returns: order.returns.map(({ returnId, at }) => ({ returnId, at })),
    refunds: order.refunds.map(({ refundId, at, amount }) => ({ refundId, at, amount })),
  };
};

const outcomeOf = ({ decision, outcome }: Pick<TouchRecord, 'decision' | 'outcome'>): string => {
  if (outcome !== undefined) return outcome.state;
  return 'reason' in decision ? `${decision.kind}: ${decision.reason}` : decision.kind;
};
