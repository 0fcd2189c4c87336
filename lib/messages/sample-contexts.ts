import { isAllowedLink } from '#core/domain/messages/links.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import { type MessageContext, messageContextOf } from '#core/domain/messages/message-context.ts';
import {
  type LinkMaker,
  plainLinks,
  shortAddress,
  trackedLinks,
} from '#core/domain/messages/message-links.ts';
import { linesShownAtMost, linesShownOnCard } from '#core/domain/messages/message-size.ts';
import { withAddresses } from '#core/domain/messages/short-links.ts';
import type { Touch } from '#core/domain/touches/touch.ts';
import { touches } from '#touches/registry.ts';
import type { MessageSample } from './sample-messages.ts';
import { sampleNow } from './sample-orders.ts';
import { sampleShop } from './sample-shop.ts';
import { sampleTexts } from './sample-texts.ts';

/** What a sample tells in one language, as each kind of channel leads on. */
export interface SampleContext {
  /** By links that know the message. */
  readonly ofEmail: MessageContext;
  /** By addresses as they are. */
  readonly plain: MessageContext;
}

/** As long as the token of a guest's message is that tells of some lines. */
const token = 'x'.repeat(360);

/** As long as a shortened link is. */
const shortLink = shortAddress(sampleShop, 'x'.repeat(16));

/** The text with its links as short as they are sent; one that may not be led to stays, to be seen. */
export const withShortLinks = (text: string): string =>
  withAddresses(text, (link) => (isAllowedLink(sampleShop, link) ? shortLink : link));

/** The contexts that a sample gives in a language. */
export const contextsOf = (sample: MessageSample, language: string): SampleContext => ({
  ofEmail: contextOf(sample, language, trackedLinks(sample.shop, token)),
  plain: contextOf(sample, language, plainLinks),
});

const contextOf = (sample: MessageSample, language: string, links: LinkMaker): MessageContext => {
  const { touch, order, subjects, products, shop } = sample;
  const { purpose, tellsOf, channels, content = [] }: Touch = touches[touch];
  const isCard = channels.some((channel) => channel === 'insert');
  const locale = {
    language,
    locale: shop.locales.find((each) => languageOf(each) === language) ?? language,
  };
  return messageContextOf({
    subjects,
    tellsOf,
    purpose,
    order,
    products,
    texts: sampleTexts(products, content, locale),
    customerName: order.contact.name,
    shop,
    locale,
    links,
    variant: sample.variant,
    incentive: sample.incentive,
    now: sampleNow,
    linesShown: isCard ? linesShownOnCard : linesShownAtMost[0],
  });
};
