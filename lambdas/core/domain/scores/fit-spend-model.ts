import { logGamma } from '../statistics/log-gamma.ts';
import { cappedTotal, type Check, describes, type Fit } from './fit.ts';
import { MIN_CUSTOMERS, MIN_REPEAT_BUYERS } from './fit-purchase-model.ts';
import { minimise } from './minimise.ts';
import { populationValue, type SpendHistory, type SpendModel } from './spend-model.ts';

/** Customers with the same number of orders and the same mean. */
export interface SpendGroup extends SpendHistory {
  readonly customers: number;
}

/** Parameters are searched between these, as ln; values are measured in their mean meanwhile. */
const EDGE = Math.log(1e4);

/** ln L of all customers (Fader & Hardie 2013). */
export const spendLogLikelihoodOf = (
  { p, q, v }: SpendModel,
  groups: readonly SpendGroup[],
): number => {
  const byTransactions = new Map<number, number>();
  const constant = q * Math.log(v) - logGamma(q);
  return groups.reduce((sum, { transactions: x, meanValue, customers }) => {
    const shape = p * x;
    const known = byTransactions.get(x);
    const common = known ?? logGamma(shape + q) - logGamma(shape) + shape * Math.log(x) + constant;
    if (known === undefined) byTransactions.set(x, common);
    const each =
      common + (shape - 1) * Math.log(meanValue) - (shape + q) * Math.log(x * meanValue + v);
    return sum + customers * each;
  }, 0);
};

/**
 * Fits the model by maximum likelihood.
 *
 * @param groups every customer with an order value counted in exactly one, all in one currency and
 *   unit; orders of no value are left out by the caller
 * @throws RangeError for a group that cannot be
 */
export const fitSpendModel = (groups: readonly SpendGroup[]): Fit<SpendModel> => {
  groups.forEach(checkGroup);
  const customers = total(groups, () => 1);
  const repeatBuyers = total(groups, ({ transactions }) => (transactions > 1 ? 1 : 0));
  if (customers < MIN_CUSTOMERS)
    return {
      kind: 'not-fitted',
      reason: 'too-few-customers',
      because: `there are order values of ${customers} customers; a fit takes ${MIN_CUSTOMERS}`,
      customers,
    };
  // From single orders one cannot tell a customer's own spread from that between customers.
  if (repeatBuyers < MIN_REPEAT_BUYERS)
    return {
      kind: 'not-fitted',
      reason: 'too-few-repeat-buyers',
      because: `${repeatBuyers} customers have values of two orders; a fit takes ${MIN_REPEAT_BUYERS}`,
      customers,
    };
  return searched(groups, customers);
};

const searched = (groups: readonly SpendGroup[], customers: number): Fit<SpendModel> => {
  const scale = cappedTotal(groups, ({ meanValue }) => meanValue) / customers;
  const scaled = groups.map((group) => ({ ...group, meanValue: group.meanValue / scale }));
  const search = minimise(
    (at) => -spendLogLikelihoodOf(modelAt(at), scaled),
    // A mean of 1 between customers: p·v / (q − 1).
    [Math.log(2), Math.log(3), 0],
    EDGE,
  );
  const inScale = modelAt(search.at);
  const model = { ...inScale, v: inScale.v * scale };
  const failed = { kind: 'not-fitted', customers } as const;
  if (!search.converged)
    return {
      ...failed,
      reason: 'not-converged',
      because: `no maximum of the likelihood after ${search.iterations} steps`,
    };
  const check: Check = { expected: populationValue(model), observed: scale };
  if (model.q <= 1 || !describes(check))
    return {
      ...failed,
      reason: 'does-not-describe',
      because:
        model.q <= 1
          ? 'values differ so much between customers that the best parameters have no mean (q ≤ 1)'
          : `the best parameters expect a value of ${check.expected.toPrecision(4)}; the mean, capped, was ${scale.toPrecision(4)}`,
    };
  return {
    kind: 'fitted',
    model,
    customers,
    logLikelihood: spendLogLikelihoodOf(model, groups),
    iterations: search.iterations,
    atEdge: (['p', 'q', 'v'] as const).filter(
      (_, axis) => Math.abs(search.at[axis] ?? 0) > EDGE - 0.1,
    ),
    check,
  };
};

const modelAt = (at: readonly number[]): SpendModel => {
  const [p = 1, q = 1, v = 1] = at.map(Math.exp);
  return { p, q, v };
};

const total = (groups: readonly SpendGroup[], of: (group: SpendGroup) => number): number =>
  groups.reduce((sum, group) => sum + group.customers * of(group), 0);

const checkGroup = (group: SpendGroup, row: number): void => {
  const { transactions, meanValue, customers } = group;
  const isPossible =
    Number.isSafeInteger(transactions) &&
    transactions > 0 &&
    Number.isSafeInteger(customers) &&
    customers > 0 &&
    Number.isFinite(meanValue) &&
    meanValue > 0;
  if (!isPossible)
    throw new RangeError(
      `row ${row} of the spend groups is ${JSON.stringify(group)}; wanted are whole numbers of transactions and customers (1 or more) and a mean value above 0`,
    );
};
