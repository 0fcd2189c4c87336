import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import { addressOf, decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import type { DropReason } from '#core/domain/contact-policy/decision.ts';
import type { Customer } from '#core/domain/customers/customer.ts';
import type { ComposedEmail } from '#core/domain/messages/composed-email.ts';
import type { Order } from '#core/domain/orders/order.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { Touch } from '#core/domain/touches/touch.ts';
import type { TouchOutcome, TouchRecord, TouchRef } from '#core/domain/touches/touch-record.ts';
import type { Customers } from '#core/ports/customers.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { Mailer, MailResult } from '#core/ports/mailer.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import type { TouchRecords } from '#core/ports/touch-records.ts';
import type { EmailRequest } from './compose-email.ts';

export interface DeliverEmailDeps {
  readonly touches: Readonly<Record<string, Touch>>;
  readonly orders: OrderLogs;
  readonly customers: Customers;
  readonly records: TouchRecords;
  readonly compose: (request: EmailRequest) => Promise<ComposedEmail>;
  readonly mimeOf: (email: ComposedEmail) => Promise<Uint8Array>;
  readonly send: Mailer;
  readonly publisher: EventPublisher;
  readonly now: () => Date;
}

/** What became of the touch; `already-done` when an earlier delivery of its message settled it. */
export type Delivered = TouchOutcome['state'] | 'already-done';

/**
 * Sends one decided touch by e-mail. After a crash between the provider's answer and its record,
 * a transactional touch goes again and says so, a marketing touch does not go again.
 *
 * @throws when the message cannot be composed, or the provider may take it later
 */
export const deliverEmail =
  (deps: DeliverEmailDeps) =>
  async (ref: TouchRef): Promise<Delivered> => {
    const { mayGo, record } = await deps.records.beginSending(ref);
    if (!mayGo) return settleDoubt(deps, record);

    const outcome = await sendNow(deps, record);
    await deps.records.finish(ref, outcome);
    if (outcome.state === 'sent') await deps.publisher.publish([factOf(record, outcome)]);
    return outcome.state;
  };

/**
 * Either the touch has its outcome, and only the fact of it may be missing on the bus, or it is a
 * marketing touch whose sending was begun and broke off.
 */
const settleDoubt = async (
  { records, publisher, now }: DeliverEmailDeps,
  record: TouchRecord,
): Promise<Delivered> => {
  if (record.state === 'sending') {
    await records.finish(record, { state: 'in-doubt', at: now().toISOString() });
    return 'in-doubt';
  }
  if (record.outcome?.state === 'sent') await publisher.publish([factOf(record, record.outcome)]);
  return 'already-done';
};

const sendNow = async (deps: DeliverEmailDeps, record: TouchRecord): Promise<TouchOutcome> => {
  const now = deps.now().toISOString();
  const { touch, order, customer } = await gather(deps, record);
  const to = addressOf({ order, customer }, 'email');
  const reason = dropReasonNow({ touch, order, customer });
  if (to === undefined || reason !== undefined)
    return { state: 'dropped', at: now, reason: reason ?? 'no-address' };

  const { touchId, subjects } = record;
  const email = await deps.compose({ touch, touchId, subjects, order, customer, to, now });
  const result = await deps.send({
    from: email.from.address,
    to,
    raw: await deps.mimeOf(email),
    tags: { shop: record.shop, touch: touch.name, orderId: record.orderId },
  });
  return outcomeOf(result, { now, locale: email.locale, attempts: record.attempts });
};

/** Time has passed in the queue: the policy is asked again. */
const dropReasonNow = (inputs: {
  readonly touch: Touch;
  readonly order: Order;
  readonly customer: Customer | undefined;
}): DropReason | undefined => {
  const decision = decideContact({ ...inputs, touch: { ...inputs.touch, channels: ['email'] } });
  return decision.kind === 'drop' ? decision.reason : undefined;
};

const outcomeOf = (
  result: MailResult,
  { now: at, locale, attempts }: { now: string; locale: string; attempts: number },
): TouchOutcome =>
  result.kind === 'accepted'
    ? { state: 'sent', at, messageId: result.messageId, locale, inDoubt: attempts > 1 }
    : { state: 'refused', at, because: result.because };

const gather = async ({ touches, orders, customers }: DeliverEmailDeps, record: TouchRecord) => {
  const touch = touches[record.touch];
  const order = orderOf((await orders.read(record.shop, record.orderId)).events);
  if (touch === undefined || order === undefined)
    throw new Error(`touch ${record.touch} of order ${record.orderId}: its touch or order is gone`);
  const { customerId } = order.contact;
  const customer =
    customerId === undefined ? undefined : await customers.read(record.shop, customerId);
  return { touch, order, customer };
};

const factOf = (
  { shop, orderId, touch, touchId }: TouchRecord,
  { at, messageId, inDoubt }: Extract<TouchOutcome, { state: 'sent' }>,
): OutgoingEvent => ({
  type: 'MessageSent',
  detail: {
    eventId: `message-sent/${orderId}/${touchId}`,
    occurredAt: at,
    schemaVersion: SCHEMA_VERSION,
    shop,
    orderId,
    touch,
    touchId,
    channel: 'email',
    messageId,
    inDoubt,
  },
});
