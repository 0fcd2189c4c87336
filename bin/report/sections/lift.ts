import {
  count,
  perThousand,
  points,
  rangePerThousand,
  signedPerThousand,
  signedShare,
  verdictWords,
} from '#core/domain/experiments/read-out-formats.ts';
import { readOut } from '#core/domain/experiments/read-out.ts';
import type { OutcomeReadOut, ReadOut } from '#core/domain/experiments/read-out-types.ts';
import { readOutInWords } from '#core/domain/experiments/read-out-words.ts';
import { intervalChart } from '../charts/interval-chart.ts';
import { counted, FEWEST, NOTHING } from '../formats.ts';
import { flagIn, type Rows, textIn } from '../rows.ts';
import { type Chapter, columnsOf, type ReportContext, type Table, type Told } from '../section.ts';
import { summariesOf } from './lift-summaries.ts';

/** What an experiment is, in words, and by what it is judged. */
export interface Judged {
  readonly key: string;
  readonly title: string;
  /** A sentence: what is compared, or what was expected. */
  readonly about: string;
  /** Of experiment_lift. */
  readonly primaryMetric: string;
}

/** What one experiment caused: its arms compared as a read-out compares them. */
export const liftOf = ({ key, title, about, primaryMetric }: Judged): Chapter => ({
  id: `lift-${key}`,
  title,
  views: ['experiment_lift', 'experiment_outcomes'],
  queries: () => [
    `select * from experiment_lift where experiment = '${key}' order by metric, arm`,
    `select * from config_experiments where experiment = '${key}' order by is_control desc, arm`,
  ],
  tell: ([rows = [], planned = []], context) => {
    const told = toldLift(rows, planned, primaryMetric, context);
    const notes = [
      ...(told.notes ?? []),
      ...(context.scope.shop === undefined && context.scope.from === undefined
        ? []
        : ['An experiment is read as a whole: of all its shops and all its time.']),
    ];
    return { ...told, reading: `${told.reading} ${about}`.trim(), notes };
  },
});

const toldLift = (rows: Rows, planned: Rows, primary: string, context: ReportContext): Told => {
  const control = planned.find((plan) => flagIn(plan, 'is_control'));
  if (rows.length === 0 || control === undefined)
    return {
      reading: 'Nobody has been exposed to it yet.',
      notes: ['A customer takes part from the first touch that would differ: docs/experiments.md.'],
    };
  const { arms, outcomes } = summariesOf(rows, planned, primary, context.currency);
  if (outcomes[0]?.name !== primary)
    return {
      reading: `It is judged by ${primary}, which the views do not measure, or which an arm has none of yet.`,
      tables: [armTable(arms)],
    };
  const readOuts = arms
    .filter(({ name }) => name !== textIn(control, 'arm'))
    .map(({ name }) =>
      readOut({ arms, outcomes, control: textIn(control, 'arm'), treatment: name }),
    );
  return toldReadOuts(readOuts, primary, armTable(arms));
};

const toldReadOuts = (readOuts: readonly ReadOut[], primary: string, arms: Table): Told => {
  const [first] = readOuts;
  const readable = readOuts.filter(({ verdict }) => verdict !== 'broken-split');
  const customers = first?.arms.reduce((sum, arm) => sum + arm.customers, 0) ?? 0;
  return {
    reading: readOuts
      .map(
        (one) =>
          `By ${primary}, ${one.treatment} against ${one.control}: ${verdictWords[one.verdict]}.`,
      )
      .join(' '),
    figure: {
      label: `Lift: ${first?.treatment ?? NOTHING}`,
      value: first === undefined ? NOTHING : verdictWords[first.verdict],
      note: `against ${first?.control ?? NOTHING} by ${primary}, ${counted(customers, 'customer')}`,
    },
    charts: readable.flatMap(liftCharts),
    tables: [arms, ...readable.map(outcomeTable)],
    notes: readOuts.flatMap(readOutInWords).filter(isAdvice),
    texts: readOuts.map((one) => ({
      title: `The read-out in full: ${one.treatment} against ${one.control}`,
      lines: readOutInWords(one),
    })),
  };
};

const isAdvice = (line: string): boolean =>
  line.startsWith('What to do:') || line.startsWith('But first:');

const armTable = (
  arms: readonly {
    readonly name: string;
    readonly customers: number;
    readonly plannedShare: number;
  }[],
): Table => {
  const all = arms.reduce((sum, { customers }) => sum + customers, 0);
  return {
    caption: 'Customers by arm',
    columns: columnsOf('Arm', 'Customers', 'Share', 'Planned'),
    rows: arms.map(({ name, customers, plannedShare }) => [
      name,
      count(customers),
      all < FEWEST ? NOTHING : signless(customers / all),
      signless(plannedShare),
    ]),
  };
};

const signless = (share: number): string => signedShare(share).replace('+', '');

/** Beyond these a relative lift says no more than that nothing is known. */
const FARTHEST = 2;

/** The relative lifts of all outcomes that have an interval, on one axis. */
const liftCharts = ({ treatment, control, outcomes }: ReadOut) => {
  const rows = outcomes.flatMap(({ name, lift }) =>
    lift?.interval === undefined
      ? []
      : [{ label: name, value: lift.value, ...lift.interval, text: signedShare(lift.value) }],
  );
  return rows.length === 0
    ? []
    : [
        intervalChart({
          title: `${treatment} in relation to ${control}, with intervals that hold at any time (95%)`,
          description: rows
            .map(
              ({ label, text, lower, upper }) =>
                `${label} ${text}, from ${signedShare(lower)} to ${signedShare(upper)}`,
            )
            .join('; '),
          rows,
          write: signedShare,
          within: [-1, FARTHEST],
        }),
      ];
};

const outcomeTable = (of: ReadOut): Table => {
  const { treatment, control, outcomes, nps } = of;
  return {
    caption: `Outcomes per 1,000 customers, ${treatment} against ${control} (n who have it); the first decides`,
    columns: columnsOf('Outcome', treatment, control, 'Difference', 'At any time (95%)', 'Says*'),
    rows: [
      ...outcomes.map(outcomeRow),
      ...(nps === undefined || Math.min(nps.treatment.answers, nps.control.answers) < FEWEST
        ? []
        : [
            [
              'nps (of who answered)',
              `${points(nps.treatment.value)} (n ${count(nps.treatment.answers)})`,
              `${points(nps.control.value)} (n ${count(nps.control.answers)})`,
              points(nps.difference.value),
              `from ${points(nps.difference.interval.lower)} to ${points(nps.difference.interval.upper)}, one look`,
              'for context',
            ],
          ]),
    ],
  };
};

const outcomeRow = (outcome: OutcomeReadOut): readonly string[] => {
  const { name, treatmentMean, controlMean, converters, verdict } = outcome;
  const deciding = outcome.adjusted ?? outcome.effect;
  return [
    outcome.lessIsBetter === true ? `${name} (less is better)` : name,
    `${perThousand(outcome, treatmentMean)} (n ${count(converters.treatment)})`,
    `${perThousand(outcome, controlMean)} (n ${count(converters.control)})`,
    deciding === undefined ? NOTHING : signedPerThousand(outcome, deciding.difference),
    deciding === undefined ? NOTHING : rangePerThousand(outcome, deciding.anyTime),
    verdictWords[verdict],
  ];
};
