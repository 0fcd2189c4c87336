import type { Survey } from '../orders/order-event.ts';
import type { ShopPage } from '../touches/touch.ts';

/** How a shop presents itself in a message. The deployment's configuration of a shop is one. */
export interface ShopIdentity {
  readonly name: string;
  readonly brand: {
    readonly logoUrl: string;
    readonly primary: string;
    readonly onPrimary: string;
  };
  readonly email: {
    readonly name: string;
    readonly address: string;
    readonly replyTo?: string | undefined;
  };
  /** BCP 47; the first is the fallback. */
  readonly locales: readonly string[];
  /** IANA zone that the shop's dates are meant in. */
  readonly timeZone: string;
  readonly website: string;
  readonly orderStatusUrl: string;
  readonly helpUrl: string;
  readonly privacyUrl: string;
  readonly legal: {
    readonly entity: string;
    readonly address: readonly string[];
  };
  /** Hosts that links may lead to, beside those of the addresses above. */
  readonly linkHosts: readonly string[];
  /** Where our own pages are: of unsubscribing, preferences, the survey, and the way on to a link. */
  readonly linksUrl: string;
  /** Pages that not every shop has; a signed token is added on the way there. */
  readonly pages: { readonly [Page in ShopPage]?: string | undefined };
  /** Which question the satisfaction survey asks. */
  readonly survey: Survey;
}
