import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import type { DueTouch, Prepared } from '#core/delivery/deliver-touch.ts';
import { repeatable } from '#core/delivery/repeatable.ts';
import { type MessageLocale, messageLocaleFor } from '#core/domain/messages/locales.ts';
import { messageContextOf } from '#core/domain/messages/message-context.ts';
import { plainLinks } from '#core/domain/messages/message-links.ts';
import { linesShownOnCard } from '#core/domain/messages/message-size.ts';
import { personalisedIn } from '#core/domain/messages/personalised.ts';
import type { ShopIdentity } from '#core/domain/messages/shop-identity.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { RenderMessage } from '#core/ports/message-renderer.ts';
import type { MessageTemplates } from '#core/ports/message-templates.ts';

export interface DeliverInsertDeps {
  readonly templates: MessageTemplates;
  readonly render: RenderMessage;
  readonly shops: Readonly<Record<string, ShopIdentity>>;
  readonly publisher: EventPublisher;
}

/**
 * Writes the card that the warehouse is asked to put into the parcel. What stands on it names nobody: it travels
 * over the bus, and the parcel may be a gift.
 *
 * @throws for a shop that is not configured, and for a touch without a card
 */
export const deliverInsert =
  (deps: DeliverInsertDeps) =>
  async (due: DueTouch): Promise<Prepared> => {
    const { language, locale } = await localeOf(deps, due);
    const { text, personalised } = await cardOf(deps, due, { language, locale });
    const request = requestOf(due, language, text);
    return {
      kind: 'ready',
      locale,
      personalised,
      send: () =>
        repeatable(async () => {
          await deps.publisher.publish([request]);
          return { kind: 'accepted', messageId: request.detail.eventId };
        }),
    };
  };

type Ready = Extract<Prepared, { kind: 'ready' }>;

type InsertRequested = Extract<OutgoingEvent, { type: 'InsertRequested' }>;

const requestOf = (
  { order, record, now }: DueTouch,
  language: string,
  text: string,
): InsertRequested => {
  const { shop, orderId, touchId } = record;
  const told = new Set(record.subjects);
  return {
    type: 'InsertRequested',
    detail: {
      eventId: `insert-requested/${orderId}/${touchId}`,
      occurredAt: now,
      schemaVersion: SCHEMA_VERSION,
      shop,
      orderId,
      touchId,
      language,
      text,
      lines: order.lines
        .filter(({ lineId }) => told.has(lineId))
        .map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
    },
  };
};

const shopOf = ({ shops }: DeliverInsertDeps, id: string): ShopIdentity => {
  const shop = shops[id];
  if (shop === undefined) throw new Error(`no shop "${id}" is configured`);
  return shop;
};

const localeOf = async (
  deps: DeliverInsertDeps,
  { touch, order, customer }: DueTouch,
): Promise<MessageLocale> =>
  messageLocaleFor({
    preferred: order.contact.locale ?? customer?.profile.locale,
    shopLocales: shopOf(deps, order.shop).locales,
    languages: await deps.templates.languagesOf(touch.name),
  });

const cardOf = async (
  deps: DeliverInsertDeps,
  { touch, subjects, order, products, treatment, now }: DueTouch,
  locale: MessageLocale,
): Promise<{ readonly text: string } & Pick<Ready, 'personalised'>> => {
  const { insert } = await deps.templates.load(touch.name, locale.language);
  if (insert === undefined) throw new Error(`${touch.name} has no card in "${locale.language}"`);
  const shop = shopOf(deps, order.shop);
  const context = messageContextOf({
    subjects,
    tellsOf: touch.tellsOf,
    purpose: touch.purpose,
    order,
    products,
    customerName: undefined,
    variant: treatment?.variant,
    shop,
    locale,
    // Whoever opens the parcel need not be the customer: no link of theirs is on the card.
    links: plainLinks,
    now,
    linesShown: linesShownOnCard,
  });
  return {
    text: deps.render.insert(insert, context),
    personalised: personalisedIn(touch, context),
  };
};
