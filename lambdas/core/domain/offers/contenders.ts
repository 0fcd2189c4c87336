import type { Candidate, OfferContext, OfferCount } from './decision.ts';
import { contextOf, countOf, priorOf, updated } from './posterior.ts';
import type { SessionFacts } from './session-facts.ts';

/**
 * Candidates as columns, which is what thousands of draws are made from. All are of one length; who is in
 * the same group has the same number, and -1 is in none.
 */
export interface Contenders {
  readonly candidates: readonly Candidate[];
  readonly contexts: readonly OfferContext[];
  readonly counts: readonly OfferCount[];
  /** Of the posterior. */
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
  readonly valueMinor: Float64Array;
  readonly type: Int32Array;
  readonly partner: Int32Array;
  readonly category: Int32Array;
  /** Of products that several of them are of. */
  readonly product: Int32Array;
}

/** What of a session's facts rates depend on. */
export interface ContenderFacts extends Pick<SessionFacts, 'posterior'> {
  readonly customer: Pick<SessionFacts['customer'], 'isReturning'>;
}

export const contendersOf = (
  candidates: readonly Candidate[],
  { customer, posterior }: ContenderFacts,
): Contenders => {
  const contexts = candidates.map((each) => contextOf(each, customer.isReturning));
  const counts: OfferCount[] = [];
  const alphas = new Float64Array(candidates.length);
  const betas = new Float64Array(candidates.length);
  for (const [at, { offer }] of candidates.entries()) {
    const context = contexts[at] ?? 'new/none';
    const count = countOf(posterior, offer.offerId, context);
    const { alpha, beta } = updated(priorOf(posterior.priors, offer.type, context), count);
    counts.push(count);
    alphas[at] = alpha;
    betas[at] = beta;
  }
  const groups = (of: (candidate: Candidate) => string | undefined): Int32Array => {
    const numbers = new Map<string, number>();
    const column = new Int32Array(candidates.length);
    for (const [at, candidate] of candidates.entries())
      column[at] = numberOf(numbers, of(candidate));
    return column;
  };
  return {
    candidates,
    contexts,
    counts,
    alpha: alphas,
    beta: betas,
    valueMinor: new Float64Array(candidates.map(({ valueMinor }) => valueMinor)),
    type: groups(({ offer }) => offer.type),
    partner: groups(({ offer }) => offer.partner),
    category: groups(({ product }) => product?.category),
    product: shared(groups(({ product }) => product?.sku)),
  };
};

const numberOf = (numbers: Map<string, number>, name: string | undefined): number => {
  if (name === undefined) return -1;
  const number = numbers.get(name) ?? numbers.size;
  numbers.set(name, number);
  return number;
};

/** The groups that have more than one in them. */
const shared = (groups: Int32Array): Int32Array => {
  const sizes = new Uint32Array(groups.length);
  for (const group of groups) if (group >= 0) sizes[group] = (sizes[group] ?? 0) + 1;
  return groups.map((group) => ((sizes[group] ?? 0) > 1 ? group : -1));
};
