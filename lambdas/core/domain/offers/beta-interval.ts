import { incompleteBeta } from '../statistics/incomplete-beta.ts';
import type { Beta } from './decision.ts';

/** Halvings of [0, 1] after which a double cannot be told from its neighbour. */
const HALVINGS = 60;

/** The value below which a draw of the distribution lies with probability `share`, by bisection. */
export const betaQuantile = ({ alpha, beta }: Beta, share: number): number => {
  let [from, to] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (from + to) / 2;
    if (incompleteBeta(alpha, beta, middle) < share) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
};

/** The central interval that holds a rate with a probability of 95 %. */
export const credibleInterval = (
  beta: Beta,
): { readonly lower: number; readonly upper: number } => ({
  lower: betaQuantile(beta, 0.025),
  upper: betaQuantile(beta, 0.975),
});
