import * as z from 'zod';
import {
  incomingEvents,
  type IncomingEventType,
  SCHEMA_VERSION,
  sourceOf,
} from '#core/contracts/incoming-events.ts';
import { type IncomingEvent, parseEvent } from '#core/contracts/parse-event.ts';
import type { Order } from '#core/domain/orders/order.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { isOrderEventType } from '#core/domain/orders/order-of.ts';
import type { TimedEvent } from '../input/timed-event.ts';
import { contractFields, noteRefusals } from './contract-fields.ts';
import { withDefaults } from './event-defaults.ts';
import { oneOf } from './nearest.ts';
import type { OrderName } from './order-name.ts';
import type { EventDraft } from './read-event.ts';
import type { ScenarioOrder } from './scenario.ts';
import type { Story } from './story.ts';

/** The events of a scenario in the order in which they happen; what does not fit is noted. */
export const tell = (drafts: readonly EventDraft[], story: Story): readonly TimedEvent[] =>
  drafts
    .toSorted((a, b) => a.occurredAtMs - b.occurredAtMs)
    .flatMap((draft) => tellOne(draft, story));

const tellOne = (draft: EventDraft, story: Story): readonly TimedEvent[] => {
  const { type } = draft.phrase;
  if (!isOfOrder(type)) return events(draft, story, withOrder(draft, story));
  const order = type === 'OrderPlaced' ? newOrder(draft, story) : knownOrder(draft, story);
  return order === undefined ? [] : events(draft, story, order);
};

const isOfOrder = (type: IncomingEventType): boolean => {
  const { shape } = incomingEvents[type];
  return 'orderId' in shape && !(shape.orderId instanceof z.ZodOptional);
};

/** Consents and cases are of the customer; they are about an order only where one is named. */
const withOrder = (draft: EventDraft, story: Story): ScenarioOrder | undefined =>
  draft.order === undefined ? undefined : orderMeant(story, draft.order, draft.line);

const newOrder = ({ order, line }: EventDraft, story: Story): ScenarioOrder => {
  const { note, scope } = story.options;
  const name = order?.name ?? '';
  const known = story.orders.get(name);
  if (known !== undefined)
    note(line, 'got a further order, expected each but one with its name: `order: earlier`');
  const placed = { name, orderId: name === '' ? scope : story.scoped(name) };
  if (known === undefined) story.orders.set(name, { order: placed, events: [] });
  return placed;
};

const knownOrder = ({ order, line }: EventDraft, story: Story): ScenarioOrder | undefined =>
  orderMeant(story, order, line);

/** The order that is named, or else the one that has no name, or the only one. */
export const orderMeant = (
  { orders, options: { note } }: Pick<Story, 'orders' | 'options'>,
  written: OrderName | undefined,
  line: number,
): ScenarioOrder | undefined => {
  const all = [...orders.values()].map(({ order }) => order);
  const [only] = all;
  const found =
    written === undefined && all.length === 1
      ? only
      : all.find(({ name }) => name === (written?.name ?? ''));
  if (found !== undefined) return found;
  const names = all.map(({ name }) => name).filter((name) => name !== '');
  const known = names.length === 0 ? 'one that is placed before' : oneOf(names);
  const got = written === undefined ? 'no order' : `order "${written.name}"`;
  note(written?.line ?? line, `got ${got}, expected ${known}`);
  return undefined;
};

const events = (
  draft: EventDraft,
  story: Story,
  ofOrder: ScenarioOrder | undefined,
): readonly TimedEvent[] => {
  const { phrase, occurredAtMs, toldAtMs } = draft;
  const { shopId, note } = story.options;
  const order = ofOrder === undefined ? undefined : story.orderCalled(ofOrder.name);
  const detail = detailOf(draft, { story, ofOrder, order });
  const parsed = incomingEvents[phrase.type].safeParse(detail.fields);
  if (!parsed.success) {
    noteRefusals(parsed.error, detail.fields, { lines: detail.lines, line: draft.line, note });
    return [];
  }
  const event = { source: sourceOf(shopId), detailType: phrase.type, detail: detail.fields };
  remember(event, story, ofOrder);
  return toldAtMs.map((atMs) => ({ ...event, atMs: Math.max(atMs, occurredAtMs) }));
};

interface Scene {
  readonly story: Story;
  readonly ofOrder: ScenarioOrder | undefined;
  readonly order: Order | undefined;
}

const detailOf = (draft: EventDraft, { story, ofOrder, order }: Scene) => {
  const { phrase, entries, occurredAtMs, line } = draft;
  const { shopId, note } = story.options;
  const { fields, lines } = contractFields(
    incomingEvents[phrase.type],
    entries,
    story.lexicon(order, ofOrder),
  );
  const orderId = ofOrder?.orderId ?? '';
  const says = { ...phrase.says, ...fields };
  return {
    lines,
    fields: {
      ...withDefaults(phrase.type, { story, orderId, order, occurredAtMs, says, line, note }),
      eventId: story.nextEventId(),
      occurredAt: new Date(occurredAtMs).toISOString(),
      schemaVersion: SCHEMA_VERSION,
      shop: shopId,
      ...(ofOrder === undefined ? {} : { orderId }),
    },
  };
};

/** What later events build on. */
const remember = (
  { source, detailType, detail }: Omit<TimedEvent, 'atMs'>,
  story: Story,
  ofOrder: ScenarioOrder | undefined,
): void => {
  const parsed = parseEvent(JSON.stringify({ source, 'detail-type': detailType, detail }), [
    story.options.shopId,
  ]);
  if (!parsed.ok) return;
  const { event } = parsed;
  if (ofOrder !== undefined && isOrderEvent(event)) story.heard(event, ofOrder);
  else rememberOther(event, story);
};

/** Others may name an order; they are not of it. */
const isOrderEvent = (event: IncomingEvent): event is OrderEvent => isOrderEventType(event.type);

const rememberOther = (
  event: Extract<ReturnType<typeof parseEvent>, { ok: true }>['event'],
  story: Story,
): void => {
  if (event.type === 'CustomerUpdated') story.profile = event.profile;
  if (event.type === 'SubscriptionStarted')
    story.subscription = { subscriptionId: event.subscriptionId, sku: event.sku };
  if (event.type === 'CatalogItemUpdated') story.sells(event.item);
};
