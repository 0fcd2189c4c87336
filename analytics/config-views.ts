import type { MetricsConfig } from '#core/contracts/metrics-config.ts';
import { exponentOf } from '#core/domain/money/exponent.ts';
import type { ViewColumn, ViewType } from './view-doc.ts';
import type { View } from './views.ts';

/** What the views need to know of a shop. */
export interface MetricsShop {
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA. */
  readonly timeZone: string;
  readonly country?: string | undefined;
  /** Of these the longest `returnableDays` is the shop's return window. */
  readonly categories?: Readonly<Record<string, Returnable>> | undefined;
  readonly products?: Readonly<Record<string, Returnable>> | undefined;
}

interface Returnable {
  readonly returnableDays?: number | undefined;
}

export interface PlannedArmOf {
  readonly experiment: string;
  readonly arm: string;
  /** Of customers; an experiment's shares need not sum to 1. */
  readonly share: number;
  readonly isControl: boolean;
}

export interface MetricsInput {
  /** By their keys. */
  readonly shops: Readonly<Record<string, MetricsShop>>;
  readonly metrics: MetricsConfig;
  /** ISO 4217: the currency that the ledger reports in. */
  readonly reportingCurrency: string;
  /** Arms of all experiments, the holdout's too. @default none */
  readonly arms?: readonly PlannedArmOf[] | undefined;
}

type Cell = string | number | boolean | undefined;

interface ConfigTable {
  readonly name: string;
  readonly doc: View['doc'];
  readonly columns: readonly ViewColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Where a shop states no `returnableDays`: thirty days is what most promise. */
const RETURN_DAYS = 30;

/** What the configuration says, as views that the others read; a change of it takes effect with the next deployment. */
export const configViews = (input: MetricsInput): readonly View[] =>
  [
    configShops(input),
    configWindows(input),
    configReading(input),
    configTargets(input),
    configPrices(input),
    configWismoTopics(input),
    configExperiments(input),
  ].map(viewOf);

const column = (name: string, type: ViewType, doc: string): ViewColumn => ({ name, type, doc });

const configShops = ({ shops, reportingCurrency }: MetricsInput): ConfigTable => ({
  name: 'config_shops',
  doc: docOf('Configured shops', 'The shops of the configuration.', 'a shop'),
  columns: [
    column('shop', 'string', 'Key of the shop'),
    column('name', 'string', 'What customers know it by'),
    column('currency', 'string', 'ISO 4217'),
    column('exponent', 'int', 'Digits that the minor unit lies behind the unit'),
    column('time_zone', 'string', 'IANA: its days are those of this zone'),
    column('country', 'string', 'ISO 3166-1, the home market'),
    column('reporting_currency', 'string', 'ISO 4217, of the ledger'),
    column('reporting_exponent', 'int', 'As exponent, of the reporting currency'),
  ],
  rows: Object.entries(shops).map(([shop, { name, currency, timeZone, country }]) => [
    shop,
    name,
    currency,
    exponentOf(currency),
    timeZone,
    country,
    reportingCurrency,
    exponentOf(reportingCurrency),
  ]),
});

const configWindows = ({ shops, metrics }: MetricsInput): ConfigTable => ({
  name: 'config_windows',
  doc: docOf('Configured windows', 'Spans of days that the configuration sets.', 'a shop'),
  columns: [
    column('shop', 'string', 'Key of the shop'),
    column('return_days', 'int', 'The longest return window of its products, from delivery'),
    column('pre_period_days', 'int', 'Before a first exposure, what an experiment compares with'),
  ],
  rows: Object.entries(shops).map(([shop, stated]) => [
    shop,
    returnDaysOf(stated),
    metrics.prePeriodDays,
  ]),
});

const returnDaysOf = ({ categories = {}, products = {} }: MetricsShop): number => {
  const stated = [...Object.values(categories), ...Object.values(products)].flatMap(
    ({ returnableDays }) => returnableDays ?? [],
  );
  return stated.length === 0 ? RETURN_DAYS : Math.max(...stated);
};

const configReading = ({ metrics, reportingCurrency }: MetricsInput): ConfigTable => ({
  name: 'config_reading',
  doc: docOf('Configured reading', 'What holds for all shops.', 'one row'),
  columns: [
    column('reporting_currency', 'string', 'ISO 4217, of the ledger'),
    column('reporting_exponent', 'int', 'Digits that its minor unit lies behind the unit'),
    column('infrastructure_micro', 'bigint', 'Of an order, millionths of the reporting currency'),
    column('cap_share', 'double', 'Of amounts other than zero, the share that is not capped'),
  ],
  rows: [
    [
      reportingCurrency,
      exponentOf(reportingCurrency),
      metrics.infrastructureMicro,
      metrics.capShare,
    ],
  ],
});

const configTargets = ({ metrics }: MetricsInput): ConfigTable => ({
  name: 'config_targets',
  doc: docOf('Configured targets', 'Targets for post-purchase revenue.', 'a target'),
  columns: [
    column('quarter', 'string', '2026-Q1'),
    column('starts_on', 'date', 'First day of the quarter'),
    column('ends_on', 'date', 'Last day of the quarter'),
    column('shop', 'string', 'Key of the shop; absent: all'),
    column('class', 'string', 'Of the revenue that counts; absent: all'),
    column('touch', 'string', 'Of the revenue that counts; absent: all'),
    column('category', 'string', 'Of the revenue that counts; absent: all'),
    column('target_minor', 'bigint', 'Minor units of the reporting currency'),
    column('budget_minor', 'bigint', 'What may be spent on it, minor units'),
    column('owner', 'string', 'Who answers for it'),
  ],
  rows: metrics.targets.map((target) => [
    target.quarter,
    ...daysOf(target.quarter),
    target.shop,
    target.class,
    target.touch,
    target.category,
    target.targetMinor,
    target.budgetMinor,
    target.owner,
  ]),
});

const MONTHS_PER_QUARTER = 3;

/** First and last day of a quarter such as `2026-Q1`. */
const daysOf = (quarter: string): readonly [string, string] => {
  const [year, after] = [Number(quarter.slice(0, 4)), Number(quarter.slice(-1))];
  const first = new Date(Date.UTC(year, (after - 1) * MONTHS_PER_QUARTER, 1));
  const last = new Date(Date.UTC(year, after * MONTHS_PER_QUARTER, 0));
  return [first.toISOString().slice(0, 10), last.toISOString().slice(0, 10)];
};

const configPrices = ({ metrics }: MetricsInput): ConfigTable => ({
  name: 'config_prices',
  doc: docOf('Configured prices', 'What a message costs.', 'a channel'),
  columns: [
    column('channel', 'string', 'email, sms, push, inbox, insert or audience'),
    column('per', 'string', 'message, or part of an SMS'),
    column('micro', 'bigint', 'Millionths of the reporting currency'),
  ],
  rows: Object.entries(metrics.messagePrices).map(([channel, { per, micro }]) => [
    channel,
    per,
    micro,
  ]),
});

const configWismoTopics = ({ metrics }: MetricsInput): ConfigTable => ({
  name: 'config_wismo_topics',
  doc: docOf(
    'Configured WISMO topics',
    'Topics of support cases that ask where an order is.',
    'a topic',
  ),
  columns: [column('topic', 'string', 'In small letters')],
  rows: [...new Set(metrics.wismoTopics.map((topic) => topic.toLowerCase()))].map((topic) => [
    topic,
  ]),
});

const configExperiments = ({ arms = [] }: MetricsInput): ConfigTable => ({
  name: 'config_experiments',
  doc: docOf('Configured experiments', 'Arms and their planned shares.', 'an arm'),
  columns: [
    column('experiment', 'string', 'Key of the experiment; holdout of the holdout'),
    column('arm', 'string', 'Name of the arm'),
    column('planned_share', 'double', 'Of the customers who take part; those of all arms sum to 1'),
    column('is_control', 'boolean', 'Whether it is what the others are compared with'),
  ],
  rows: arms.map(({ experiment, arm, share, isControl }) => {
    const total = arms
      .filter((other) => other.experiment === experiment)
      .reduce((sum, other) => sum + other.share, 0);
    return [experiment, arm, total === 0 ? 0 : share / total, isControl];
  }),
});

const docOf = (title: string, definition: string, grain: string): View['doc'] => ({
  title,
  definition: `${definition} Generated from afterglow.config.ts.`,
  grain,
  pitfalls: 'It says what the last deployment was configured with, not what held at the time.',
  question: 'What are the figures held against?',
});

const sqlTypes: Readonly<Record<ViewType, string>> = {
  string: 'varchar',
  int: 'integer',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
};

const viewOf = ({ name, doc, columns, rows }: ConfigTable): View => ({
  name,
  doc,
  columns,
  sql:
    rows.length === 0
      ? `select\n${columns.map((each) => `  ${cast(undefined, each)}`).join(',\n')}\nwhere false`
      : rows
          .map((row) => {
            const cells = columns.map((each, index) => cast(row[index], each));
            return `select ${cells.join(', ')}`;
          })
          .join('\nunion all\n'),
});

/** Text and numbers alike are written as text that is cast: Trino reads `0.5` as DECIMAL(1,1). */
const cast = (cell: Cell, { name, type }: ViewColumn): string => {
  const value = cell === undefined ? 'null' : `'${String(cell).replaceAll("'", "''")}'`;
  return `cast(${value} as ${sqlTypes[type]}) as ${name}`;
};
