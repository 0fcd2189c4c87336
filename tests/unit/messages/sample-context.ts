import { type MessageContext, messageContextOf } from '#core/domain/messages/message-context.ts';
import type { LinkMaker } from '#core/domain/messages/message-links.ts';
import type { ShopIdentity } from '#core/domain/messages/shop-identity.ts';
import type { Subject } from '#core/domain/touches/touch.ts';
import type { Product } from '#core/domain/catalogue/product.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { sampleNow, sampleOrder } from '#lib/messages/sample-orders.ts';
import { sampleShop } from '#lib/messages/sample-shop.ts';

export const orderStatus: string = sampleShop.orderStatusUrl;

/** Addresses as they are, so that it is seen which one stands where. */
export const sampleLinks: LinkMaker = {
  to: (address) => address,
  own: (page) => `https://links.hearth.example/${page}?t=token`,
};

interface Circumstances {
  readonly tellsOf?: Subject;
  readonly products?: readonly Product[];
  readonly shop?: ShopIdentity;
  readonly links?: LinkMaker;
}

/** What a message with these subjects says, in English, once these events happened. */
export const contextAfter = (
  events: readonly OrderEvent[],
  subjects: readonly string[] = [],
  now: string = sampleNow,
  {
    tellsOf = 'milestones',
    products = [],
    shop = sampleShop,
    links = sampleLinks,
  }: Circumstances = {},
): MessageContext =>
  messageContextOf({
    subjects,
    tellsOf,
    purpose: 'service',
    order: sampleOrder(...events),
    products,
    customerName: 'Mia Sommer',
    shop,
    locale: { language: 'en', locale: 'en-GB' },
    links,
    now,
    linesShown: 50,
  });
