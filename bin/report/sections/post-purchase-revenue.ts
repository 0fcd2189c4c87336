import { barChart } from '../charts/bar-chart.ts';
import { levelChart } from '../charts/level-chart.ts';
import { month, NOTHING, percent } from '../formats.ts';
import {
  maybeNumberIn,
  maybeTextIn,
  numberIn,
  type Row,
  type Rows,
  rowsBy,
  sumOf,
  textIn,
} from '../rows.ts';
import { where } from '../scope.ts';
import { type Chapter, columnsOf, type ReportContext, type Table, type Told } from '../section.ts';
import { classNames, className } from './classes.ts';
import { monthLabels, monthSpan } from './months.ts';

/** What upsells, cross-sells and partners earned, against the targets of its quarters. */
export const postPurchaseRevenue: Chapter = {
  id: 'post-purchase-revenue',
  title: 'Post-purchase revenue',
  views: ['post_purchase_revenue', 'revenue_targets'],
  queries: (scope) => [
    `select month, class, sum(booked_minor) as booked_minor, sum(reversed_minor) as reversed_minor,
      sum(revenue_minor) as revenue_minor
    from post_purchase_revenue ${where(scope, { month: 'month' })} group by 1, 2 order by 1, 2`,
    `select * from revenue_targets
    ${scope.shop === undefined ? '' : where({}, { and: [`(shop is null or ${where(scope).slice('where '.length)})`] })}
    order by quarter, shop, class, touch, category`,
  ],
  tell: ([rows = [], targets = []], context) =>
    rows.length === 0 ? noRevenue(targets, context) : toldRevenue(rows, targets, context),
};

const noRevenue = (targets: Rows, context: ReportContext): Told => ({
  reading: 'Nothing has been earned after a purchase yet.',
  tables: targetTables(targets, context),
  notes: [
    'A line counts when its order names where it came from (lines’ `origin`), or when a touch of ours is credited with it: docs/ledger.md.',
  ],
});

const toldRevenue = (rows: Rows, targets: Rows, context: ReportContext): Told => {
  const months = [...rowsBy(rows, 'month').keys()];
  const total = sumOf(rows, 'revenue_minor');
  const write = context.money.sums([total]);
  const current = currentOf(targets);
  return {
    reading: `After the purchase ${write(total)} was earned in ${monthSpan(months)}, net of what was taken back${current === undefined ? '' : `; ${targetInWords(current, context)}`}.`,
    figure: { label: 'Post-purchase revenue', value: write(total), note: monthSpan(months) },
    charts: [classChart(rows, months, context), ...targetCharts(targets, context)],
    tables: [classTable(rows, months, context), ...targetTables(targets, context)],
    notes: [
      'Credit is not lift: what would not have come anyway is said by the holdout below.',
      ...(targets.length === 0
        ? ['No targets are set: `metrics.targets` in afterglow.config.ts.']
        : []),
    ],
  };
};

const NARROWED_BY = ['shop', 'class', 'touch', 'category'] as const;

/** The widest target of the latest quarter that has begun. */
const currentOf = (targets: Rows): Row | undefined => {
  const begun = targets.filter((target) => numberIn(target, 'elapsed') > 0);
  const quarter = begun
    .map((target) => textIn(target, 'quarter'))
    .toSorted()
    .at(-1);
  const narrowed = (target: Row): number =>
    NARROWED_BY.filter((column) => maybeTextIn(target, column) !== undefined).length;
  return begun
    .filter((target) => target['quarter'] === quarter)
    .toSorted((a, b) => narrowed(a) - narrowed(b))
    .at(0);
};

const targetInWords = (row: Row, context: ReportContext): string => {
  const reached = maybeNumberIn(row, 'reached');
  const share =
    reached === undefined ? 'more than its target of nothing' : `${percent(reached)} of its target`;
  return `${targetName(row, context)} has reached ${share} with ${percent(numberIn(row, 'elapsed'))} of its days gone`;
};

const classChart = (rows: Rows, months: readonly string[], { money, currency }: ReportContext) => {
  const shown = months.slice(-12);
  const values = rows.map((row) => numberIn(row, 'revenue_minor'));
  return barChart({
    title: `Net post-purchase revenue by month and class, ${currency}`,
    description: `Three bars a month for ${monthSpan(shown)}; the table below has every value.`,
    groups: monthLabels(shown),
    write: money.sums([...values, 0]),
    series: classNames.map(([key, name]) => ({
      name,
      values: shown.map((of) => valueIn(rows, of, key)),
    })),
  });
};

const valueIn = (rows: Rows, of: string, key: string): number =>
  sumOf(
    rows.filter((row) => row['month'] === of && row['class'] === key),
    'revenue_minor',
  );

const classTable = (rows: Rows, months: readonly string[], { money }: ReportContext): Table => {
  const write = money.sums(rows.map((row) => numberIn(row, 'booked_minor')));
  const line = (label: string, of: Rows) => [
    label,
    ...classNames.map(([key]) =>
      write(
        sumOf(
          of.filter((row) => row['class'] === key),
          'revenue_minor',
        ),
      ),
    ),
    write(sumOf(of, 'booked_minor')),
    write(sumOf(of, 'reversed_minor')),
    write(sumOf(of, 'revenue_minor')),
  ];
  return {
    caption: 'Post-purchase revenue by month and class',
    columns: columnsOf(
      'Month',
      ...classNames.map(([, name]) => name),
      'All booked',
      'Taken back',
      'Net',
    ),
    rows: [
      ...months.map((of) =>
        line(
          month(of),
          rows.filter((row) => row['month'] === of),
        ),
      ),
      line('All', rows),
    ],
  };
};

const targetName = (row: Row, { shopName }: ReportContext): string => {
  const shop = maybeTextIn(row, 'shop');
  const of = [
    shop === undefined ? undefined : shopName(shop),
    maybeTextIn(row, 'class') === undefined ? undefined : className(textIn(row, 'class')),
    maybeTextIn(row, 'touch'),
    maybeTextIn(row, 'category'),
  ].filter((part) => part !== undefined);
  return `${textIn(row, 'quarter')}${of.length === 0 ? '' : `, ${of.join(', ')}`}`;
};

const targetCharts = (targets: Rows, context: ReportContext) =>
  targets.length === 0
    ? []
    : [
        levelChart({
          title: `Revenue against quarterly targets, ${context.currency}`,
          description: `A bar a target: ${targets.map((row) => `${targetName(row, context)} ${reachedOf(row)}`).join('; ')}.`,
          levels: targets.map((row) => {
            const target = numberIn(row, 'target_minor');
            return {
              label: targetName(row, context),
              value: numberIn(row, 'revenue_minor'),
              text: reachedOf(row),
              target,
              elapsed: numberIn(row, 'elapsed') * target,
            };
          }),
        }),
      ];

const reachedOf = (row: Row): string => {
  const reached = maybeNumberIn(row, 'reached');
  return reached === undefined ? NOTHING : percent(reached);
};

const targetTables = (targets: Rows, context: ReportContext): readonly Table[] => {
  if (targets.length === 0) return [];
  const write = context.money.sums(targets.map((row) => numberIn(row, 'target_minor')));
  return [
    {
      caption: 'Targets, their budgets and owners',
      columns: columnsOf(
        'Target',
        'Owner*',
        'Target',
        'Reached',
        'Share',
        'Quarter gone',
        'Budget',
      ),
      rows: targets.map((row) => {
        const budget = maybeNumberIn(row, 'budget_minor');
        return [
          targetName(row, context),
          textIn(row, 'owner'),
          write(numberIn(row, 'target_minor')),
          write(numberIn(row, 'revenue_minor')),
          reachedOf(row),
          percent(numberIn(row, 'elapsed')),
          budget === undefined ? NOTHING : write(budget),
        ];
      }),
    },
  ];
};
