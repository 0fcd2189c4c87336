import {
  type MessageContext,
  messageContextOf,
  type SignedLinks,
} from '#core/domain/messages/message-context.ts';
import type { ShopIdentity } from '#core/domain/messages/shop-identity.ts';
import type { Subject } from '#core/domain/touches/touch.ts';
import type { Product } from '#core/domain/catalogue/product.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { sampleNow, sampleOrder } from '#lib/messages/sample-orders.ts';
import { sampleShop } from '#lib/messages/sample-shop.ts';

export const orderStatus = `${sampleShop.orderStatusUrl}?t=token`;

const signed = (page: string): string => `https://www.hearth.example/${page}?t=token`;

export const sampleLinks = {
  orderStatus,
  unsubscribe: null,
  survey: signed('survey'),
  review: signed('review'),
  referral: signed('friends'),
  loyalty: signed('circle'),
  warranty: signed('warranty'),
  subscription: signed('subscribe'),
};

interface Circumstances {
  readonly tellsOf?: Subject;
  readonly products?: readonly Product[];
  readonly shop?: ShopIdentity;
  readonly links?: SignedLinks;
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
    order: sampleOrder(...events),
    products,
    customerName: 'Mia Sommer',
    shop,
    locale: { language: 'en', locale: 'en-GB' },
    links,
    now,
    linesShown: 50,
  });
