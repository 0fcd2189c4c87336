/** Boundaries between fifths of all customers, ascending: the 20th, 40th, 60th and 80th percentile. */
export type CutPoints = readonly [number, number, number, number];

export interface RfmCuts {
  /** Days since the last order. */
  readonly recency: CutPoints;
  /** Order days. */
  readonly frequency: CutPoints;
  /** What was spent in all, in the minor unit. */
  readonly monetary: CutPoints;
}

export interface RfmValues {
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
}

export type RfmSegment =
  | 'champions'
  | 'loyal'
  | 'potentially-loyal'
  | 'newcomers'
  | 'promising'
  | 'needing-attention'
  | 'about-to-sleep'
  | 'cannot-lose'
  | 'slipping'
  | 'hibernating';

/** Recency, frequency and monetary value from 1 to 5, five being the best (Hughes, "Strategic Database Marketing", 1994). */
export interface Rfm {
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
  /** The three as digits, 111 to 555. */
  readonly score: number;
  readonly segment: RfmSegment;
}

/**
 * Names by recency (rows, from 5 down to 1) and the mean of frequency and monetary value, rounded up
 * from the half (columns, from 1 to 5). A convention: vendors draw these lines differently.
 */
const segments: readonly (readonly RfmSegment[])[] = [
  ['newcomers', 'potentially-loyal', 'potentially-loyal', 'champions', 'champions'],
  ['promising', 'potentially-loyal', 'potentially-loyal', 'loyal', 'loyal'],
  ['about-to-sleep', 'about-to-sleep', 'needing-attention', 'loyal', 'loyal'],
  ['hibernating', 'hibernating', 'slipping', 'slipping', 'cannot-lose'],
  ['hibernating', 'hibernating', 'slipping', 'slipping', 'cannot-lose'],
];

/**
 * Scores a customer by given boundaries. Customers with the same value have the same score: where most
 * have ordered once, they all have a frequency of 1.
 *
 * @throws RangeError when boundaries do not ascend or a value is not a number
 */
export const rfmOf = (cuts: RfmCuts, values: RfmValues): Rfm => {
  const recency = 6 - fifthOf('recency', cuts, values);
  const frequency = fifthOf('frequency', cuts, values);
  const monetary = fifthOf('monetary', cuts, values);
  const segment = segments[5 - recency]?.[Math.round((frequency + monetary) / 2) - 1];
  return {
    recency,
    frequency,
    monetary,
    score: 100 * recency + 10 * frequency + monetary,
    segment: segment ?? 'hibernating',
  };
};

/** 1 for the fifth with the lowest values. */
const fifthOf = (dimension: keyof RfmCuts, cuts: RfmCuts, values: RfmValues): number => {
  const boundaries = cuts[dimension];
  const value = values[dimension];
  if (boundaries.some((cut, index) => !(cut >= (boundaries[index - 1] ?? -Infinity))))
    throw new RangeError(
      `the cut points of ${dimension} are ${boundaries.join(', ')}; wanted are four ascending numbers`,
    );
  if (Number.isNaN(value))
    throw new RangeError(`the ${dimension} of a customer is not a number; leave the customer out`);
  return 1 + boundaries.filter((cut) => cut < value).length;
};
