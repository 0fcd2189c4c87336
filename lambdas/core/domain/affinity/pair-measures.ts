import type { PairTable } from './log-likelihood-ratio.ts';

/** How often two products come together. */
export interface PairCounts {
  readonly together: number;
  /** Orders that have the first. */
  readonly first: number;
  /** Orders that have the second. */
  readonly second: number;
  readonly all: number;
}

/** To be shown beside a score, never to be ranked by: most of them prefer what is rare. */
export interface PairMeasures {
  /** Of the orders with the first, those that have the second too. */
  readonly confidence: number;
  /** How many times as often as if they had nothing to do with each other. */
  readonly lift: number;
  readonly cosine: number;
  readonly jaccard: number;
}

/** As in arules' `interestMeasure`. @throws {RangeError} for counts that cannot be */
export const pairMeasures = (counts: PairCounts): PairMeasures => {
  assertPossible(counts);
  const { together, first, second, all } = counts;
  return {
    confidence: together / first,
    lift: (together * all) / (first * second),
    cosine: together / Math.sqrt(first * second),
    jaccard: together / (first + second - together),
  };
};

/** The counts as a table of two by two. @throws {RangeError} for counts that cannot be */
export const pairTable = (counts: PairCounts): PairTable => {
  assertPossible(counts);
  const { together, first, second, all } = counts;
  return {
    both: together,
    onlyFirst: first - together,
    onlySecond: second - together,
    neither: all - first - second + together,
  };
};

/** Whether orders can be counted so. */
export const isPossible = ({ together, first, second, all }: PairCounts): boolean =>
  together >= 0 &&
  Math.min(first, second) >= Math.max(1, together) &&
  first + second - together <= all;

const assertPossible = (counts: PairCounts): void => {
  const { together, first, second, all } = counts;
  if (!isPossible(counts))
    throw new RangeError(
      `got ${together} orders with both, ${first} and ${second} with each, of ${all}; expected no more with both than with each, and no more with either than there are`,
    );
};
