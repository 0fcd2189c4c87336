import type { ShopConfig } from '#core/contracts/config.ts';
import {
  type ContactPolicy,
  isIn,
  regionsOf,
  rulesAbout,
} from '#core/domain/contact-policy/policy.ts';
import { openUntil } from '#core/domain/contact-policy/quiet-hours.ts';
import { type MessageLocale, messageLocaleFor } from '#core/domain/messages/locales.ts';
import { type MessageContext, messageContextOf } from '#core/domain/messages/message-context.ts';
import { plainLinks } from '#core/domain/messages/message-links.ts';
import { linesShownOnCard } from '#core/domain/messages/message-size.ts';
import { personalisedIn } from '#core/domain/messages/personalised.ts';
import type { Channel, PersonalisedElement } from '#core/domain/touches/touch.ts';
import type { TouchRef } from '#core/domain/touches/touch-record.ts';
import type { RenderedPush, RenderMessage } from '#core/ports/message-renderer.ts';
import type { MessageTemplate, MessageTemplates } from '#core/ports/message-templates.ts';
import type { DueTouch } from './deliver-touch.ts';

export interface ShortMessageDeps {
  readonly templates: MessageTemplates;
  readonly render: RenderMessage;
  readonly shops: Readonly<Record<string, ShopConfig>>;
  /** Gives a text of a shop's message with short links, by which it is known what was clicked on. */
  readonly shorten: (shop: ShopConfig, ref: TouchRef, text: string) => Promise<string>;
}

/** @throws for a shop that is not configured */
export const shopOf = (
  { shops }: Pick<ShortMessageDeps, 'shops'>,
  { order }: Pick<DueTouch, 'order'>,
): ShopConfig => {
  const shop = shops[order.shop];
  if (shop === undefined)
    throw new Error(
      `no shop "${order.shop}" is configured; there are: ${Object.keys(shops).join(', ')}`,
    );
  return shop;
};

interface Opened {
  readonly shop: ShopConfig;
  readonly locale: MessageLocale;
  readonly template: MessageTemplate;
  /** Its links are as they are: what is written is short afterwards. */
  readonly context: MessageContext;
}

const opened = async (deps: ShortMessageDeps, due: DueTouch): Promise<Opened> => {
  const { touch, subjects, order, products, customer, treatment, now } = due;
  const shop = shopOf(deps, due);
  const locale = messageLocaleFor({
    preferred: order.contact.locale ?? customer?.profile.locale,
    shopLocales: shop.locales,
    languages: await deps.templates.languagesOf(touch.name),
  });
  const context = messageContextOf({
    subjects,
    tellsOf: touch.tellsOf,
    purpose: touch.purpose,
    order,
    products,
    customerName: order.contact.name ?? customer?.profile.name,
    timeZone: customer?.profile.timeZone,
    variant: treatment?.variant,
    incentive: treatment?.incentive,
    shop,
    locale,
    links: plainLinks,
    now,
    linesShown: linesShownOnCard,
  });
  return {
    shop,
    locale,
    template: await deps.templates.load(touch.name, locale.language),
    context,
  };
};

const withoutTemplate = ({ touch }: DueTouch, what: string, { language }: MessageLocale): Error =>
  new Error(`${touch.name} has no ${what} in "${language}": its touch.ts names other channels`);

export interface ComposedText {
  readonly text: string;
  readonly locale: string;
  /** What of it depends on the order or the customer. */
  readonly personalised: readonly PersonalisedElement[];
}

/** The touch as a text message. @throws for a touch without one, and for a shop that is not configured */
export const composeText = async (deps: ShortMessageDeps, due: DueTouch): Promise<ComposedText> => {
  const { shop, locale, template, context } = await opened(deps, due);
  if (template.sms === undefined) throw withoutTemplate(due, 'SMS', locale);
  const text = await deps.shorten(shop, due.record, deps.render.sms(template.sms, context));
  return { text, locale: locale.locale, personalised: personalisedIn(due.touch, context) };
};

export interface ComposedNote extends RenderedPush, Omit<ComposedText, 'text'> {
  readonly url: string;
}

/**
 * The touch as a notification, with the page that it leads to: its own where it has one, or else the order's.
 *
 * @throws for a touch without one, and for a shop that is not configured
 */
export const composeNote = async (deps: ShortMessageDeps, due: DueTouch): Promise<ComposedNote> => {
  const { shop, locale, template, context } = await opened(deps, due);
  if (template.push === undefined) throw withoutTemplate(due, 'notification', locale);
  const { page } = due.touch;
  const target = (page === undefined ? undefined : shop.pages[page]) ?? shop.orderStatusUrl;
  const { title, text } = deps.render.push(template.push, context);
  const shorten = (each: string) => deps.shorten(shop, due.record, each);
  return {
    title,
    text: await shorten(text),
    url: await shorten(target),
    locale: locale.locale,
    personalised: personalisedIn(due.touch, context),
  };
};

/** AWS gives up on a text after three days at the latest; a notification is no news after that either. */
const MOST_SECONDS = 72 * 60 * 60;

/**
 * For how long a message may wait for a device that is off: until the hours end in which it may reach the
 * customer, in seconds.
 */
export const secondsToLive = (
  policy: ContactPolicy,
  shop: ShopConfig,
  { touch: { purpose }, order, zones, now }: DueTouch,
  channel: Channel,
): number => {
  const regions = regionsOf(policy, order.shipTo?.country ?? shop.country);
  const { quietHours } = rulesAbout(policy, purpose, channel);
  const rules = quietHours.filter((rule) => isIn(rule, regions));
  const until = openUntil(rules, zones, now);
  if (until === undefined) return MOST_SECONDS;
  const seconds = Math.floor((Date.parse(until) - Date.parse(now)) / 1000);
  return Math.min(seconds, MOST_SECONDS);
};
