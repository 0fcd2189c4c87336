import type { OfferType } from '#core/domain/offers/offer.ts';
import type { Spread } from './draws.ts';

/** Of orders: the customer sees the page before the window is closed. Assumption. */
export const LOOKS = 0.85;

/** Of those: they open it once more before it closes, as many do who look for their parcel. Assumption. */
export const LOOKS_AGAIN = 0.35;

/** A session ends 24 hours after it was opened; hours until the second look. */
export const againHours = { least: 0.2, most: 23 } as const;

/**
 * Of those who see the place above, or open the page: they see this one. Most look at the first, and fewer scroll on.
 * Assumption.
 */
export const SEES_NEXT = [0.97, 0.85, 0.8, 0.75, 0.7, 0.7] as const;

/** Seconds of a customer on the page, and of the order system behind it. */
export const pageSeconds = {
  /** From the order to the page. */
  opened: { least: 2, most: 15 },
  /** From the page to the first offer that was seen. */
  seen: { least: 1, most: 6 },
  /** From one offer to the next while it is read. */
  read: { least: 5, most: 40 },
  /** From there to the yes. */
  decided: { least: 10, most: 90 },
  /** From the yes to a look whether it was added. */
  lookedAfter: { least: 90, most: 420 },
  /** From the yes to the amended order: payment has to agree. */
  amended: { least: 60, most: 240 },
} as const;

/**
 * Of offers that were seen, those that are taken up, by an offer that appeals as most do: a product is accepted, any
 * other is followed. Where a product is offered after the purchase, 9.9 % of customers take it (OpenSend and Focus
 * Digital, 2025, as upsella.com quotes them): with two products a page, about five in a hundred showings. How it is
 * divided is an assumption.
 */
export const takenUpRates: Readonly<Record<OfferType, number>> = {
  upsell: 0.06,
  'cross-sell': 0.045,
  subscription: 0.02,
  loyalty: 0.12,
  referral: 0.05,
  review: 0.05,
  partner: 0.08,
};

/** How much an offer appeals, of the shop's and of all its customers: two thirds within a factor of 1.6. Assumption. */
export const appeal: Spread = { median: 1, spread: 0.5 };

/** A product that the shop says goes with what was bought is taken more readily than any other. Assumption. */
export const fits = { goesWith: 2, doesNot: 0.7 } as const;

/** Nobody takes more than this share, however well it fits. */
export const MOST_TAKEN_UP = 0.6;

/** Of offers that were seen and not taken up: the customer sends the offer away. Assumption. */
export const DISMISSES = 0.06;

/** Of accepted products: the payment is declined, and the order system says nothing at all. Assumptions. */
export const DECLINED = 0.03;
export const UNANSWERED = 0.02;

/** Hours until what was added is packed by itself: the order's own parcel does not wait for it. Assumption. */
export const addedHandlingHours = { least: 4, most: 30 } as const;

/** Of those who follow a partner's offer that is paid by the purchase: they buy there. Assumption. */
export const BUYS_THERE = 0.4;

/** Of those with an account who follow the offer of a membership: they join. Assumption. */
export const JOINS = 0.5;

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
