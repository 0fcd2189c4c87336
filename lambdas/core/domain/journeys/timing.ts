/** When what follows a delivery is due; a shop's configuration gives it. */
export interface Timing {
  /** The hour of the shop's day at which planned touches go. */
  readonly hour: number;
  readonly careAfterDays: number;
  /** Hours without a first use, of a product that reports it. */
  readonly nudgeAfterHours: number;
  readonly checkInAfterDays: { readonly considered: number; readonly complex: number };
  readonly surveyAfterDays: {
    readonly simple: number;
    readonly considered: number;
    readonly complex: number;
  };
  readonly answerWithinDays: number;
  readonly reviewWithinDays: number;
  readonly warrantyAfterDays: number;
  readonly loyaltyAfterDays: number;
  readonly crossSellAfterDays: number;
  readonly subscriptionAfterDays: number;
  readonly upgradeAfterDays: number;
  /** Before a supply runs out. */
  readonly replenishBeforeDays: number;
  /** After the order: usual for a customer without a rhythm, between least and most for any. */
  readonly winBackAfterDays: {
    readonly usual: number;
    readonly least: number;
    readonly most: number;
  };
}
