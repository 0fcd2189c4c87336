import type { ShopConfig } from '#core/contracts/config.ts';
import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import { knownItem, type Product, productOf } from '#core/domain/catalogue/product.ts';
import { decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import type { DropReason } from '#core/domain/contact-policy/decision.ts';
import { openSubjects, type RelevanceInputs } from '#core/domain/contact-policy/relevance.ts';
import { type Channel, pagesOf } from '#core/domain/touches/touch.ts';
import type { TouchOutcome, TouchRecord, TouchRef } from '#core/domain/touches/touch-record.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { TouchRecords } from '#core/ports/touch-records.ts';
import { touchInputs, type TouchInputsDeps } from './touch-inputs.ts';

/** A touch that may go, with everything it is written by. */
export interface DueTouch extends RelevanceInputs {
  readonly record: TouchRecord;
  /** Of the lines or SKUs that it tells of, as far as the catalogue knows them. */
  readonly products: readonly Product[];
}

export type SendResult =
  | { readonly kind: 'accepted'; readonly messageId: string; readonly locale: string }
  | { readonly kind: 'refused'; readonly because: string }
  | { readonly kind: 'dropped'; readonly reason: DropReason };

export interface DeliverTouchDeps extends TouchInputsDeps {
  readonly channel: Channel;
  readonly records: TouchRecords;
  readonly catalogue: Catalogue;
  readonly shops: Readonly<Record<string, ShopConfig>>;
  /** @throws when the message cannot be composed, or the provider may take it later */
  readonly send: (due: DueTouch) => Promise<SendResult>;
  readonly publisher: EventPublisher;
}

/** What became of the touch; `already-done` when an earlier delivery of its message settled it. */
export type Delivered = TouchOutcome['state'] | 'already-done';

/**
 * Delivers one decided touch by one channel. After a crash between the provider's answer and its
 * record, a marketing touch does not go again; any other does and says so.
 */
export const deliverTouch =
  (deps: DeliverTouchDeps) =>
  async (ref: TouchRef): Promise<Delivered> => {
    const { mayGo, record } = await deps.records.beginSending(ref);
    if (!mayGo) return settleDoubt(deps, record);

    const outcome = await sendNow(deps, record);
    await deps.records.finish(ref, outcome);
    if (outcome.state === 'sent') await deps.publisher.publish([factOf(deps, record, outcome)]);
    return outcome.state;
  };

/**
 * Either the touch has its outcome, and only the fact of it may be missing on the bus, or it is a
 * marketing touch whose sending was begun and broke off.
 */
const settleDoubt = async (deps: DeliverTouchDeps, record: TouchRecord): Promise<Delivered> => {
  const { records, publisher, now } = deps;
  if (record.state === 'sending') {
    await records.finish(record, { state: 'in-doubt', at: now().toISOString() });
    return 'in-doubt';
  }
  if (record.outcome?.state === 'sent')
    await publisher.publish([factOf(deps, record, record.outcome)]);
  return 'already-done';
};

const sendNow = async (deps: DeliverTouchDeps, record: TouchRecord): Promise<TouchOutcome> => {
  const inputs = await touchInputs(deps, record);
  const { now: at } = inputs;
  const reason = dropReasonNow(deps, inputs);
  if (reason !== undefined) return { state: 'dropped', at, reason };

  const due = { ...inputs, subjects: openSubjects(inputs) };
  const products = await productsTold(deps, due);
  const result = await deps.send({ ...due, record, products });
  switch (result.kind) {
    case 'accepted': {
      const { messageId, locale } = result;
      return { state: 'sent', at, messageId, locale, inDoubt: record.attempts > 1 };
    }
    case 'refused':
      return { state: 'refused', at, because: result.because };
    case 'dropped':
      return { state: 'dropped', at, reason: result.reason };
  }
};

/** Time has passed in the queue: the policy is asked again. */
const dropReasonNow = (
  { channel, shops }: DeliverTouchDeps,
  inputs: RelevanceInputs,
): DropReason | undefined => {
  const pages = pagesOf(shops[inputs.order.shop]?.pages ?? {});
  const decision = decideContact({ ...inputs, channels: [channel], pages });
  return decision.kind === 'drop' ? decision.reason : undefined;
};

const productsTold = async (
  { catalogue, shops }: DeliverTouchDeps,
  { touch, subjects, order }: RelevanceInputs,
): Promise<readonly Product[]> => {
  const told = new Set(subjects);
  const lines =
    touch.tellsOf === 'lines' ? order.lines.filter((each) => told.has(each.lineId)) : [];
  const skus = touch.tellsOf === 'products' ? subjects : lines.map(({ sku }) => sku);
  if (skus.length === 0) return [];
  const items = await catalogue.find(order.shop, [...new Set(skus)]);
  const { categories = {}, products = {} } = shops[order.shop] ?? {};
  const ofLines = new Map(lines.map((line) => [line.sku, knownItem(line, items)]));
  const all = touch.tellsOf === 'products' ? items : [...ofLines.values()];
  return all.map((item) => productOf(item, { categories, products }));
};

const factOf = (
  { channel }: DeliverTouchDeps,
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
    channel,
    messageId,
    inDoubt,
  },
});
