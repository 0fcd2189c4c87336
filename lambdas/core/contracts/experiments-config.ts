import * as z from 'zod';
import {
  CONTROL,
  type Experiments,
  HOLDOUT,
  treatablePurposes,
  type TouchExperiment,
} from '../domain/experiments/experiment.ts';
import { allChannels } from '../domain/touches/touch.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'lower-case letters, digits and dashes');
const day = z.iso.date('a day such as 2026-04-01');
const share = z.number().min(0, 'a share from 0 to 1').max(1, 'a share from 0 to 1');
const touchName = z.string().min(1);

const holdout = z.strictObject({
  /** Of customers. Half of them at most: what is withheld from more is no product any more. */
  share: z.number().min(0, 'a share from 0 to 0.5').max(0.5, 'a share from 0 to 0.5'),
  treats: z.array(z.enum(treatablePurposes)).default(['marketing']),
  also: z.array(touchName).default([]),
  except: z.array(touchName).default([]),
});

const incentive = z.strictObject({
  code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,29}$/, 'a code such as WELCOME-BACK'),
  /** A sentence by language. */
  text: z.record(z.string().regex(/^[a-z]{2,3}$/, 'a language such as de'), z.string().min(1)),
});

/** What an experiment is judged by; the first three have to be outcomes of a customer, not of a message. */
export const experimentMetrics = [
  'revenue',
  'repeat-order',
  'return-rate',
  'nps',
  'csat',
  'review',
  'click',
  'unsubscribe',
  'complaint',
] as const;

const common = {
  key: name,
  /** What is expected, for whom and why: in words, before the first customer is in it. */
  hypothesis: z.string().min(20, 'a sentence: what is expected, and why'),
  owner: z.string().min(1),
  shops: z.array(z.string().min(1)).min(1).optional(),
  from: day,
  /** The first day on which it runs no more. */
  until: day,
  primaryMetric: z.enum(experimentMetrics),
  guardrails: z.array(z.enum(experimentMetrics)).default([]),
  /** Whether it tries out what is there to earn: of these one a quarter, with NPS beside revenue. */
  revenueElement: z.boolean().default(false),
};

/** Exactly the fields of its kind, all of them absent from the control. */
const arm = {
  timing: z.strictObject({
    share,
    delayHours: z.int().positive().optional(),
    atHour: z.int().min(0).max(23).optional(),
  }),
  content: z.strictObject({ share, variant: name.optional() }),
  channel: z.strictObject({ share, first: z.enum(allChannels).optional() }),
  incentive: z.strictObject({ share, incentive: incentive.optional() }),
  offer: z.strictObject({ share, variant: name.optional() }),
} as const;

const ofKind = <Kind extends Exclude<keyof typeof arm, 'offer'>>(kind: Kind) =>
  z.strictObject({
    ...common,
    kind: z.literal(kind),
    touches: z.array(touchName).min(1),
    arms: z.record(name, arm[kind]),
  });

const ofOffers = z.strictObject({
  ...common,
  kind: z.literal('offer'),
  offers: z.array(z.string().min(1)).min(1),
  /** None: what it tries out is on the page. */
  touches: z.array(touchName).max(0).default([]),
  arms: z.record(name, arm.offer),
});

const experiment = z.discriminatedUnion('kind', [
  ofKind('timing'),
  ofKind('content'),
  ofKind('channel'),
  ofKind('incentive'),
  ofOffers,
]);

type ExperimentConfig = z.output<typeof experiment>;

const section = z.strictObject({
  /** Absent: everybody is treated, and what the programme brings cannot be told. */
  holdout: holdout.optional(),
  experiments: z.array(experiment).default([]),
}) satisfies z.ZodType<Experiments>;

type Note = (path: PropertyKey[], expected: string) => void;

/** What a deployment tries out: its form, and that what is learnt from one experiment is not another's doing. */
export const experimentsConfig = section.superRefine(({ experiments }, context) => {
  const note: Note = (path, message) => context.addIssue({ code: 'custom', path, message });
  for (const [index, each] of experiments.entries()) {
    const at: Note = (path, expected) => note(['experiments', index, ...path], expected);
    noteKey(each, experiments.slice(0, index), at);
    notePeriod(each, at);
    noteArms(each, at);
    noteGuardrail(each, at);
    for (const other of experiments.slice(0, index)) noteClash(each, other, at);
  }
});

const noteKey = (
  { key }: ExperimentConfig,
  before: readonly ExperimentConfig[],
  note: Note,
): void => {
  if (key === HOLDOUT.key) note(['key'], 'another name: this is the holdout’s');
  if (before.some((each) => each.key === key)) note(['key'], 'a name of its own');
};

const notePeriod = ({ from, until }: ExperimentConfig, note: Note): void => {
  if (until <= from) note(['until'], `a day after ${from}`);
};

const noteArms = ({ arms, kind }: ExperimentConfig, note: Note): void => {
  const named = Object.entries(arms);
  const total = named.reduce((sum, [, planned]) => sum + planned.share, 0);
  // Shares count in steps of a ten-thousandth.
  if (Math.round(total * 10_000) > 10_000)
    note(['arms'], `shares that sum to 1 at most, not ${Number(total.toFixed(4))}`);
  if (total === 0) note(['arms'], 'shares that are not all 0');
  if (!(CONTROL in arms) || named.length < 2)
    note(['arms'], `an arm "${CONTROL}" and another one at least`);
  for (const [arm, { share: _, ...does }] of named) {
    const count = Object.values(does).filter((value) => value !== undefined).length;
    if (arm === CONTROL && count > 0) note(['arms', arm], 'its share alone: it is as without');
    if (arm !== CONTROL && count !== 1) note(['arms', arm], `${payloads[kind]}, beside its share`);
  }
};

const payloads: Readonly<Record<ExperimentConfig['kind'], string>> = {
  timing: 'either delayHours or atHour',
  content: 'a variant',
  channel: 'the channel to try first',
  incentive: 'an incentive',
  offer: 'a variant of the offers',
};

const noteGuardrail = (
  { revenueElement, primaryMetric, guardrails }: ExperimentConfig,
  note: Note,
): void => {
  if (revenueElement && primaryMetric !== 'nps' && !guardrails.includes('nps'))
    note(['guardrails'], 'nps among them: what earns must not cost goodwill unseen');
  if (guardrails.includes(primaryMetric)) note(['guardrails'], 'others than the primary metric');
};

const noteClash = (each: ExperimentConfig, other: ExperimentConfig, note: Note): void => {
  if (!sharesShop(each, other)) return;
  const touched: readonly string[] = other.touches;
  const touch = each.touches.find((name) => touched.includes(name));
  if (touch !== undefined && each.kind === other.kind && overlaps(each, other))
    note(
      ['touches'],
      `touches that no other experiment on ${each.kind} has at that time: ${other.key} has ${touch}`,
    );
  const offer = offersOf(each).find((id) => offersOf(other).includes(id));
  if (offer !== undefined && overlaps(each, other))
    note(['offers'], `offers that no other experiment has at that time: ${other.key} has ${offer}`);
  const quarter = quartersOf(each).find((name) => quartersOf(other).includes(name));
  if (each.revenueElement && other.revenueElement && quarter !== undefined)
    note(
      ['revenueElement'],
      `one test of a revenue element a quarter: ${each.key} and ${other.key} both run in ${quarter}`,
    );
};

const offersOf = (each: ExperimentConfig): readonly string[] =>
  each.kind === 'offer' ? each.offers : [];

type Running = Pick<TouchExperiment, 'from' | 'until' | 'shops'>;

const sharesShop = ({ shops: a }: Running, { shops: b }: Running): boolean =>
  a === undefined || b === undefined || a.some((shop) => b.includes(shop));

const overlaps = (a: Running, b: Running): boolean => a.from < b.until && b.from < a.until;

const MONTHS_PER_QUARTER = 3;
const QUARTERS_PER_YEAR = 4;

/** Calendar quarters that it runs in: `2026-Q2`. */
const quartersOf = ({ from, until }: Running): readonly string[] => {
  const last = new Date(Date.parse(until) - 1).toISOString();
  const [start, end] = [quarterOf(from), quarterOf(last)];
  return Array.from({ length: Math.max(0, end - start + 1) }, (_, index) => {
    const quarter = start + index;
    const year = Math.floor(quarter / QUARTERS_PER_YEAR);
    return `${year}-Q${(quarter % QUARTERS_PER_YEAR) + 1}`;
  });
};

/** Counted since the year 0. */
const quarterOf = (at: string): number => {
  const month = Number(at.slice(5, 7)) - 1;
  return Number(at.slice(0, 4)) * QUARTERS_PER_YEAR + Math.floor(month / MONTHS_PER_QUARTER);
};

interface Shop {
  readonly locales: readonly string[];
}

/** Shops that experiments name and that there are not, and languages of theirs in which an incentive is not told. */
export const shopProblems = (
  { experiments }: z.output<typeof section>,
  shops: Readonly<Record<string, Shop>>,
): readonly { readonly path: PropertyKey[]; readonly message: string }[] =>
  experiments.flatMap((each, index) => {
    const { shops: named = Object.keys(shops) } = each;
    const stray = named.filter((shop) => !(shop in shops));
    const languages = named.flatMap((shop) => shops[shop]?.locales.map(languageOf) ?? []);
    return [
      ...stray.map((shop) => ({
        path: ['experiments', index, 'shops'],
        message: `some of the shops ${Object.keys(shops).join(', ')}, not ${shop}`,
      })),
      ...untold(each, languages).map(([arm, language]) => ({
        path: ['experiments', index, 'arms', arm, 'incentive', 'text'],
        message: `a text in "${language}" too, which the shops write in`,
      })),
    ];
  });

const untold = (
  { arms }: ExperimentConfig,
  languages: readonly string[],
): readonly (readonly [string, string])[] =>
  Object.entries(arms).flatMap(([arm, planned]) => {
    const text = 'incentive' in planned ? planned.incentive?.text : undefined;
    return text === undefined
      ? []
      : [...new Set(languages)]
          .filter((each) => !(each in text))
          .map((each) => [arm, each] as const);
  });

const languageOf = (locale: string): string => new Intl.Locale(locale).language;

/** Types an experiments file; it is checked with the rest of the configuration. */
export const defineExperiments = (
  value: z.input<typeof experimentsConfig>,
): z.input<typeof experimentsConfig> => value;
