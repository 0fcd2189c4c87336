import { languageOf } from '#core/domain/messages/locales.ts';
import {
  type MessageContext,
  messageContextOf,
  type SignedLinks,
} from '#core/domain/messages/message-context.ts';
import { linesShownAtMost, linesShownOnCard } from '#core/domain/messages/message-size.ts';
import { touches } from '#touches/registry.ts';
import type { MessageSample } from './sample-messages.ts';
import { sampleNow } from './sample-orders.ts';
import { sampleShop } from './sample-shop.ts';

/** As long as the token of an ordinary order is. */
const token = 'x'.repeat(260);

const signed = (address: string): string => `${address}?t=${token}`;

const { pages } = sampleShop;

const sampleLinks: SignedLinks = {
  orderStatus: signed(sampleShop.orderStatusUrl),
  unsubscribe: null,
  survey: signed(pages.survey),
  review: signed(pages.review),
  referral: signed(pages.referral),
  loyalty: signed(pages.loyalty),
  warranty: signed(pages.warranty),
  subscription: signed(pages.subscription),
};

/** The context that a sample gives in a language. */
export const contextOf = (sample: MessageSample, language: string): MessageContext => {
  const { touch, order, subjects, products, shop } = sample;
  const { purpose, tellsOf, channels } = touches[touch];
  const isCard = channels.some((channel) => channel === 'insert');
  const unsubscribe = purpose === 'marketing' ? signed(shop.unsubscribeUrl) : null;
  return messageContextOf({
    subjects,
    tellsOf,
    order,
    products,
    customerName: order.contact.name,
    shop,
    locale: {
      language,
      locale: shop.locales.find((each) => languageOf(each) === language) ?? language,
    },
    links: { ...sampleLinks, unsubscribe },
    now: sampleNow,
    linesShown: isCard ? linesShownOnCard : linesShownAtMost[0],
  });
};
