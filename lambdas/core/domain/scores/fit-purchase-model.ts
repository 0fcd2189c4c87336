import { cappedTotal, type Check, describes, type Fit } from './fit.ts';
import { minimise } from './minimise.ts';
import {
  expectedPurchases,
  logOddsOfLeft,
  type PurchaseHistory,
  type PurchaseModel,
  type PurchaseModelName,
  staysOf,
} from './purchase-model.ts';
import { logRising, softplus } from './special-functions.ts';

/** Customers with one and the same history; weeks, as in `PurchaseHistory`. */
export interface PurchaseGroup extends PurchaseHistory {
  readonly customers: number;
}

/** Of 100 CDNOW customers drawn by chance r comes out between .5 and 2.8; fewer tell nothing. */
export const MIN_CUSTOMERS = 100;
export const MIN_REPEAT_BUYERS = 20;

/** Parameters are searched between these, as ln; time is measured in mean ages meanwhile. */
const EDGE = Math.log(1e4);

/**
 * ln L of all customers (BG/NBD: Fader, Hardie & Lee 2005; MBG/NBD: Batislam et al. 2007).
 * What depends on x alone is computed once for each x.
 */
export const logLikelihoodOf = (model: PurchaseModel, groups: readonly PurchaseGroup[]): number => {
  const { name, r, alpha, a, b } = model;
  const most = groups.reduce((max, { frequency }) => Math.max(max, frequency), 0);
  const orders = logRising(r, most);
  const stays = logRising(b, most + 1);
  const choices = logRising(a + b, most + 1);
  const logAlpha = Math.log(alpha);
  return groups.reduce((sum, group) => {
    const { frequency, age, customers } = group;
    const chosen = staysOf(name, frequency);
    const common =
      (orders[frequency] ?? 0) + (stays[chosen] ?? 0) - (choices[chosen] ?? 0) + r * logAlpha;
    const waited = (r + frequency) * Math.log(alpha + age);
    return sum + customers * (common - waited + softplus(logOddsOfLeft(model, group)));
  }, 0);
};

/**
 * Fits the model by maximum likelihood.
 *
 * @param groups every customer counted in exactly one; those with one order (x = 0) belong to it
 * @throws RangeError for a group that cannot be: negative, a recency beyond the age, …
 */
export const fitPurchaseModel = (
  name: PurchaseModelName,
  groups: readonly PurchaseGroup[],
): Fit<PurchaseModel> => {
  groups.forEach(checkGroup);
  const customers = total(groups, () => 1);
  const repeatBuyers = total(groups, ({ frequency }) => (frequency > 0 ? 1 : 0));
  if (customers < MIN_CUSTOMERS)
    return {
      kind: 'not-fitted',
      reason: 'too-few-customers',
      because: `there are ${customers} customers; a fit takes ${MIN_CUSTOMERS}`,
      customers,
    };
  if (repeatBuyers < MIN_REPEAT_BUYERS)
    return {
      kind: 'not-fitted',
      reason: 'too-few-repeat-buyers',
      because: `${repeatBuyers} customers ordered again; a fit takes ${MIN_REPEAT_BUYERS}`,
      customers,
    };
  return searched(name, groups, customers);
};

const searched = (
  name: PurchaseModelName,
  groups: readonly PurchaseGroup[],
  customers: number,
): Fit<PurchaseModel> => {
  // In mean ages, so that one start serves days old shops and decades old ones.
  const scale = total(groups, ({ age }) => age) / customers;
  const scaled = groups.map((group) => ({
    ...group,
    recency: group.recency / scale,
    age: group.age / scale,
  }));
  const search = minimise((at) => -logLikelihoodOf(modelAt(name, at), scaled), [0, 0, 0, 0], EDGE);
  const inScale = modelAt(name, search.at);
  const model = { ...inScale, alpha: inScale.alpha * scale };
  const check = checkOf(model, groups);
  const failed = { kind: 'not-fitted', customers } as const;
  if (!search.converged)
    return {
      ...failed,
      reason: 'not-converged',
      because: `no maximum of the likelihood after ${search.iterations} steps`,
    };
  if (!describes(check))
    return {
      ...failed,
      reason: 'does-not-describe',
      because: `the best parameters expect ${Math.round(check.expected)} repeat orders; there were ${check.observed}`,
    };
  return {
    kind: 'fitted',
    model,
    customers,
    logLikelihood: logLikelihoodOf(model, groups),
    iterations: search.iterations,
    atEdge: (['r', 'alpha', 'a', 'b'] as const).filter(
      (_, axis) => Math.abs(search.at[axis] ?? 0) > EDGE - 0.1,
    ),
    check,
  };
};

const modelAt = (name: PurchaseModelName, at: readonly number[]): PurchaseModel => {
  const [r = 1, alpha = 1, a = 1, b = 1] = at.map(Math.exp);
  return { name, r, alpha, a, b };
};

/** Repeat orders that the model expects of these customers from their first order on, and those made. */
const checkOf = (model: PurchaseModel, groups: readonly PurchaseGroup[]): Check => {
  const byAge = Map.groupBy(groups, ({ age }) => age);
  const expected = [...byAge].reduce(
    (sum, [age, same]) =>
      sum +
      total(same, () => 1) * expectedPurchases(model, { frequency: 0, recency: 0, age: 0 }, age),
    0,
  );
  return { expected, observed: cappedTotal(groups, ({ frequency }) => frequency) };
};

const total = (groups: readonly PurchaseGroup[], of: (group: PurchaseGroup) => number): number =>
  groups.reduce((sum, group) => sum + group.customers * of(group), 0);

const checkGroup = (group: PurchaseGroup, row: number): void => {
  const { frequency, recency, age, customers } = group;
  const isPossible =
    Number.isSafeInteger(frequency) &&
    frequency >= 0 &&
    Number.isSafeInteger(customers) &&
    customers > 0 &&
    Number.isFinite(age) &&
    recency >= 0 &&
    recency <= age &&
    (frequency > 0 ? recency > 0 : recency === 0);
  if (!isPossible)
    throw new RangeError(
      `row ${row} of the purchase groups is ${JSON.stringify(group)}; wanted are whole numbers of repeat order days (0 or more) and customers (1 or more), weeks with 0 ≤ recency ≤ age, and a recency of 0 exactly for those who ordered once`,
    );
};
