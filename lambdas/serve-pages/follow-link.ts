import type { ShopConfig } from '#core/contracts/config.ts';
import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import { channelOf } from '#core/domain/contact-policy/decision.ts';
import { isAllowedLink, isShopsOwn, withQuery, withToken } from '#core/domain/messages/links.ts';
import { linkName, pageAt } from '#core/domain/pages/shop-pages.ts';
import type { TouchRecord, TouchRef } from '#core/domain/touches/touch-record.ts';
import { redirectAnswer } from './page-answers.ts';
import type { PageAnswer, PageRequest } from './page-request.ts';
import type { ServePagesDeps } from './serve-pages-deps.ts';
import { openedBy, refusal } from './visit.ts';

/** The shop's pages are opened at once: their tokens are made on the way there and end the next day. */
const pageTokenMs = 24 * 60 * 60 * 1000;

/** `2026-11-22T12` */
const HOUR = 13;

const DAY_MS = 24 * 60 * 60 * 1000;

/** What the shop hands back with an order (`attribution.clickIds`), so that the order is credited to the message. */
const CLICK_PARAMETER = 'ag_click';

interface Followed {
  readonly ref: TouchRef;
  readonly shop: ShopConfig;
  readonly url: string;
}

/** A link of an e-mail: `/c?u=…&t=…`. */
export const followTracked = async (
  deps: ServePagesDeps,
  request: PageRequest,
): Promise<PageAnswer> => {
  const opened = await openedBy(deps, request);
  if ('statusCode' in opened) return opened;
  const { claims: ref, shop } = opened;
  return follow(deps, request, { ref, shop, url: request.query.get('u') ?? '' });
};

/** A link of a text message: `/s/{link}`. */
export const followShort = async (
  deps: ServePagesDeps,
  request: PageRequest,
  name: string,
): Promise<PageAnswer> => {
  const link = await deps.shortLinks.find(name);
  const shop = link && new Map(Object.entries(deps.shops)).get(link.shop);
  if (link === undefined || shop === undefined || link.expiresAt <= deps.now().toISOString())
    return refusal(deps, request, 'gone', link?.shop);
  return follow(deps, request, { ref: link, shop, url: link.url });
};

/** Leads on, to nowhere but where the shop's messages may lead; a click that cannot be told keeps nobody waiting. */
const follow = async (
  deps: ServePagesDeps,
  request: PageRequest,
  followed: Followed,
): Promise<PageAnswer> => {
  const { ref, shop, url } = followed;
  if (!isAllowedLink(shop, url)) return refusal(deps, request, 'wrong-target', ref.shop);
  if (request.method === 'GET')
    await tellClick(deps, followed).catch((error: unknown) =>
      deps.report('a click was not recorded', error),
    );
  const address = await withPageToken(deps, followed);
  return redirectAnswer(
    isShopsOwn(shop, address)
      ? withQuery(address, CLICK_PARAMETER, clickIdOf(deps, followed))
      : address,
  );
};

/** Of a message's link within an hour: who presses twice, or whose mail program looks too, clicked once. */
const clickIdOf = ({ digest, now }: ServePagesDeps, { ref, url }: Followed): string =>
  digest(
    JSON.stringify([
      ref.shop,
      ref.orderId,
      ref.touchId,
      linkName(url),
      now().toISOString().slice(0, HOUR),
    ]),
  );

const withPageToken = async (
  { links, now }: ServePagesDeps,
  { ref: { shop: shopId, orderId, touchId }, shop, url }: Followed,
): Promise<string> => {
  const { href } = new URL(url);
  const audience = pageAt(shop, href);
  if (audience === undefined) return href;
  const issuedAt = now().toISOString();
  const token = await links.sign({
    audience,
    shop: shopId,
    orderId,
    touch: touchId.replace(/[:#].*$/s, ''),
    issuedAt,
    expiresAt: new Date(Date.parse(issuedAt) + pageTokenMs).toISOString(),
  });
  return withToken(href, token);
};

/** One fact a link and hour, and what shows by whom an order came that follows. */
const tellClick = async (deps: ServePagesDeps, followed: Followed): Promise<void> => {
  const { ref, url } = followed;
  const record = await deps.records.find(ref);
  if (record === undefined) throw new Error('the token is of a touch that there is no record of');
  const { shop, orderId, touchId, touch } = record;
  const now = deps.now().toISOString();
  const link = linkName(url);
  await deps.publisher.publish([
    {
      type: 'MessageClicked',
      detail: {
        eventId: `clicked/${orderId}/${touchId}/${deps.digest(link)}/${now.slice(0, HOUR)}`,
        occurredAt: now,
        schemaVersion: SCHEMA_VERSION,
        shop,
        orderId,
        touch,
        touchId,
        channel: channelOf(record.decision) ?? 'unknown',
        messageId: messageIdOf(record),
        link,
      },
    },
  ]);
  await deps.records.hear(ref, 'clicked', now);
  await deps.attributions.keep({
    kind: 'click',
    id: clickIdOf(deps, followed),
    shop,
    customerId: record.customerId,
    orderId,
    touchId,
    touch,
    purpose: record.purpose,
    channel: channelOf(record.decision),
    at: now,
    expiresAt: new Date(Date.parse(now) + deps.clickDays * DAY_MS).toISOString(),
  });
};

/** Of a message whose sending broke off nobody knows the provider's id. */
const messageIdOf = ({ outcome }: TouchRecord): string =>
  outcome?.state === 'sent' ? outcome.messageId : 'unknown';
