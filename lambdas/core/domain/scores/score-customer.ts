import { Temporal } from 'temporal-polyfill';
import { type AtRisk, atRiskOf, type RiskQuantiles } from './at-risk.ts';
import { categoryPropensities, type CategoryScore } from './category-propensity.ts';
import type { Fit } from './fit.ts';
import type { ScoreModels } from './fit-models.ts';
import { expectedPurchases, probabilityAlive, type PurchaseHistory } from './purchase-model.ts';
import { type Rfm, rfmOf } from './rfm.ts';
import { expectedValue, type SpendHistory } from './spend-model.ts';

/** What is known of a customer, at the time for which they are scored. */
export interface CustomerStats extends PurchaseHistory {
  /** Day of the last order, as 2026-11-22. */
  readonly lastOrderDay: string;
  /** What they spent in all, in the minor unit. */
  readonly spentMinor: number;
  /** Counted as in the groups that the spend model was fitted on, in the minor unit. */
  readonly spend?: SpendHistory | undefined;
  /** Categories they bought of; one given twice counts twice. */
  readonly categories: readonly string[];
}

/** What is expected of a customer. What was not fitted is absent. */
export interface CustomerScore {
  /** That they have not left. To rank customers take `expectedPurchases`. */
  readonly probabilityAlive?: number | undefined;
  /** Order days within the next 90 days. */
  readonly expectedPurchases?: number | undefined;
  /** What these are worth together, in the minor unit. */
  readonly expectedValueMinor?: number | undefined;
  readonly atRisk?: AtRisk | undefined;
  /** Day after which the customer is at risk; absent with `atRisk`. */
  readonly dueBy?: string | undefined;
  readonly rfm?: Rfm | undefined;
  /** The likeliest category first. */
  readonly propensities: readonly CategoryScore[];
}

/** How far ahead a score looks. */
export const HORIZON_DAYS = 90;

const DAYS_A_WEEK = 7;

/**
 * Scores one customer.
 *
 * @param quantiles when a customer counts as due, at risk and lapsed
 * @throws RangeError when `lastOrderDay` is not a day, or numbers are none
 */
export const scoreCustomer = (
  models: ScoreModels,
  stats: CustomerStats,
  quantiles?: RiskQuantiles,
): CustomerScore => {
  checkStats(stats);
  const purchases = modelOf(models.purchases);
  const orders = purchases && expectedPurchases(purchases, stats, HORIZON_DAYS / DAYS_A_WEEK);
  const spend = modelOf(models.spend);
  const { firstReturn, rfmCuts, affinity } = models;
  const atRisk = atRiskOf({ purchases, firstReturn }, stats, quantiles);
  return {
    probabilityAlive: purchases && probabilityAlive(purchases, stats),
    expectedPurchases: orders,
    expectedValueMinor:
      orders === undefined || spend === undefined
        ? undefined
        : Math.round(orders * expectedValue(spend, stats.spend)),
    atRisk,
    dueBy: atRisk && dayAfter(stats.lastOrderDay, atRisk.atRiskAfterDays),
    rfm:
      rfmCuts &&
      rfmOf(rfmCuts, {
        recency: DAYS_A_WEEK * (stats.age - stats.recency),
        frequency: stats.frequency + 1,
        monetary: stats.spentMinor,
      }),
    propensities: affinity === undefined ? [] : categoryPropensities(affinity, stats.categories),
  };
};

const modelOf = <Model>(fit: Fit<Model>): Model | undefined =>
  fit.kind === 'fitted' ? fit.model : undefined;

const dayAfter = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString();

const checkStats = ({ frequency, recency, age }: CustomerStats): void => {
  const isPossible =
    Number.isSafeInteger(frequency) &&
    frequency >= 0 &&
    recency >= 0 &&
    recency <= age &&
    Number.isFinite(age);
  if (!isPossible)
    throw new RangeError(
      `a customer has frequency ${frequency}, recency ${recency} and age ${age}; wanted are a whole number of repeat order days and weeks with 0 ≤ recency ≤ age`,
    );
};
