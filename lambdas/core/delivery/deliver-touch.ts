import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import { knownItem, type Product, productOf } from '#core/domain/catalogue/product.ts';
import { type ContentRef, contentRefInWords } from '#core/domain/content/product-texts.ts';
import { isSameTouch, withoutTouch } from '#core/domain/contact-policy/contact-history.ts';
import { decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import { channelOf, type DropReason } from '#core/domain/contact-policy/decision.ts';
import { openSubjects, type RelevanceInputs } from '#core/domain/contact-policy/relevance.ts';
import { noTreatment, type Treatment, treatmentOf } from '#core/domain/experiments/arms.ts';
import type { AddressSuppression } from '#core/domain/contact-policy/suppression.ts';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import type { Channel, PersonalisedElement } from '#core/domain/touches/touch.ts';
import type { TouchOutcome, TouchRecord, TouchRef } from '#core/domain/touches/touch-record.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import type { ContactLog } from '#core/ports/contact-log.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { Suppressions } from '#core/ports/suppressions.ts';
import type { TouchRecords } from '#core/ports/touch-records.ts';
import {
  contactInputs,
  type ContactInputs,
  type ContactInputsDeps,
  withoutHistory,
} from './contact-inputs.ts';

/** A touch that may go, with everything it is written by. */
export interface DueTouch extends RelevanceInputs {
  readonly record: TouchRecord;
  /** The customer it is for; absent where the order names nobody. */
  readonly customerId?: string | undefined;
  /** Zones that the customer may be in. */
  readonly zones: readonly string[];
  /** Of the lines or SKUs that it tells of, as far as the catalogue knows them. */
  readonly products: readonly Product[];
  /** What the arms that it was decided in make of the message. */
  readonly treatment?: Pick<Treatment, 'variant' | 'incentive'> | undefined;
}

/** What the provider said. */
export type SendResult =
  | {
      readonly kind: 'accepted';
      readonly messageId: string;
      readonly segments?: number | undefined;
    }
  /** It will never take this message. */
  | { readonly kind: 'refused'; readonly because: string }
  /** It certainly did not take it, and may later: throttled, or not there. */
  | { readonly kind: 'later'; readonly because: string }
  /** Nothing reaches the customer there any more; another channel may. */
  | {
      readonly kind: 'unreachable';
      readonly because: string;
      readonly suppress?: { readonly addressId: string; readonly suppression: AddressSuppression };
    };

/** A touch as it is written, before anybody was called. */
export type Prepared =
  | { readonly kind: 'dropped'; readonly reason: DropReason }
  | {
      readonly kind: 'ready';
      readonly locale: string;
      /** Keyed hash of the address it goes to. */
      readonly addressId?: string | undefined;
      /** What of it depends on the order or the customer. */
      readonly personalised: readonly PersonalisedElement[];
      /** The versions of product texts in it. @default none */
      readonly content?: readonly ContentRef[] | undefined;
      /** @throws when it is not known whether the provider took it */
      readonly send: () => Promise<SendResult>;
    };

export interface DeliverTouchDeps extends Omit<
  ContactInputsDeps,
  'channels' | 'log' | 'smsBudget'
> {
  readonly channel: Channel;
  readonly records: TouchRecords;
  readonly log: ContactLog;
  readonly suppressions: Pick<Suppressions, 'of' | 'add'>;
  readonly catalogue: Catalogue;
  /** @throws when the message cannot be composed */
  readonly prepare: (due: DueTouch) => Promise<Prepared>;
  readonly publisher: EventPublisher;
}

/**
 * What became of the touch: its outcome; `returned` when it is decided again; `already-done` when an earlier
 * delivery of its message settled it.
 */
export type Delivered = TouchOutcome['state'] | 'returned' | 'already-done';

/** The provider did not take the message and may later: the queue brings it again. */
export class ProviderBusy extends Error {
  override readonly name = 'ProviderBusy';
}

/**
 * Delivers one decided touch by one channel. After a crash between the provider's answer and its
 * record, a marketing touch does not go again; any other does and says so.
 *
 * @throws {ProviderBusy} when the provider may take it later
 */
export const deliverTouch =
  (deps: DeliverTouchDeps) =>
  async (ref: TouchRef): Promise<Delivered> => {
    const record = await deps.records.find(ref);
    if (record === undefined)
      throw new Error(`no touch ${ref.touchId} of order ${ref.orderId} of ${ref.shop} was decided`);
    if (!mayBegin(deps, record)) return settleDoubt(deps, record);

    // Its place in the caps was taken when it was decided.
    const asked = withoutHistory({ ...deps, channels: [deps.channel] });
    const inputs = await contactInputs(asked, record, record);
    const decision = decideContact(inTime(inputs));
    if (decision.kind === 'hold') return giveBack(deps, record, decision.reason);
    if (decision.kind === 'drop')
      return mayTakeAnother(inputs, decision.reason)
        ? giveBack(deps, record, decision.reason)
        : drop(deps, inputs, record, decision.reason);
    return sendDue(deps, inputs, record);
  };

/** Its arm's time had come when it was decided; that it took a while since does not put it off to the next day. */
const inTime = (inputs: ContactInputs): ContactInputs => ({
  ...inputs,
  treatment: { ...(inputs.treatment ?? noTreatment), delay: undefined },
});

/** What is on its way by another channel, or decided again, is not this function's any more. */
const mayBegin = ({ channel }: DeliverTouchDeps, record: TouchRecord): boolean =>
  channelOf(record.decision) === channel &&
  (record.state === 'decided' || (record.state === 'sending' && record.purpose !== 'marketing'));

/** Reasons that close one channel; another may be open. */
const ofChannel: ReadonlySet<DropReason> = new Set(['no-address', 'no-consent', 'suppressed']);

/** The policy is asked again for all of the touch's channels. */
const mayTakeAnother = ({ touch }: ContactInputs, reason: DropReason): boolean =>
  ofChannel.has(reason) && touch.channels.length > 1;

const sendDue = async (
  deps: DeliverTouchDeps,
  inputs: ContactInputs,
  record: TouchRecord,
): Promise<Delivered> => {
  const due = { ...inputs, subjects: openSubjects(inputs) };
  const prepared = await deps.prepare({
    ...due,
    record,
    products: await productsTold(deps, due),
    // A message that is written again is written as it was decided.
    treatment: treatmentOf(deps.experiments, record.arms ?? []),
  });
  if (prepared.kind === 'dropped') return drop(deps, inputs, record, prepared.reason);

  // Nothing before the provider's call counts as an attempt.
  const begun = await deps.records.beginSending(record);
  if (!begun.mayGo) return settleDoubt(deps, begun.record);
  const result = await prepared.send();
  const { now: at } = inputs;
  switch (result.kind) {
    case 'accepted': {
      const { messageId, segments } = result;
      const { locale, addressId, personalised, content } = prepared;
      const inDoubt = begun.record.attempts > 1;
      const outcome = {
        state: 'sent',
        at,
        messageId,
        locale,
        inDoubt,
        segments,
        personalised,
        content,
        addressId,
      } as const;
      await deps.records.finish(record, outcome);
      await deps.publisher.publish([sentFact(deps, record, outcome)]);
      return 'sent';
    }
    case 'refused':
      await deps.records.finish(record, { state: 'refused', at, because: result.because });
      return 'refused';
    case 'later':
      await deps.records.takeBack(record);
      throw new ProviderBusy(result.because);
    case 'unreachable':
      await deps.records.takeBack(record);
      if (result.suppress !== undefined)
        await deps.suppressions.add(result.suppress.addressId, result.suppress.suppression);
      return giveBack(deps, record, result.because, deps.channel);
  }
};

const drop = async (
  deps: DeliverTouchDeps,
  { now: at, customerId }: ContactInputs,
  record: TouchRecord,
  reason: DropReason,
): Promise<Delivered> => {
  await deps.records.finish(record, { state: 'dropped', at, reason });
  await leavePlace(deps, { ...record, customerId }, at);
  return 'dropped';
};

/** What is not sent leaves its place in the caps to others: those that are held are decided again. */
const leavePlace = async (
  { log, publisher }: DeliverTouchDeps,
  record: TouchRecord,
  at: Instant,
): Promise<void> => {
  const { shop, customerId, orderId, touchId, turn } = record;
  if (customerId === undefined) return;
  const { held } = await retryOnConflict(async () => {
    const history = await log.read(shop, customerId);
    if (!history.contacts.some((each) => isSameTouch(each, record))) return history;
    return (await log.write(withoutTouch(history, record))) ? history : undefined;
  });
  if (held.length === 0) return;
  await publisher.publish([
    {
      type: 'ContactReviewDue',
      detail: {
        eventId: `contact-review-due/${orderId}/${touchId}/${turn}/not-sent`,
        occurredAt: at,
        schemaVersion: SCHEMA_VERSION,
        shop,
        customerId,
        because: 'a touch was dropped at send time',
      },
    },
  ]);
};

const giveBack = async (
  { records, publisher, now }: DeliverTouchDeps,
  record: TouchRecord,
  reason: string,
  without?: Channel,
): Promise<Delivered> => {
  await records.giveBack(record);
  await publisher.publish([returnedFact(record, now().toISOString(), reason, without)]);
  return 'returned';
};

/**
 * Either the touch has its outcome, and only what follows from it may be missing, or it was given back and only
 * the fact of that may be, or it is a marketing touch whose sending was begun and broke off.
 */
const settleDoubt = async (deps: DeliverTouchDeps, record: TouchRecord): Promise<Delivered> => {
  const { records, publisher, now, channel } = deps;
  if (channelOf(record.decision) !== channel) return 'already-done';
  if (record.state === 'sending') {
    await records.finish(record, { state: 'in-doubt', at: now().toISOString() });
    return 'in-doubt';
  }
  if (record.state === 'returned') return giveBack(deps, record, 'returned before');
  if (record.outcome?.state === 'sent')
    await publisher.publish([sentFact(deps, record, record.outcome)]);
  if (record.outcome?.state === 'dropped') await leavePlace(deps, record, record.outcome.at);
  return 'already-done';
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

const sentFact = (
  { channel }: DeliverTouchDeps,
  { shop, orderId, touch, touchId }: TouchRecord,
  {
    at,
    messageId,
    inDoubt,
    segments,
    personalised = [],
    content,
  }: Extract<TouchOutcome, { state: 'sent' }>,
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
    segments,
    personalised: [...personalised],
    ...(content === undefined ? {} : { content: content.map(contentRefInWords) }),
  },
});

const returnedFact = (
  { shop, orderId, touch, touchId, turn }: TouchRecord,
  occurredAt: string,
  reason: string,
  without: Channel | undefined,
): OutgoingEvent => ({
  type: 'TouchReturned',
  detail: {
    eventId: `touch-returned/${orderId}/${touchId}/${turn}`,
    occurredAt,
    schemaVersion: SCHEMA_VERSION,
    shop,
    orderId,
    touch,
    touchId,
    turn,
    reason,
    without,
  },
});
