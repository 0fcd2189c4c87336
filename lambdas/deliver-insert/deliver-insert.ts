import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { DueTouch, SendResult } from '#core/delivery/deliver-touch.ts';
import { type MessageLocale, messageLocaleFor } from '#core/domain/messages/locales.ts';
import { messageContextOf } from '#core/domain/messages/message-context.ts';
import { linesShownOnCard } from '#core/domain/messages/message-size.ts';
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
 * Asks the warehouse to put a card into the parcel. What stands on it names nobody: it travels over
 * the bus, and the parcel may be a gift.
 *
 * @throws for a shop that is not configured, and for a touch without a card
 */
export const deliverInsert =
  (deps: DeliverInsertDeps) =>
  async (due: DueTouch): Promise<SendResult> => {
    const { order, record, now } = due;
    const { shop, orderId, touchId } = record;
    const locale = await localeOf(deps, due);
    const eventId = `insert-requested/${orderId}/${touchId}`;
    const told = new Set(record.subjects);
    await deps.publisher.publish([
      {
        type: 'InsertRequested',
        detail: {
          eventId,
          occurredAt: now,
          schemaVersion: SCHEMA_VERSION,
          shop,
          orderId,
          touchId,
          language: locale.language,
          text: await textOf(deps, due, locale),
          lines: order.lines
            .filter(({ lineId }) => told.has(lineId))
            .map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
        },
      },
    ]);
    return { kind: 'accepted', messageId: eventId, locale: locale.locale };
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

const textOf = async (
  deps: DeliverInsertDeps,
  { touch, subjects, order, products, now }: DueTouch,
  locale: MessageLocale,
): Promise<string> => {
  const { insert } = await deps.templates.load(touch.name, locale.language);
  if (insert === undefined) throw new Error(`${touch.name} has no card in "${locale.language}"`);
  const shop = shopOf(deps, order.shop);
  const context = messageContextOf({
    subjects,
    tellsOf: touch.tellsOf,
    order,
    products,
    customerName: undefined,
    shop,
    locale,
    links: { orderStatus: shop.orderStatusUrl, ...noPages },
    now,
    linesShown: linesShownOnCard,
  });
  return deps.render.insert(insert, context);
};

/** Whoever opens the parcel need not be the customer: no link of theirs is on the card. */
const noPages = {
  unsubscribe: null,
  survey: null,
  review: null,
  referral: null,
  loyalty: null,
  warranty: null,
  subscription: null,
} as const;
