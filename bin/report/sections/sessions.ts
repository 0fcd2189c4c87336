import { CONVERTERS_FLOOR } from '#core/domain/experiments/read-out-outcome.ts';
import { intervalAround } from '#core/domain/statistics/interval.ts';
import { normalQuantile } from '#core/domain/statistics/normal.ts';
import { meanVarianceOf, summaryOfSums } from '#core/domain/statistics/summary.ts';
import { lineChart } from '../charts/line-chart.ts';
import { ALPHA, count, counted, FEWEST, month, NOTHING, range } from '../formats.ts';
import { numberIn, type Row, type Rows, rowsBy, sumOf, textIn } from '../rows.ts';
import { monthOfDay, where } from '../scope.ts';
import { type Chapter, columnsOf, type ReportContext, type Told } from '../section.ts';
import { monthTicks } from './months.ts';

/** What the confirmation page earns a visit, month by month. */
export const sessions: Chapter = {
  id: 'revenue-per-session',
  title: 'Revenue per post-purchase session',
  views: ['revenue_per_session', 'session_revenue'],
  queries: (scope) => [
    `select shop, ${monthOfDay('opened_on')} as month, count(*) as sessions,
      count(*) filter (where is_mature) as mature,
      sum(page_views) filter (where is_mature) as page_views,
      count(*) filter (where is_mature and revenue_minor <> 0) as earning,
      sum(upsell_minor) filter (where is_mature) as upsell_minor,
      sum(commission_minor) filter (where is_mature) as commission_minor,
      sum(revenue_minor) filter (where is_mature) as revenue_minor,
      sum(cast(revenue_minor as double) * revenue_minor) filter (where is_mature) as squares
    from session_revenue ${where(scope, { month: monthOfDay('opened_on') })}
    group by 1, 2 order by 2, 1`,
  ],
  tell: ([rows = []], context) =>
    sumOf(rows, 'sessions') === 0 ? noSessions : toldSessions(rows, context),
};

const noSessions: Told = {
  reading:
    'No view of a confirmation page is in the lake, so nothing can be said of what one earns.',
  notes: [
    'A session is opened by SessionOpened, which the shop’s page sends; SessionViewed, OfferShown and what follows tell the rest (README, “Send an event”).',
  ],
};

const toldSessions = (rows: Rows, context: ReportContext): Told => {
  const { money, shopName } = context;
  const all = valueOf(rows);
  const shops = [...rowsBy(rows, 'shop')];
  const months = [...rowsBy(rows, 'month').keys()];
  const open = sumOf(rows, 'sessions') - all.n;
  return {
    reading: readingOf(all, context),
    figure: {
      label: 'Revenue per session',
      value: all.mean === undefined ? NOTHING : money.each(all.mean),
      note: `${counted(all.n, 'matured session')}`,
    },
    charts:
      all.mean === undefined
        ? []
        : [
            lineChart({
              title: `Revenue per matured session by month, ${context.currency}`,
              description: `A line a shop over ${counted(months.length, 'month')}; the table below has every value.`,
              xTicks: monthTicks(months),
              write: money.each,
              series: shops.map(([shop, of]) => ({
                name: shopName(shop),
                points: of.map((row) => {
                  const { mean, interval } = valueOf([row]);
                  return { x: months.indexOf(textIn(row, 'month')), y: mean, ...interval };
                }),
              })),
            }),
          ],
    tables: [
      {
        caption: 'Sessions and what they earned, by month and shop',
        columns: columnsOf(
          'Month',
          'Shop*',
          'Sessions',
          'Of them matured',
          'Upsell',
          'Commission',
          'Per session',
          '95% interval',
          'Per page view',
        ),
        rows: rows.map((row) => tableRow(row, context)),
      },
    ],
    notes: [
      `Only matured sessions count: 31 days after they were opened nothing of the 30 days for reversals is to come. ${counted(open, 'session is', 'sessions are')} younger.`,
      `No interval under ${CONVERTERS_FLOOR} sessions that earned something: amounts have a heavy tail. It takes sessions as independent.`,
    ],
  };
};

const readingOf = ({ n, mean, perView, interval }: Value, { money }: ReportContext): string => {
  if (mean === undefined)
    return `With ${counted(n, 'matured session')} it is too early to say what a visit of the confirmation page earns.`;
  const between =
    interval === undefined
      ? ''
      : ` (95% interval ${range(interval.lower, interval.upper, money.each)})`;
  return `A visit of the confirmation page earned ${money.each(mean)}${between} and a page view ${money.each(perView)}, over ${counted(n, 'matured session')}.`;
};

interface Value {
  readonly n: number;
  /** Absent under the fewest that anything is told of. */
  readonly mean?: number | undefined;
  readonly perView: number;
  readonly interval?: { readonly lower: number; readonly upper: number } | undefined;
}

const valueOf = (rows: Rows): Value => {
  const [n, sum] = [sumOf(rows, 'mature'), sumOf(rows, 'revenue_minor')];
  const views = sumOf(rows, 'page_views');
  const perView = views === 0 ? 0 : sum / views;
  if (n < FEWEST) return { n, perView };
  const mean = sum / n;
  if (sumOf(rows, 'earning') < CONVERTERS_FLOOR) return { n, mean, perView };
  const summary = summaryOfSums({ n, sum, sumOfSquares: sumOf(rows, 'squares') });
  const estimate = { value: mean, standardError: Math.sqrt(meanVarianceOf(summary)) };
  return { n, mean, perView, interval: intervalAround(estimate, normalQuantile(1 - ALPHA / 2)) };
};

const tableRow = (row: Row, { money, shopName }: ReportContext): readonly string[] => {
  const { n, mean, perView, interval } = valueOf([row]);
  return [
    month(textIn(row, 'month')),
    shopName(textIn(row, 'shop')),
    count(numberIn(row, 'sessions')),
    count(n),
    money.each(sumOf([row], 'upsell_minor')),
    money.each(sumOf([row], 'commission_minor')),
    mean === undefined ? NOTHING : money.each(mean),
    interval === undefined ? NOTHING : range(interval.lower, interval.upper, money.each),
    mean === undefined ? NOTHING : money.each(perView),
  ];
};
