import type { Evaluation } from './evaluation.ts';
import { count, shareInWords, significant } from './formats.ts';

/** Under this many rows' worth of a policy's own, the normal interval is too narrow too often. */
const LEAST_EFFECTIVE_ROWS = 100;

/** Fewer rewards than this make the whole estimate, and one more or less would move it. */
const LEAST_REWARDED = 10;

/** Of what a policy shows, the share that has to have had a chance in the log. */
const LEAST_COVERAGE = 0.95;

/** Propensities that are true give weights with the mean 1, give or take this and chance. */
const MOST_COVERAGE = 1.05;

/** Of the log, the share that may be left out before what is left is another log. */
const MOST_LEFT_OUT = 0.2;

/** Why not to believe an evaluation, in words; nothing where nothing speaks against it. */
export const doubtsOf = (evaluation: Evaluation): readonly string[] => {
  const { weights, estimates } = evaluation;
  if (estimates === undefined || weights.effectiveSampleSize === 0)
    return [
      'the log says nothing about this policy: no row shows what it would show',
      ...leftOut(evaluation),
    ];
  return [...tooLittle(evaluation), ...coverage(estimates.coverage), ...leftOut(evaluation)];
};

const tooLittle = ({ weights, rewarded }: Evaluation): readonly string[] => {
  const { rows, effectiveSampleSize, support, largestWeight } = weights;
  if (effectiveSampleSize < LEAST_EFFECTIVE_ROWS)
    return [
      `the log says little about this policy: its ${count(rows)} rows say as much as ${count(effectiveSampleSize)} of the policy's own would, at least ${LEAST_EFFECTIVE_ROWS} are wanted; ${shareInWords(support)} of them show what it might, the heaviest counts ${significant(largestWeight)} times`,
    ];
  if (rewarded < LEAST_REWARDED)
    return [
      `the log says little about this policy: rows with a reward that count for it: ${count(rewarded)}, at least ${LEAST_REWARDED} are wanted`,
    ];
  return [];
};

const coverage = ({
  value,
  interval: { lower, upper },
}: NonNullable<Evaluation['estimates']>['coverage']): readonly string[] => {
  if (upper < LEAST_COVERAGE)
    return [
      `about ${shareInWords(1 - value)} of what this policy shows had no chance to be shown, so the log says nothing about it: IPS takes it to earn nothing, SNIPS as much as the rest, DR what the model says`,
    ];
  if (lower > MOST_COVERAGE)
    return [
      `propensities are not what was shown by: the mean weight is ${significant(value)}, expected 1. Is the column the probability of what was shown, in its slot?`,
    ];
  return [];
};

const leftOut = ({ leftOut: rows, showsNothing, weights }: Evaluation): readonly string[] => {
  const all = rows + weights.rows;
  return [
    ...(rows > MOST_LEFT_OUT * all
      ? [
          `it is evaluated on a part of the log: of ${shareInWords(rows / all)} of the rows not all candidates are known, as the log never shows some`,
        ]
      : []),
    ...(showsNothing === 0
      ? []
      : [
          `it has nothing to show in ${shareInWords(showsNothing / weights.rows)} of the rows, which earn nothing: it names none of their candidates, or there are fewer than slots`,
        ]),
  ];
};
