import { minimise } from '../scores/minimise.ts';
import { logGamma } from '../statistics/log-gamma.ts';
import type { Beta } from './decision.ts';

/** Bernoulli tries of one rate. */
export interface Tries {
  readonly shown: number;
  /** Of those shown. */
  readonly accepted: number;
}

/**
 * What a prior may be. Its mean: 1 in 10,000 to 1 in 2. Its strength α + β, in showings: fewer than 5
 * would have a single success decide, and more than 2,000 would take weeks to notice an offer that is
 * not like the others.
 */
const MEAN = { from: 1e-4, to: 0.5 } as const;
const STRENGTH = { from: 5, to: 2_000 } as const;

/** The search runs over [-EDGE, EDGE] in both coordinates: ln of the odds of the mean, and ln of the strength. */
const EDGE = 5;

/**
 * The Beta distribution of rates under which these successes are most likely: the maximum of the
 * beta-binomial likelihood Π B(α + k, β + n − k) / B(α, β) (Skellam, JRSS B 10(2), 1948) inside sane
 * bounds, searched from the moments. Deterministic.
 *
 * @param tries at least one, of at least one showing
 */
export const fitBeta = (tries: readonly Tries[]): Beta => {
  const search = minimise((at) => -logLikelihood(betaAt(at), tries), startOf(tries), EDGE);
  return betaAt(search.at);
};

/** ln of the likelihood, without the binomial coefficients, which do not depend on the distribution. */
export const logLikelihood = ({ alpha, beta }: Beta, tries: readonly Tries[]): number => {
  const perRow = logGamma(alpha + beta) - logGamma(alpha) - logGamma(beta);
  return tries.reduce(
    (sum, { shown, accepted }) =>
      sum +
      logGamma(alpha + accepted) +
      logGamma(beta + shown - accepted) -
      logGamma(alpha + beta + shown) +
      perRow,
    0,
  );
};

/**
 * The mean of all showings, and the strength at which the rates' variance is what it is beyond that of
 * Bernoulli tries: the moments of Kleinman, JASA 68, 1973, each row weighted by its showings.
 */
const startOf = (tries: readonly Tries[]): readonly number[] => {
  const shown = tries.reduce((sum, each) => sum + each.shown, 0);
  const mean = within(MEAN, tries.reduce((sum, each) => sum + each.accepted, 0) / shown);
  const noise = mean * (1 - mean);
  const spread = tries.reduce(
    (sum, each) => sum + each.shown * (each.accepted / each.shown - mean) ** 2,
    0,
  );
  const squares = tries.reduce((sum, each) => sum + each.shown ** 2, 0);
  const between = (spread - noise * (tries.length - 1)) / (shown - squares / shown);
  const strength = within(STRENGTH, between > 0 ? noise / between - 1 : STRENGTH.to);
  return [coordinate(MEAN, logit, mean), coordinate(STRENGTH, Math.log, strength)];
};

const betaAt = ([first = 0, second = 0]: readonly number[]): Beta => {
  const mean = 1 / (1 + Math.exp(-valueAt(MEAN, logit, first)));
  const strength = Math.exp(valueAt(STRENGTH, Math.log, second));
  return { alpha: mean * strength, beta: (1 - mean) * strength };
};

interface Bounds {
  readonly from: number;
  readonly to: number;
}

type Scale = (value: number) => number;

const logit: Scale = (share) => Math.log(share / (1 - share));

const within = ({ from, to }: Bounds, value: number): number => Math.min(to, Math.max(from, value));

/** Where a value is between its bounds, from -EDGE to EDGE; and what is there. */
const coordinate = ({ from, to }: Bounds, scale: Scale, value: number): number =>
  EDGE * ((2 * (scale(value) - scale(from))) / (scale(to) - scale(from)) - 1);

const valueAt = ({ from, to }: Bounds, scale: Scale, at: number): number =>
  scale(from) + ((at / EDGE + 1) / 2) * (scale(to) - scale(from));
