import { type ProductFacts, productOf } from '#core/domain/catalogue/product.ts';
import type { Customer } from '#core/domain/customers/customer.ts';
import type { Purchase } from '#core/domain/customers/purchase.ts';
import { type ClassificationRules, profileOf } from '#core/domain/journeys/classification.ts';
import type { PlanInputs } from '#core/domain/journeys/plan.ts';
import type { Timing } from '#core/domain/journeys/timing.ts';
import type { OrderEvent, OrderPlaced } from '#core/domain/orders/order-event.ts';
import type { DatedScore } from '#core/domain/scores/dated-score.ts';
import type { ShopPage } from '#core/domain/touches/touch.ts';
import { told } from '#tests/unit/orders/histories.ts';
import { delivered, euros, placed } from '#tests/unit/orders/order-events.ts';

export const timing: Timing = {
  hour: 10,
  careAfterDays: 1,
  nudgeAfterHours: 48,
  checkInAfterDays: { considered: 7, complex: 5 },
  surveyAfterDays: { simple: 10, considered: 12, complex: 14 },
  answerWithinDays: 4,
  reviewWithinDays: 7,
  warrantyAfterDays: 16,
  loyaltyAfterDays: 20,
  crossSellAfterDays: 24,
  subscriptionAfterDays: 21,
  upgradeAfterDays: 40,
  replenishBeforeDays: 7,
  winBackAfterDays: { usual: 90, least: 60, most: 150 },
};

/** The hour of the story at which a parcel arrives: 20 November, at 13:00 of Berlin. */
export const ARRIVAL = 60;

/** Ten o’clock in Berlin, winter time, so many days after the order has arrived. */
export const tenOclock = (daysAfterArrival: number): string =>
  new Date(Date.UTC(2026, 10, 20 + daysAfterArrival, 9)).toISOString();

export const purchase = (
  orderId: string,
  placedAt: string,
  pieces: Readonly<Record<string, number>> = { 'SKU-mill': 1 },
): Purchase => ({
  shop: 'hearth',
  customerId: 'c-17',
  orderId,
  placedAt,
  total: euros(5_000),
  lines: Object.entries(pieces).map(([sku, quantity]) => ({ sku, quantity })),
});

export interface Story {
  readonly order?: Partial<Omit<OrderPlaced, 'type'>>;
  /** @default everything arrives at hour 60 */
  readonly events?: readonly OrderEvent[];
  /** By SKU. */
  readonly facts?: Readonly<Record<string, ProductFacts>>;
  readonly customer?: Customer;
  readonly purchases?: readonly Purchase[];
  readonly rules?: ClassificationRules;
  readonly pages?: readonly ShopPage[];
  readonly score?: DatedScore;
  /** Of products that may be offered, by SKU. */
  readonly offerCategories?: Readonly<Record<string, string>>;
}

const allPages = ['review', 'referral', 'loyalty', 'warranty', 'subscription'] as const;

/** What a journey is planned by. */
export const inputsOf = ({
  facts = {},
  rules = {},
  purchases = [],
  customer,
  ...story
}: Story): PlanInputs => {
  const order = told([placed(story.order), ...(story.events ?? [delivered(ARRIVAL)])]);
  const products = order.lines.map(({ sku, name, category }) =>
    productOf({ sku, name, category }, { categories: {}, products: facts }),
  );
  return {
    order,
    profile: profileOf({ order, products, customer, purchases, rules }),
    customer,
    purchases,
    timing,
    pages: story.pages ?? allPages,
    timeZone: 'Europe/Berlin',
    // On the hour, so that a story's times can be told.
    spread: (instant) => instant,
    score: story.score,
    offerCategories: new Map(Object.entries(story.offerCategories ?? {})),
  };
};
