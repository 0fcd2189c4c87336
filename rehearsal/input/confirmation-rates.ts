import type { Spread } from './draws.ts';
import type { SampleOffer } from './sample-offers.ts';

/** Of orders: the customer sees the page before the window is closed. Assumption. */
export const LOOKS = 0.85;

/** Of those: they open it once more before it closes, as many do who look for their parcel. Assumption. */
export const LOOKS_AGAIN = 0.35;

/** A session ends 24 hours after it was opened; hours until the second look. */
export const againHours = { least: 0.2, most: 23 } as const;

/** Places for offers: two on a phone, four on a wide screen. */
export const slots = { least: 2, most: 4 } as const;

/** Seconds: from the order to the page, and from one offer to the next while it is read. */
export const pageSeconds = {
  opened: { least: 2, most: 15 },
  read: { least: 5, most: 40 },
  /** From the click to the yes. */
  decided: { least: 10, most: 90 },
  /** From the yes to the amended order: payment has to agree. */
  amended: { least: 60, most: 240 },
  /** From the page to the bus. */
  lag: { least: 0.2, most: 3 },
} as const;

/**
 * Of showings those that are clicked, and of these those that are taken up. Where a product is offered after the
 * purchase, 9.9 % of customers take it (OpenSend and Focus Digital, 2025, as upsella.com quotes them): with three offers
 * a page, most of them products, about four in a hundred showings. How it is divided is an assumption.
 */
export const offerRates: Readonly<
  Record<SampleOffer['type'], { readonly clicked: number; readonly accepted: number }>
> = {
  upsell: { clicked: 0.14, accepted: 0.35 },
  'cross-sell': { clicked: 0.1, accepted: 0.35 },
  loyalty: { clicked: 0.12, accepted: 0.5 },
  referral: { clicked: 0.05, accepted: 0.4 },
  partner: { clicked: 0.08, accepted: 0.4 },
};

/** Of showings that are not clicked: the customer sends the offer away. Assumption. */
export const DISMISSES = 0.06;

/** Days until the partner says that the customer has bought, and from then until they take it back. Assumptions. */
export const commissionDays = { least: 2, most: 14 } as const;
export const reversalDays = { least: 3, most: 21 } as const;

/** Of commissions: the customer cancels with the partner. Assumption; 6 % to 7 % of orders are one affiliate shop's own figure. */
export const REVERSED = 0.15;

/** Of late orders: the customer asks where it is. Assumption; by vendors' figures a fifth to a half of all cases ask that. */
export const ASKS_WHERE = 0.4;

/** From when it is late until they ask, and until they have their answer. Assumptions. */
export const asksHours: Spread = { median: 10, spread: 0.8 };
export const answeredHours: Spread = { median: 8, spread: 0.7 };

/** A parcel that has not left by then is late, in hours from the order. */
export const LATE_HOURS = 72;

/** A month's bad debt in minor units. Assumption: a few unpaid orders of the smaller kind. */
export const badDebtMinor = { least: 900, most: 6500 } as const;
