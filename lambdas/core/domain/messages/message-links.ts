import type { Purpose, ShopPage } from '../touches/touch.ts';
import type { SignedLinks } from './message-context.ts';
import type { ShopIdentity } from './shop-identity.ts';

/** What a link in a message lets its bearer do. */
export type LinkAudience = 'order-status' | 'unsubscribe' | ShopPage;

/** Gives the address with a token that is good for one use. */
type Sign = (address: string, audience: LinkAudience) => Promise<string>;

/** The signed links of one message; marketing alone can be unsubscribed from. */
export const signedLinks = async (
  { orderStatusUrl, unsubscribeUrl, pages }: ShopIdentity,
  purpose: Purpose,
  sign: Sign,
): Promise<SignedLinks> => {
  const page = (name: ShopPage): Promise<string> | null => {
    const address = pages[name];
    return address === undefined ? null : sign(address, name);
  };
  return {
    orderStatus: await sign(orderStatusUrl, 'order-status'),
    unsubscribe: purpose === 'marketing' ? await sign(unsubscribeUrl, 'unsubscribe') : null,
    survey: await page('survey'),
    review: await page('review'),
    referral: await page('referral'),
    loyalty: await page('loyalty'),
    warranty: await page('warranty'),
    subscription: await page('subscription'),
  };
};
