import type { ReadLiveTexts } from '#core/content/live-texts.ts';
import type { Product } from '#core/domain/catalogue/product.ts';
import type { LiveText } from '#core/domain/content/live-text.ts';
import type { Customer } from '#core/domain/customers/customer.ts';
import type { Treatment } from '#core/domain/experiments/arms.ts';
import type { ComposedEmail } from '#core/domain/messages/composed-email.ts';
import { type MessageLocale, messageLocaleFor } from '#core/domain/messages/locales.ts';
import {
  type MessageContext,
  type MessageContextInputs,
  messageContextOf,
} from '#core/domain/messages/message-context.ts';
import { trackedLinks } from '#core/domain/messages/message-links.ts';
import { linesShownAtMost, mostHtmlBytes } from '#core/domain/messages/message-size.ts';
import { personalisedIn } from '#core/domain/messages/personalised.ts';
import { textsShown } from '#core/domain/messages/text-views.ts';
import type { ShopIdentity } from '#core/domain/messages/shop-identity.ts';
import type { Order } from '#core/domain/orders/order.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import type { Touch } from '#core/domain/touches/touch.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { LinkSigner } from '#core/ports/link-signer.ts';
import type { RenderedEmail, RenderMessage } from '#core/ports/message-renderer.ts';
import type { EmailTemplate, MessageTemplates } from '#core/ports/message-templates.ts';

export interface ComposeEmailDeps {
  readonly templates: MessageTemplates;
  readonly render: RenderMessage;
  readonly signLink: LinkSigner['sign'];
  readonly digest: Digest;
  readonly readTexts: ReadLiveTexts;
  /** By the id that orders carry. */
  readonly shops: Readonly<Record<string, ShopIdentity>>;
}

export interface EmailRequest {
  readonly touch: Touch;
  /** Names the touch within its order. */
  readonly touchId: string;
  readonly subjects: readonly string[];
  readonly order: Order;
  /** Of the lines told and the SKUs suggested; of those that are not known it says less. */
  readonly products: readonly Product[];
  readonly customer?: Customer | undefined;
  /** Whose the links are; absent where the order names nobody. */
  readonly customerId?: string | undefined;
  /** What the customer's arms make of it. @default nothing */
  readonly treatment?: Pick<Treatment, 'variant' | 'incentive'> | undefined;
  readonly to: string;
  readonly now: Instant;
}

/** Links outlive every return window, and end some time: 180 days. */
const linkLifeMs = 180 * 24 * 60 * 60 * 1000;

/**
 * Writes one touch as an e-mail. The same request gives the same e-mail, and the same touch the same
 * Message-ID at any time, so that a second sending can be seen to be one.
 *
 * @throws for a shop that is not configured, for a touch without an e-mail, and for a name that a
 * template uses and no context has
 */
export const composeEmail =
  (deps: ComposeEmailDeps) =>
  async (request: EmailRequest): Promise<ComposedEmail> => {
    const { order, to, now } = request;
    const shop = shopOf(deps, order);
    const locale = messageLocaleFor({
      preferred: order.contact.locale ?? request.customer?.profile.locale,
      shopLocales: shop.locales,
      languages: await deps.templates.languagesOf(request.touch.name),
    });
    const template = await emailTemplate(deps, request.touch, locale);
    const links = trackedLinks(shop, await tokenOf(deps, request));
    const texts = await textsOf(deps, request, locale);
    const inputs = { ...inputsOf(request, { shop, locale, links }), texts };
    const { rendered, shown } = renderFitting(deps.render, template, inputs);
    return {
      from: { name: shop.email.name, address: shop.email.address },
      replyTo: shop.email.replyTo,
      to,
      ...rendered,
      headers: headersOf(deps.digest, request, { shop, locale, links }),
      composedAt: now,
      templateLanguage: locale.language,
      locale: locale.locale,
      personalised: personalisedIn(request.touch, shown),
      content: textsShown(shown),
    };
  };

const shopOf = ({ shops }: ComposeEmailDeps, { shop: id }: Order): ShopIdentity => {
  const shop = new Map(Object.entries(shops)).get(id);
  if (shop === undefined)
    throw new Error(`no shop "${id}" is configured; there are: ${Object.keys(shops).join(', ')}`);
  return shop;
};

const emailTemplate = async (
  { templates }: ComposeEmailDeps,
  { name }: Touch,
  { language }: MessageLocale,
): Promise<EmailTemplate> => {
  const { email } = await templates.load(name, language);
  if (email === undefined)
    throw new Error(`${name} has no e-mail in "${language}": its touch.ts names other channels`);
  return email;
};

type Written = Pick<MessageContextInputs, 'shop' | 'locale' | 'links'>;

const inputsOf = (
  { touch, subjects, order, products, customer, treatment, now }: EmailRequest,
  written: Written,
): Omit<MessageContextInputs, 'linesShown'> => ({
  ...written,
  subjects,
  tellsOf: touch.tellsOf,
  purpose: touch.purpose,
  order,
  products,
  customerName: order.contact.name ?? customer?.profile.name,
  timeZone: customer?.profile.timeZone,
  variant: treatment?.variant,
  incentive: treatment?.incentive,
  now,
});

interface Fitting {
  readonly rendered: RenderedEmail;
  readonly shown: MessageContext;
}

/** Shows fewer lines where long names or addresses would take the message over what a mailbox shows. */
const renderFitting = (
  render: RenderMessage,
  template: EmailTemplate,
  inputs: Omit<MessageContextInputs, 'linesShown'>,
): Fitting => {
  const showing = (linesShown: number): Fitting => {
    const shown = messageContextOf({ ...inputs, linesShown });
    return { shown, rendered: render.email(template, shown) };
  };
  const [mostLines, ...fewerLines] = linesShownAtMost;
  let message = showing(mostLines);
  for (const lines of fewerLines) {
    if (Buffer.byteLength(message.rendered.html) <= mostHtmlBytes) break;
    message = showing(lines);
  }
  return message;
};

/** Of the products that it tells of, in the message's own locale. */
const textsOf = (
  { readTexts }: ComposeEmailDeps,
  { touch, order: { shop }, products }: EmailRequest,
  { locale }: MessageLocale,
): Promise<readonly LiveText[]> => {
  const skus = products.map(({ sku }) => sku);
  return readTexts({ shop, skus, kinds: touch.content ?? [], locale });
};

/** One token for all links: the pages behind them ask for no more than whose message it was. */
const tokenOf = (
  { signLink }: ComposeEmailDeps,
  { touchId, order: { shop, orderId }, customerId, now }: EmailRequest,
): Promise<string> => {
  const expiresAt = new Date(Date.parse(now) + linkLifeMs).toISOString();
  return signLink({
    audience: 'message',
    shop,
    orderId,
    touchId,
    customerId,
    channel: 'email',
    expiresAt,
  });
};

const headersOf = (
  digest: Digest,
  { touch, touchId, order }: EmailRequest,
  { shop, locale, links }: Written,
): Readonly<Record<string, string>> => {
  const id = digest(JSON.stringify([order.shop, order.orderId, touchId]));
  const domain = shop.email.address.slice(shop.email.address.lastIndexOf('@') + 1);
  return {
    'Message-ID': `<${id}@${domain}>`,
    // Mailboxes gather messages of one reference; each of ours stands for itself.
    'X-Entity-Ref-ID': id,
    // Gmail's postmaster tools count complaints by these; the last names the sender.
    'Feedback-ID': `${touch.name}:${touch.purpose}:${order.shop}:afterglow`,
    'Content-Language': locale.locale,
    'Auto-Submitted': 'auto-generated',
    ...(touch.purpose === 'marketing' ? unsubscribeHeaders(links.own('unsubscribe')) : {}),
  };
};

/** RFC 8058: one click, without a page to confirm on. */
const unsubscribeHeaders = (link: string | null): Readonly<Record<string, string>> =>
  link === null
    ? {}
    : {
        'List-Unsubscribe': `<${link}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      };
