import type { Instant } from '../orders/order-event.ts';
import type { Acceptance, ShownOffer } from './session.ts';

/** Something that happened to an offer of a page, with the offer as it then was. */
export type News =
  | Plain<'shown'>
  | Plain<'clicked'>
  | Plain<'dismissed'>
  /** It became what its value is counted for. */
  | Plain<'succeeded'>
  /** The customer wants the product: the order system is asked. */
  | {
      readonly kind: 'accepted';
      readonly offer: ShownOffer;
      readonly at: Instant;
      readonly validUntil: Instant;
    }
  | {
      readonly kind: 'settled';
      readonly offer: ShownOffer;
      readonly at: Instant;
      readonly acceptance: Acceptance & { readonly state: Exclude<Acceptance['state'], 'pending'> };
    };

interface Plain<Kind extends string> {
  readonly kind: Kind;
  readonly offer: ShownOffer;
  readonly at: Instant;
}

/** What came of something that was said of a session. */
export interface Change<Of> {
  readonly session: Of;
  /** What was not known before: to be counted, and told. */
  readonly news: readonly News[];
  /** What was said again: to be told again, as the first time may have been cut off, and not to be counted. */
  readonly again: readonly News[];
}
