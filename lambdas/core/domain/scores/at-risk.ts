import { firstReturnWithin, type SurvivalPoint } from './first-return.ts';
import { nextPurchaseWithin, type PurchaseHistory, type PurchaseModel } from './purchase-model.ts';

/**
 * Shares of customers like this one who, if they order again at all, have done so by a time; ascending.
 *
 * @default DEFAULT_RISK_QUANTILES
 */
export interface RiskQuantiles {
  /** From then on the next order is due. */
  readonly due: number;
  /** From then on the customer is at risk. */
  readonly atRisk: number;
  /** From then on they have lapsed. */
  readonly lapsed: number;
}

export const DEFAULT_RISK_QUANTILES: RiskQuantiles = { due: 0.5, atRisk: 0.8, lapsed: 0.95 };

/** How late a customer is, with the numbers that say so. */
export interface AtRisk {
  readonly state:
    /** ordered once, and the second order is not due yet */
    | 'new'
    /** ordered again, and the next order is not due yet */
    | 'active'
    /** half of those like them would have ordered */
    | 'due'
    /** most would have */
    | 'at-risk'
    /** nearly all would have */
    | 'lapsed';
  /** Their own rhythm among all customers', or for who ordered once when others came back. */
  readonly by: 'own-rhythm' | 'first-return';
  readonly orders: number;
  readonly daysSinceLast: number;
  /** Days after the last order from which each state holds. */
  readonly dueAfterDays: number;
  readonly atRiskAfterDays: number;
  readonly lapsedAfterDays: number;
  readonly quantiles: RiskQuantiles;
}

/** What lateness is judged by. */
export interface RiskModels {
  readonly purchases?: PurchaseModel | undefined;
  readonly firstReturn: readonly SurvivalPoint[];
}

const DAYS_A_WEEK = 7;

/** A century: what takes longer does not come, and a date can still be made of it. */
const NEVER_DAYS = 36_500;

/**
 * Whether the customer has been away for longer than customers like them are who come back.
 * Counted from their last order with what was known of them then: later silence is what is judged.
 *
 * @returns undefined when nothing was fitted that could tell
 * @throws RangeError when quantiles do not ascend within (0, 1)
 */
export const atRiskOf = (
  { purchases, firstReturn }: RiskModels,
  { frequency, recency, age }: PurchaseHistory,
  quantiles: RiskQuantiles = DEFAULT_RISK_QUANTILES,
): AtRisk | undefined => {
  checkQuantiles(quantiles);
  const daysWithin = (share: number): number | undefined => {
    if (frequency === 0) return firstReturnWithin(firstReturn, share);
    if (purchases === undefined) return undefined;
    const atLastOrder = { frequency, recency, age: recency };
    const weeks = nextPurchaseWithin(purchases, atLastOrder, share);
    return Math.min(NEVER_DAYS, Math.ceil(DAYS_A_WEEK * weeks));
  };
  const [due, atRisk, lapsed] = [quantiles.due, quantiles.atRisk, quantiles.lapsed].map(daysWithin);
  if (due === undefined || atRisk === undefined || lapsed === undefined) return undefined;
  const daysSinceLast = Math.round(DAYS_A_WEEK * (age - recency));
  const limits = { dueAfterDays: due, atRiskAfterDays: atRisk, lapsedAfterDays: lapsed };
  return {
    state: stateOf(daysSinceLast, limits) ?? (frequency === 0 ? 'new' : 'active'),
    by: frequency === 0 ? 'first-return' : 'own-rhythm',
    orders: frequency + 1,
    daysSinceLast,
    ...limits,
    quantiles,
  };
};

type Limits = Pick<AtRisk, 'dueAfterDays' | 'atRiskAfterDays' | 'lapsedAfterDays'>;

const stateOf = (days: number, limits: Limits): AtRisk['state'] | undefined => {
  if (days > limits.lapsedAfterDays) return 'lapsed';
  if (days > limits.atRiskAfterDays) return 'at-risk';
  if (days > limits.dueAfterDays) return 'due';
  return undefined;
};

/** Why the customer is in the state, in words and without personal data. */
export const tellAtRisk = (risk: AtRisk): string => {
  const { state, by, orders, daysSinceLast, quantiles } = risk;
  const percent = `${Number((100 * quantiles.atRisk).toFixed(1))} %`;
  const limit = `${risk.atRiskAfterDays} days`;
  const usual =
    by === 'own-rhythm'
      ? `after ${orders} orders in this rhythm ${percent} of those who come back do so within ${limit}`
      : `of those who come back after their first order ${percent} do so within ${limit}`;
  return `${state}: ${daysSinceLast} days since the last order; ${usual}`;
};

const checkQuantiles = ({ due, atRisk, lapsed }: RiskQuantiles): void => {
  if (!(due > 0 && due < atRisk && atRisk < lapsed && lapsed < 1))
    throw new RangeError(
      `the quantiles of risk are due ${due}, at risk ${atRisk}, lapsed ${lapsed}; wanted are ascending shares between 0 and 1`,
    );
};
