import type { OffPolicyEstimate } from '#core/domain/statistics/off-policy.ts';
import { doubtsOf } from './doubts.ts';
import type { Evaluation } from './evaluation.ts';
import { count, shareInWords, significant } from './formats.ts';
import type { Log } from './logged-row.ts';

export interface Findings {
  readonly log: Log;
  readonly logged: OffPolicyEstimate;
  readonly evaluations: readonly Evaluation[];
  /** Of the intervals: .95 */
  readonly confidence: number;
}

/** What was found, as lines to read: the log, a table of the estimates, what they rest on and what speaks against them. */
export const findingsInWords = (findings: Findings): readonly string[] => {
  const { log, logged, evaluations } = findings;
  const unit = logged.clusters === log.rows.length ? '' : ` of ${count(logged.clusters)} clusters`;
  return [
    `${log.from}: ${count(log.rows.length)} rows${unit}`,
    ...log.notes.map((note) => `  ${note}`),
    '',
    ...aligned([
      ['policy', 'by', 'reward a row', shareInWords(findings.confidence), 'standard error'],
      ['logged', 'its mean', ...cellsOf(logged)],
      ...evaluations.flatMap(linesOf),
    ]),
    ...evaluations.flatMap((evaluation) => ['', ...restsOn(evaluation)]),
  ];
};

const linesOf = ({ policy, estimates }: Evaluation): readonly (readonly string[])[] =>
  estimates === undefined
    ? [[policy, 'nothing', '–', '–', '–']]
    : [
        [policy, 'IPS', ...cellsOf(estimates.ips)],
        [
          '',
          'SNIPS',
          ...(estimates.snips === undefined ? ['–', '–', '–'] : cellsOf(estimates.snips)),
        ],
        ['', 'DR', ...cellsOf(estimates.dr)],
      ];

const cellsOf = ({ value, interval, standardError }: OffPolicyEstimate): readonly string[] => [
  significant(value),
  `${significant(interval.lower)} to ${significant(interval.upper)}`,
  significant(standardError),
];

const aligned = (lines: readonly (readonly string[])[]): readonly string[] => {
  const widths = (lines[0] ?? []).map((_, at) =>
    Math.max(...lines.map((cells) => cells[at]?.length ?? 0)),
  );
  return lines.map((cells) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

const restsOn = (evaluation: Evaluation): readonly string[] => {
  const { policy, weights, leftOut } = evaluation;
  const { rows, effectiveSampleSize, largestWeight, meanWeight, support, cut } = weights;
  return [
    `${policy}: ${count(rows)} rows say as much as ${count(effectiveSampleSize)} of its own (effective sample size); support ${shareInWords(support)}, largest weight ${significant(largestWeight)}, mean weight ${significant(meanWeight)}${cut === 0 ? '' : `, ${count(cut)} weights cut`}${leftOut === 0 ? '' : `, ${count(leftOut)} rows left out`}`,
    ...doubtsOf(evaluation).map((doubt) => `  Warning: ${doubt}.`),
  ];
};
