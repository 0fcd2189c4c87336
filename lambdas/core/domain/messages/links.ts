import type { ShopIdentity } from './shop-identity.ts';

type LinkPolicy = Pick<
  ShopIdentity,
  'website' | 'orderStatusUrl' | 'helpUrl' | 'privacyUrl' | 'pages' | 'linkHosts'
>;

/** A configured shop's, read from its addresses once for all of its links. */
const knownHosts = new WeakMap<LinkPolicy, ReadonlySet<string>>();

/** Hosts that a message of the shop may lead to. */
const hostsOf = (shop: LinkPolicy): ReadonlySet<string> => {
  const found = knownHosts.get(shop);
  if (found !== undefined) return found;
  const hosts = new Set([...shop.linkHosts.map((host) => host.toLowerCase()), ...ownHostsOf(shop)]);
  knownHosts.set(shop, hosts);
  return hosts;
};

const ownHostsOf = (shop: Omit<LinkPolicy, 'linkHosts'>): readonly string[] =>
  [
    shop.website,
    shop.orderStatusUrl,
    shop.helpUrl,
    shop.privacyUrl,
    ...Object.values(shop.pages),
  ].flatMap((address) => (address === undefined ? [] : new URL(address).host));

/** Whether the address is on a host of the shop's own pages. */
export const isShopsOwn = (shop: Omit<LinkPolicy, 'linkHosts'>, address: string): boolean =>
  ownHostsOf(shop).includes(new URL(address).host);

/**
 * Whether a message may lead there: https on a host the shop vouches for. A port or a user name
 * makes it another place, whatever the host looks like. Our own pages are no such place: no link is led on twice.
 */
export const isAllowedLink = (shop: LinkPolicy, link: string): boolean => {
  const url = URL.parse(link);
  return (
    url !== null &&
    url.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    hostsOf(shop).has(url.host)
  );
};

/** The link as the URL parser reads it, or `fallback` when the shop does not vouch for its host. */
export const allowedLink = <Fallback>(
  shop: LinkPolicy,
  link: string,
  fallback: Fallback,
): string | Fallback => (isAllowedLink(shop, link) ? new URL(link).href : fallback);

/** A picture loads as soon as the message is opened, so it has to come over https; any host may serve it. */
export const pictureOf = (imageUrl: string | undefined): string | null => {
  const url = URL.parse(imageUrl ?? '');
  return url?.protocol === 'https:' && url.username === '' ? url.href : null;
};

/** The address with a signed token, beside whatever query it has. */
export const withToken = (address: string, token: string): string => withQuery(address, 't', token);

/** The address with one more parameter, beside whatever query it has. */
export const withQuery = (address: string, name: string, value: string): string => {
  const url = new URL(address);
  url.searchParams.set(name, value);
  return url.href;
};
