/** Why a model was not fitted. */
export type FitRefusal =
  /** fewer customers than a fit can be trusted with */
  | 'too-few-customers'
  /** fewer customers with a second order than a fit can be trusted with */
  | 'too-few-repeat-buyers'
  /** the search found no maximum of the likelihood */
  | 'not-converged'
  /** the parameters that fit best do not give back what was observed on average */
  | 'does-not-describe';

/** A model, or why there is none. */
export type Fit<Model> =
  | {
      readonly kind: 'fitted';
      readonly model: Model;
      readonly customers: number;
      readonly logLikelihood: number;
      readonly iterations: number;
      /** Parameters that would go on beyond what is searched: the data know no spread there. */
      readonly atEdge: readonly (keyof Model & string)[];
      /** Repeat orders of all, or the mean order value. */
      readonly check: Check;
    }
  | {
      readonly kind: 'not-fitted';
      readonly reason: FitRefusal;
      /** In words, with the numbers. */
      readonly because: string;
      readonly customers: number;
    };

/** What a model expects of the customers it was fitted on, and what they did, capped. */
export interface Check {
  readonly expected: number;
  readonly observed: number;
}

/** Of the values above 0; what is higher counts as that: one reseller does not make a model nonsense. */
const CAPPED_AT = 0.99;

/**
 * The sum of a value over all customers, each capped at the 99th percentile of those above 0.
 *
 * @param valueOf 0 or more
 */
export const cappedTotal = <Group extends { readonly customers: number }>(
  groups: readonly Group[],
  valueOf: (group: Group) => number,
): number => {
  const sorted = groups
    .filter((group) => valueOf(group) > 0)
    .toSorted((a, b) => valueOf(a) - valueOf(b));
  const customers = sorted.reduce((sum, each) => sum + each.customers, 0);
  let counted = 0;
  let cap = Infinity;
  let sum = 0;
  for (const group of sorted) {
    counted += group.customers;
    if (cap === Infinity && counted >= CAPPED_AT * customers) cap = valueOf(group);
    sum += group.customers * Math.min(valueOf(group), cap);
  }
  return sum;
};

/** Parameters whose check is off by more than this factor are nonsense. */
const FACTOR = 1.5;

export const describes = ({ expected, observed }: Check): boolean =>
  expected <= observed * FACTOR && observed <= expected * FACTOR;
