import type { Purpose, ShopPage } from '../touches/touch.ts';
import { withQuery, withToken } from './links.ts';
import type { ShopIdentity } from './shop-identity.ts';

/** A page of the shop that asks for a token of its own. */
export type PageAudience = 'order-status' | ShopPage;

/** What a token lets its bearer do: `message` is what came with a message, for our own pages. */
export type LinkAudience = 'message' | PageAudience;

/** Pages of ours that a message leads to. */
export type OwnPage = 'survey' | 'preferences' | 'unsubscribe' | 'consent';

/** How a message leads somewhere. */
export interface LinkMaker {
  /** The way to the shop or elsewhere. */
  readonly to: (address: string) => string;
  /** The way to a page of ours; `null` where nobody in particular reads the message. */
  readonly own: (page: OwnPage) => string | null;
}

/** The links of a message, `null` where there is none. */
export interface MessageLinks extends Readonly<Record<ShopPage | OwnPage, string | null>> {
  readonly orderStatus: string;
  readonly website: string;
  readonly help: string;
  readonly privacy: string;
  /** `null` for a message that is no marketing. */
  readonly unsubscribe: string | null;
}

type LinksUrl = Pick<ShopIdentity, 'linksUrl'>;

/** An address below `linksUrl`: `/survey`. */
export const ownAddress = ({ linksUrl }: LinksUrl, path: string): string =>
  `${linksUrl.replace(/\/+$/, '')}${path}`;

/** Where a link goes that was shortened for a text message. */
export const shortAddress = (shop: LinksUrl, link: string): string =>
  ownAddress(shop, `/s/${link}`);

/** Links that come by our own service, which knows by the token which message was clicked on. */
export const trackedLinks = (shop: LinksUrl, token: string): LinkMaker => ({
  to: (address) => ownAddress(shop, `/c?t=${token}&u=${asQueryValue(address)}`),
  own: (page) => withToken(ownAddress(shop, `/${page}`), token),
});

/** Addresses as they are: of a card that anybody may read, and of a text whose links are then shortened. */
export const plainLinks: LinkMaker = { to: withoutBrackets, own: () => null };

/** Every link that a template may use; marketing alone can be unsubscribed from. */
export const messageLinks = (
  shop: ShopIdentity,
  purpose: Purpose,
  { to, own }: LinkMaker,
): MessageLinks => {
  const page = (name: ShopPage): string | null => {
    const address = shop.pages[name];
    return address === undefined ? null : to(address);
  };
  const consent = own('consent');
  return {
    website: to(shop.website),
    help: to(shop.helpUrl),
    privacy: to(shop.privacyUrl),
    orderStatus: to(shop.orderStatusUrl),
    unsubscribe: purpose === 'marketing' ? own('unsubscribe') : null,
    preferences: own('preferences'),
    survey: own('survey'),
    consent: consent === null ? null : withQuery(consent, 'c', 'email'),
    review: page('review'),
    referral: page('referral'),
    loyalty: page('loyalty'),
    warranty: page('warranty'),
    subscription: page('subscription'),
  };
};

/** RFC 3986, 3.4: a query may have `:`, `/` and `?`. Unencoded they make a message of many links a tenth shorter. */
const asQueryValue = (text: string): string =>
  withoutBrackets(
    encodeURIComponent(text)
      .replaceAll('%3A', ':')
      .replaceAll('%2F', '/')
      .replaceAll('%3F', '?')
      .replaceAll('%3D', '='),
  );

/** Brackets and apostrophes end a link in the eyes of programs that look for links in text. */
function withoutBrackets(address: string): string {
  return address.replaceAll(
    /['()]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
