import type { Spread } from './draws.ts';

/**
 * What can go otherwise than planned. Each can be switched off, which leaves every other draw of an
 * order as it was.
 */
export const exceptions = [
  'review-failed',
  'order-cancelled',
  'line-cancelled',
  'handled-late',
  'sold-out-again',
  'split',
  'transit-delayed',
  'failed-attempt',
  'second-failed-attempt',
  'lost',
  'returned',
  'goodwill',
  'told-on-last-leg',
  'told-late',
] as const;

export type FulfilmentException = (typeof exceptions)[number];

/**
 * How often each happens, to whom it can. Where a source is named it is the order of magnitude that
 * is taken from it. The others are assumptions, high enough that some hundred orders show each.
 */
export const rates: Readonly<Record<FulfilmentException, number>> = {
  /** Of reviewed orders. Assumption: most reviews find nothing. */
  'review-failed': 0.2,
  /** Of orders, before dispatch. Assumption. */
  'order-cancelled': 0.015,
  /** Of orders with two lines or more to ship, before dispatch. Assumption. */
  'line-cancelled': 0.02,
  /** Of orders. Assumption; these miss a promise of three days. */
  'handled-late': 0.04,
  /** Of backordered orders: the promised date is moved once more. Assumption. */
  'sold-out-again': 0.25,
  /** Of orders with two pieces or more to ship. Assumption; see {@link partsWeights} for into how many. */
  split: 0.15,
  /** Of parcels. Assumption. */
  'transit-delayed': 0.06,
  /** Of parcels. First attempts succeed at 93.7 % in the UK, 97.2 % in the US (smartroutes.io, 2025). */
  'failed-attempt': 0.06,
  /** Of failed attempts. Assumption: a customer who was told is mostly there. */
  'second-failed-attempt': 0.15,
  /** Of parcels. 0.06 % officially lost, up to 0.7 % without news for five days (Metapack, April 2025). */
  lost: 0.007,
  /** Of orders that arrive. 19.3 % of online sales in the US (NRF, 2025), most of them clothing; kitchen and outdoor lie below. */
  returned: 0.08,
  /** Of orders that arrive. Assumption. */
  goodwill: 0.01,
  /** Of parcels: the carrier scans them as they leave for the door. Assumption. */
  'told-on-last-leg': 0.5,
  /** Of events: carriers send files in batches, queues stand still. Assumption. */
  'told-late': 0.02,
};

/** Number of parcels of an order that is split, as value and weight. */
export const partsWeights = [
  [2, 8],
  [3, 2],
] as const;

/** A parcel holds no more lines than this, so that a wholesale order of 500 lines is three of them. */
export const MAX_LINES_A_PARCEL = 200;

/** From clearance to the warehouse's door: next day for half of all orders. */
export const handlingHours: Spread = { median: 20, spread: 0.5 };
/** From the warehouse's door to the customer's, by a domestic parcel service: two days for half of them. */
export const transitHours: Spread = { median: 46, spread: 0.35 };
/** How long a shop takes to look at an order it holds. */
export const reviewHours: Spread = { median: 5, spread: 0.8 };
/** From the event to the bus: seconds, as webhooks and scans are. */
export const lagSeconds: Spread = { median: 20, spread: 1 };

/** A carrier's own estimate, given at dispatch. */
export const ESTIMATE_DAYS = 4;

/** Every event of an order happens within so many days of its placing. Held by a test. */
export const BOUND_DAYS = 45;

/** The latest that stock is said, or taken, to come. Ten days of transit and attempts stay in bounds. */
export const MAX_STOCK_DAYS = 30;

/** A parcel sent later than this, in days from the order, has no accident: there is no time left for its remedy. */
export const ACCIDENTS_UNTIL_DAYS = 14;

/** An order that arrives later than this, in days from its placing, is not returned, for the same reason. */
export const RETURNS_UNTIL_DAYS = 20;
