import type { Spread } from './draws.ts';

/** What a customer may do once a message came. */
export const reactionNames = [
  'answers',
  'reviews',
  'uses',
  'uses-after-nudge',
  'joins',
  'subscribes',
  'reorders',
  'buys-pairing',
  'comes-back',
  'confirms',
] as const;

export type Reaction = (typeof reactionNames)[number];

/** How many of those who get the message do it. Assumptions, high enough that some hundred orders show each. */
export const reactionRates: Readonly<Record<Reaction, number>> = {
  answers: 0.35,
  reviews: 0.2,
  uses: 0.7,
  'uses-after-nudge': 0.4,
  joins: 0.35,
  subscribes: 0.15,
  reorders: 0.3,
  'buys-pairing': 0.08,
  'comes-back': 0.08,
  confirms: 0.7,
};

/** How long after the message. Assumptions. */
export const reactionHours: Readonly<Record<Reaction, Spread>> = {
  answers: { median: 9, spread: 1 },
  reviews: { median: 20, spread: 1 },
  uses: { median: 6, spread: 1.2 },
  'uses-after-nudge': { median: 8, spread: 1 },
  joins: { median: 12, spread: 1 },
  subscribes: { median: 12, spread: 1 },
  reorders: { median: 20, spread: 0.8 },
  'buys-pairing': { median: 20, spread: 0.8 },
  'comes-back': { median: 20, spread: 0.8 },
  confirms: { median: 1, spread: 1 },
};

/**
 * Of those who order after a message: they come by its link. Beside those who click and buy nothing (`page-visits.ts`),
 * every third who clicks a cross-sell buys, as Omnisend's report of 2025 has it for automated messages (mailneo.co).
 */
export const BY_LINK = 0.6;

/** From the click to the order. Assumption: most buy at once, some come back days later. */
export const clickLeadHours: Spread = { median: 0.4, spread: 1.5 };

/** Of those who order after a message that gives them a code: they redeem it. Assumption. */
export const REDEEMS = 0.7;

/** Of orders of what is used up: the customer orders it again before anyone asks. Assumption. */
export const UNASKED_REORDERS = 0.35;

/** When they do, as a share of the time that the supply should last; beyond `mostDays` half a year would not show it. */
export const unaskedAfter = { least: 0.4, most: 0.85, mostDays: 110 } as const;
