import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import { decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import type { TouchDecision } from '#core/domain/contact-policy/decision.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import {
  type Channel,
  type Touch,
  touchIdOf,
  type TouchRequest,
} from '#core/domain/touches/touch.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { Customers } from '#core/ports/customers.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import type { TouchQueue } from '#core/ports/touch-queue.ts';
import type { TouchRecords } from '#core/ports/touch-records.ts';

export interface DecideTouchDeps {
  readonly touches: Readonly<Record<string, Touch>>;
  readonly orders: OrderLogs;
  readonly customers: Customers;
  readonly records: TouchRecords;
  readonly queues: Readonly<Record<Channel, TouchQueue>>;
  readonly publisher: EventPublisher;
  readonly digest: Digest;
  readonly now: () => Date;
}

/**
 * Decides one touch, once: asked again, the first decision stands and its side effects are
 * finished. A touch that may go is put on its channel's queue.
 *
 * @throws when journey and deployment do not fit: no such touch, no such order
 */
export const decideTouch =
  (deps: DecideTouchDeps) =>
  async (request: TouchRequest): Promise<TouchDecision> => {
    const record = await deps.records.claim(await decide(deps, request));
    const channel = channelOf(record.decision);
    if (channel !== undefined && record.state === 'decided') {
      const { shop, orderId, touchId } = record;
      await deps.queues[channel]({ shop, orderId, touchId });
    }
    await deps.publisher.publish([factOf(record)]);
    return record.decision;
  };

const decide = async (
  { touches, orders, customers, digest, now }: DecideTouchDeps,
  request: TouchRequest,
): Promise<TouchRecord> => {
  const { shop, orderId } = request;
  const touch = touches[request.touch];
  if (touch === undefined)
    throw new Error(
      `no touch ${request.touch}: expected one of ${Object.keys(touches).join(', ')}`,
    );
  const order = orderOf((await orders.read(shop, orderId)).events);
  if (order === undefined) throw new Error(`order ${orderId} of ${shop} has not come yet`);
  const { customerId } = order.contact;
  const customer = customerId === undefined ? undefined : await customers.read(shop, customerId);

  return {
    ...request,
    touchId: touchIdOf(request, digest),
    purpose: touch.purpose,
    decision: decideContact({ touch, order, customer }),
    decidedAt: now().toISOString(),
    state: 'decided',
    attempts: 0,
  };
};

const channelOf = (decision: TouchDecision): Channel | undefined =>
  'channel' in decision ? decision.channel : undefined;

const factOf = ({
  shop,
  orderId,
  touch,
  touchId,
  decision,
  decidedAt,
}: TouchRecord): OutgoingEvent => ({
  type: 'TouchDecided',
  detail: {
    eventId: `touch-decided/${orderId}/${touchId}`,
    occurredAt: decidedAt,
    schemaVersion: SCHEMA_VERSION,
    shop,
    orderId,
    touch,
    touchId,
    decision: decision.kind,
    channel: channelOf(decision),
    reason: 'reason' in decision ? decision.reason : undefined,
    rules: [...decision.rules],
  },
});
