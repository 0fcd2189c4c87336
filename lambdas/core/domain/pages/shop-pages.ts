import type { PageAudience } from '../messages/message-links.ts';
import type { ShopIdentity } from '../messages/shop-identity.ts';
import { pagesOf } from '../touches/touch.ts';

/** Which of the shop's own pages an address is, whatever its query; none that it only begins like. */
export const pageAt = (
  { orderStatusUrl, pages }: Pick<ShopIdentity, 'orderStatusUrl' | 'pages'>,
  address: string,
): PageAudience | undefined => {
  const known: readonly (readonly [PageAudience, string])[] = [
    ['order-status', orderStatusUrl],
    ...pagesOf(pages).map((page) => [page, pages[page] ?? ''] as const),
  ];
  const place = placeOf(address);
  return known.find(([, each]) => placeOf(each) === place)?.[0];
};

const placeOf = (address: string): string => {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
};

/** An address without what may be personal in it: host and path. */
export const linkName = (address: string): string => {
  const { host, pathname } = new URL(address);
  return `${host}${pathname}`;
};
