import {
  count,
  number,
  ofOne,
  perThousand,
  rangePerThousand,
  share,
  signedPerThousand,
  signedShare,
  verdictWords,
} from './read-out-formats.ts';
import type { Effect, OutcomeReadOut, ReadOut } from './read-out-types.ts';

/** One outcome: for a thousand customers, and below it the numbers a customer to check it by. */
export const outcomeInWords = (
  readOut: ReadOut,
  outcome: OutcomeReadOut,
  isDeciding: boolean,
): readonly string[] => {
  const { name, effect, adjusted, capped, lessIsBetter = false } = outcome;
  const notes = [
    isDeciding ? 'decides' : 'for context',
    ...(lessIsBetter ? ['less is better'] : []),
  ];
  const confidence = share(1 - readOut.alpha);
  return [
    `${name} (${notes.join(', ')}): ${verdictWords[outcome.verdict]}`,
    ...meansInWords(readOut, outcome),
    ...(effect === undefined
      ? [withoutInterval(outcome)]
      : [
          ...effectInWords('difference', outcome, effect, confidence),
          ...(adjusted === undefined
            ? []
            : effectInWords(
                `allowing for the value before (CUPED, θ ${number(adjusted.theta)}${isDeciding ? '; decides' : ''})`,
                outcome,
                adjusted,
                confidence,
              )),
          ...(capped === undefined
            ? []
            : effectInWords(cappedWords(outcome), outcome, capped, confidence)),
          ...liftInWords(outcome, confidence),
          ...detectableInWords(outcome),
        ]),
  ];
};

const meansInWords = ({ treatment, control }: ReadOut, outcome: OutcomeReadOut) => {
  const { converters, treatmentMean, controlMean, kind } = outcome;
  const unit = kind === 'proportion' ? 'customers of 1,000' : 'per 1,000 customers';
  return [
    `  ${treatment}: ${perThousand(outcome, treatmentMean)} ${unit}; ${count(converters.treatment)} converters`,
    `  ${control}: ${perThousand(outcome, controlMean)} ${unit}; ${count(converters.control)} converters`,
  ];
};

const cappedWords = (outcome: OutcomeReadOut): string =>
  outcome.cap === undefined
    ? 'with large values capped'
    : `with values above ${ofOne(outcome, outcome.cap)} counted as that`;

const withoutInterval = ({ convertersWanted, kind }: OutcomeReadOut): string => {
  if (convertersWanted === undefined)
    return '  no interval: all customers of an arm have the same value';
  return kind === 'amount'
    ? `  no interval under ${convertersWanted} converters an arm`
    : `  no interval under ${convertersWanted} customers with it and as many without, in each arm`;
};

const effectInWords = (
  what: string,
  outcome: OutcomeReadOut,
  { difference, standardError, anyTime, welch }: Effect,
  confidence: string,
): readonly string[] => [
  `  ${what}: ${signedPerThousand(outcome, difference)} per 1,000 customers, ${rangePerThousand(outcome, anyTime)} at any time (${confidence})`,
  `    a customer ${number(difference)}, standard error ${number(standardError)}; any time ${number(anyTime.lower)} to ${number(anyTime.upper)}; one look (Welch) ${number(welch.lower)} to ${number(welch.upper)}`,
];

const liftInWords = ({ lift }: OutcomeReadOut, confidence: string): readonly string[] => {
  if (lift === undefined) return [];
  if (lift.interval === undefined)
    return [
      `  in relation to control: ${signedShare(lift.value)}, without an interval: control's mean cannot be told from zero`,
    ];
  const { lower, upper } = lift.interval;
  return [
    `  in relation to control: ${signedShare(lift.value)}, from ${signedShare(lower)} to ${signedShare(upper)} at any time (${confidence})`,
  ];
};

const detectableInWords = (outcome: OutcomeReadOut): readonly string[] =>
  outcome.detectable === undefined
    ? []
    : [
        `  a test of this size sees a difference of ${perThousand(outcome, outcome.detectable)} per 1,000 customers or more (four times in five)`,
      ];
