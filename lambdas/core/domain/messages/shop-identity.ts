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
  /** Where a customer ends marketing by one click; marketing cannot be sent without it. */
  readonly unsubscribeUrl?: string | undefined;
}
