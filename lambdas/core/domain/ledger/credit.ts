/** What kind of revenue a line is; a line has one. */
export type RevenueClass =
  | 'primary'
  /** taken up on the confirmation page of the order itself */
  | 'confirmation_upsell'
  /** of a later order that a message or page of an earlier one brought */
  | 'followup_crosssell'
  /** what a partner pays */
  | 'partner_commission';

/** Something of ours that brought revenue. */
export interface CreditSource {
  readonly kind: 'touch' | 'session' | 'code';
  /** The touch's id, the session's, or the code itself. */
  readonly id: string;
  /** The order that it belongs to. Absent: of a code that was given to nobody in particular. */
  readonly orderId?: string | undefined;
  readonly touch?: string | undefined;
  readonly channel?: string | undefined;
  readonly offerId?: string | undefined;
}

/** A part of a line that is credited to one source: `parts` of the sum of all parts. */
export interface CreditShare extends CreditSource {
  readonly parts: number;
}

/** What brought a line, frozen when the order is taken in. */
export interface LineCredit {
  readonly class: RevenueClass;
  /** Of a line that follows from an earlier order. */
  readonly originOrderId?: string | undefined;
  /** Whom it is credited to; their parts make up the whole. @default nothing of ours */
  readonly shares: readonly CreditShare[];
  /** In words, without personal data. */
  readonly because: string;
}

export const ownCredit: LineCredit = {
  class: 'primary',
  shares: [],
  because: 'nothing of ours led to it',
};
