import { kaplanMeier, stepAt, type SurvivalStep } from '#core/domain/statistics/kaplan-meier.ts';
import { survivalQuantile } from '#core/domain/statistics/survival-quantile.ts';
import type { Chart } from '../charts/chart.ts';
import { lineChart } from '../charts/line-chart.ts';
import {
  ALPHA,
  count,
  counted,
  FEWEST,
  month,
  NOTHING,
  percent,
  range,
  rate,
  rateRange,
} from '../formats.ts';
import { numberIn, type Rows, rowsBy, sumOf, textIn } from '../rows.ts';
import { where } from '../scope.ts';
import { type Chapter, columnsOf, type ReportContext, type Table, type Told } from '../section.ts';

const TOLD_DAYS = [30, 60, 90, 180, 365] as const;
const MOST_SHOPS = 4;
const DAYS = 90;

/** When customers buy for the second time, and how many are still customers after 90 days. */
export const retention: Chapter = {
  id: 'retention',
  title: 'Retention',
  views: ['time_to_second_purchase', 'retention_90d', 'repeat_purchase'],
  queries: (scope) => [
    `select shop, day, events, censored from time_to_second_purchase ${where(scope)} order by shop, day`,
    `select shop, cohort, within_days, customers, repeat_customers, is_complete
    from repeat_purchase ${where(scope, { month: 'cohort' })} order by cohort, shop, within_days`,
  ],
  tell: ([days = [], cohorts = []], context) =>
    days.length === 0
      ? {
          reading: 'No customer is known to have bought yet.',
          notes: ['Orders of nobody who is known (no customer id, no address) are in no curve.'],
        }
      : toldRetention(days, cohorts, context),
};

interface Curve {
  readonly shop: string;
  readonly customers: number;
  readonly observedDays: number;
  readonly steps: readonly SurvivalStep[];
  /** Customers observed for longer than so many days without a second purchase in them. */
  readonly atRiskAfter: (days: number) => number;
}

const curvesOf = (rows: Rows): readonly Curve[] =>
  [...rowsBy(rows, 'shop')]
    .map(([shop, of]) => {
      const durations = of.map((row) => ({
        time: numberIn(row, 'day'),
        events: numberIn(row, 'events'),
        censored: numberIn(row, 'censored'),
      }));
      return {
        shop,
        customers: sumOf(of, 'events') + sumOf(of, 'censored'),
        observedDays: Math.max(...durations.map(({ time }) => time)),
        steps: kaplanMeier(durations, ALPHA),
        atRiskAfter: (days: number) =>
          durations
            .filter(({ time }) => time > days)
            .reduce((sum, { events, censored }) => sum + events + censored, 0),
      };
    })
    .toSorted((a, b) => b.customers - a.customers);

const toldRetention = (days: Rows, cohorts: Rows, context: ReportContext): Told => {
  const curves = curvesOf(days);
  const matured = cohorts.filter((row) => numberIn(row, 'within_days') === DAYS);
  const [n, back] = [sumOf(matured, 'customers'), sumOf(matured, 'repeat_customers')];
  return {
    reading:
      n < FEWEST
        ? `With ${counted(n, 'customer')} whose first purchase lies ${DAYS} days back it is too early for ${DAYS}-day retention; ${curveInWords(curves, context)}.`
        : `Of ${counted(n, 'customer')} whose first purchase lies ${DAYS} days back ${rate(back, n)} bought again within them (95% interval ${rateRange(back, n)}); ${curveInWords(curves, context)}.`,
    figure: {
      label: `${DAYS}-day retention`,
      value: rate(back, n),
      note: counted(n, 'matured customer'),
    },
    charts: curves
      .filter(({ customers }) => customers >= FEWEST)
      .slice(0, MOST_SHOPS)
      .map((curve) => curveChart(curve, context)),
    tables: [curveTable(curves, context), ...repeatTables(cohorts, context)],
    notes: [
      'The curve counts those who have not bought again for as long as they were observed (Kaplan–Meier, log-log band of 95%). Its tail rests on few customers: see who is still at risk.',
    ],
  };
};

const curveInWords = (curves: readonly Curve[], { shopName }: ReportContext): string =>
  curves
    .slice(0, MOST_SHOPS)
    .map(({ shop, steps }) => {
      const { time } = survivalQuantile(steps, 0.5);
      return time === undefined
        ? `at ${shopName(shop)} fewer than half have bought again so far`
        : `at ${shopName(shop)} half have bought again after ${counted(time, 'day')}`;
    })
    .join(', ');

const curveChart = (curve: Curve, { shopName }: ReportContext): Chart => {
  const { steps, shop, customers, observedDays } = curve;
  const start = { x: 0, y: 0, lower: 0, upper: 0 };
  const points = steps.map(({ time, survival, interval }) => ({
    x: time,
    y: 1 - survival,
    lower: 1 - (interval?.upper ?? survival),
    upper: 1 - (interval?.lower ?? survival),
  }));
  const last = points.at(-1) ?? start;
  const end = last.x < observedDays ? [{ ...last, x: observedDays }] : [];
  return lineChart({
    title: `${shopName(shop)}: share who have bought again, by days since the first purchase (${counted(customers, 'customer')})`,
    description: `A rising curve with its 95% band: ${percent(last.y)} after ${counted(last.x, 'day')}.`,
    series: [{ name: shopName(shop), points: [start, ...points, ...end] }],
    xTicks: dayTicks(observedDays),
    write: percent,
    isStep: true,
  });
};

const dayTicks = (last: number) => {
  const step = [7, 30, 90, 180].find((each) => last / each <= 8) ?? 365;
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, at) => ({
    x: at * step,
    label: String(at * step),
  }));
};

const curveTable = (curves: readonly Curve[], { shopName }: ReportContext): Table => ({
  caption: 'Share who have bought again, by Kaplan–Meier',
  columns: columnsOf('Shop', 'Days', 'Bought again', '95% interval', 'Still at risk then'),
  rows: curves.flatMap(({ shop, steps, observedDays, customers, atRiskAfter }) =>
    TOLD_DAYS.filter((days) => days <= observedDays && customers >= FEWEST).map((days) => {
      const step = stepAt(steps, days);
      const { interval } = step ?? {};
      return [
        shopName(shop),
        count(days),
        percent(1 - (step?.survival ?? 1)),
        interval === undefined ? NOTHING : range(1 - interval.upper, 1 - interval.lower, percent),
        count(atRiskAfter(days)),
      ];
    }),
  ),
});

const repeatTables = (rows: Rows, { shopName }: ReportContext): readonly Table[] => {
  const lines = [...Map.groupBy(rows, (row) => `${textIn(row, 'cohort')}\n${textIn(row, 'shop')}`)];
  const cell = (of: Rows, days: number): string => {
    const row = of.find((each) => numberIn(each, 'within_days') === days);
    const n = row === undefined ? 0 : numberIn(row, 'customers');
    return row === undefined || n < FEWEST
      ? NOTHING
      : `${rate(numberIn(row, 'repeat_customers'), n)} (n ${count(n)})`;
  };
  return [
    {
      caption: 'Bought again within so many days, of the matured customers of each month',
      columns: columnsOf(
        'First purchase in',
        'Shop*',
        ...TOLD_DAYS.map((days) => `${count(days)} days`),
      ),
      rows: lines.map(([, of]) => [
        month(textIn(of[0] ?? {}, 'cohort')),
        shopName(textIn(of[0] ?? {}, 'shop')),
        ...TOLD_DAYS.map((days) => cell(of, days)),
      ]),
    },
  ];
};
