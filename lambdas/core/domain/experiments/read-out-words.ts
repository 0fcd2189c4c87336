import { BROKEN_BELOW } from '../statistics/sample-ratio-mismatch.ts';
import {
  count,
  points,
  probability,
  rangePerThousand,
  share,
  verdictWords,
} from './read-out-formats.ts';
import { outcomeInWords } from './read-out-outcome-words.ts';
import type { Caution, NpsReadOut, OutcomeReadOut, ReadOut, Verdict } from './read-out-types.ts';

/**
 * The read-out as lines of plain English, to act on and to check: verdict and what to do, the split,
 * then each outcome. When the split is broken nothing follows it.
 */
export const readOutInWords = (readOut: ReadOut): readonly string[] => {
  const { treatment, control, verdict, outcomes, looks } = readOut;
  const head = [
    `${treatment} against ${control}: ${verdictWords[verdict]}`,
    '',
    ...splitInWords(readOut),
  ];
  if (verdict === 'broken-split') return [...head, ...whatToDo(readOut)];
  return [
    ...head,
    ...exposureInWords(readOut),
    ...(looks === undefined
      ? []
      : [`Looked at ${count(looks)} times so far; the any-time intervals allow for that.`]),
    ...outcomes.flatMap((outcome, at) => ['', ...outcomeInWords(readOut, outcome, at === 0)]),
    ...npsInWords(readOut.nps),
    '',
    ...whatToDo(readOut),
  ];
};

/** Customers an arm, and whether they are as many as planned. */
export const splitInWords = ({
  arms,
  split,
}: Pick<ReadOut, 'arms' | 'split'>): readonly string[] => {
  const total = arms.reduce((sum, { customers }) => sum + customers, 0);
  const each = arms.map(
    ({ name, customers, plannedShare }) =>
      `  ${name}: ${count(customers)} customers${total === 0 ? '' : `, ${share(customers / total)}`} (planned ${share(plannedShare)})`,
  );
  const test = `χ² ${split.statistic.toFixed(3)}, ${split.df} degrees of freedom, p ${probability(split.p)}`;
  return [
    split.isBroken
      ? `Split: broken. Arms planned like this come out so uneven with p below ${BROKEN_BELOW} (${test}).`
      : `Split: as planned (${test}).`,
    ...each,
  ];
};

const exposureInWords = ({ arms, treatment, control }: ReadOut): readonly string[] => {
  const due = [treatment, control].flatMap((name) =>
    arms.flatMap((arm) =>
      arm.name === name && arm.exposed !== undefined && arm.customers > 0
        ? [`${share(arm.exposed / arm.customers)} in ${name}`]
        : [],
    ),
  );
  return due.length < 2
    ? []
    : [`Due a touch: ${due.join(', ')}. The numbers below are over all customers, due or not.`];
};

const npsInWords = (nps: NpsReadOut | undefined): readonly string[] => {
  if (nps === undefined) return [];
  const { treatment, control, difference } = nps;
  const { lower, upper } = difference.interval;
  return [
    '',
    `Net promoter score: ${points(treatment.value)} of ${count(treatment.answers)} answers against ${points(control.value)} of ${count(control.answers)}`,
    `  difference ${points(difference.value)}, from ${points(lower)} to ${points(upper)} for one look; only who answered counts`,
  ];
};

const whatToDo = (readOut: ReadOut): readonly string[] => [
  `What to do: ${advice(readOut)}`,
  ...readOut.cautions
    .filter(() => readOut.verdict !== 'broken-split')
    .map((caution) => `But first: ${cautionWords[caution]}`),
];

const advice = (readOut: ReadOut): string => {
  const [outcome] = readOut.outcomes;
  const { verdict } = readOut;
  if (verdict === 'broken-split')
    return 'find what assigns, logs or loses customers unevenly (a filter after the draw, a retry, bots, a redirect), mend it and start again under a new key. No number of this test can be trusted, in either direction.';
  return outcome === undefined ? '' : adviceOn(verdict, readOut, outcome);
};

const adviceOn = (
  verdict: Exclude<Verdict, 'broken-split'>,
  { treatment, control }: ReadOut,
  outcome: OutcomeReadOut,
): string => {
  const deciding = outcome.adjusted ?? outcome.effect;
  const range = deciding === undefined ? '' : rangePerThousand(outcome, deciding.anyTime);
  switch (verdict) {
    case 'too-early':
      return waiting(outcome);
    case 'no-difference-seen':
      return `the difference in ${outcome.name} may be anything ${range} per 1,000 customers. If no value in there would change what you do, stop and keep the simpler of the two. Otherwise run on: four times as many customers halve that range.`;
    case 'better':
      return `give ${treatment} to everyone but the holdout; expect ${range} in ${outcome.name} per 1,000 customers. The estimate itself flatters when a test stops at its first success: plan with the lower end.`;
    case 'worse':
      return `stop ${treatment} and keep ${control}; it costs ${range} in ${outcome.name} per 1,000 customers.`;
  }
};

const waiting = (outcome: OutcomeReadOut): string => {
  const { convertersWanted, converters, kind, name } = outcome;
  if (convertersWanted === undefined)
    return `nothing yet: all customers of an arm have the same ${name}, so there is no spread to judge a difference by. Is it the right column?`;
  const fewest = Math.min(converters.treatment, converters.control);
  const times =
    kind === 'amount' && fewest > 0
      ? `, about ${(convertersWanted / fewest).toFixed(1)} times the customers of now`
      : '';
  const rare = kind === 'amount' ? `with ${name}` : `with and ${convertersWanted} without ${name}`;
  return `wait until each arm has ${convertersWanted} customers ${rare}${times}. Before that a single large value can look like an effect.`;
};

const cautionWords: Readonly<Record<Caution, string>> = {
  'exposure-differs':
    'treatment and control differ in how many were due a touch, more than chance explains. Who is due must not depend on the arm; look into that before anything else.',
  'few-large-values':
    'with large values capped it does not show what it shows uncapped: a few large values make the difference. Better or worse needs both; look at those values and wait for more customers.',
  'one-look-only':
    'the interval for one look leaves zero, the any-time interval does not. If the size of this test was fixed beforehand and this is the only look, the first holds; otherwise wait.',
  'nps-fell':
    'the net promoter score is clearly lower. What is sold today may be paid for in goodwill; read the comments.',
};
