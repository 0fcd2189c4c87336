import { lineChart } from '../charts/line-chart.ts';
import { count, counted, FEWEST, month, NOTHING } from '../formats.ts';
import { numberIn, type Row, type Rows, rowsBy, sumOf, textIn } from '../rows.ts';
import { where } from '../scope.ts';
import { type Chapter, columnsOf, type ReportContext, type Told } from '../section.ts';
import { monthTicks } from './months.ts';

/** What the programme costs an order, beside what it earned. */
export const cost: Chapter = {
  id: 'cost',
  title: 'Cost per order',
  views: ['cost_per_order'],
  queries: (scope) => [
    `select c.shop, c.month, c.orders, c.messages, c.sms_parts, c.message_micro, c.infrastructure_micro,
      coalesce(sum(r.revenue_minor), 0) as revenue_minor, max(k.reporting_exponent) as exponent
    from cost_per_order as c
    cross join config_reading as k
    left join post_purchase_revenue as r on r.shop = c.shop and r.month = c.month
    ${where(scope, { shop: 'c.shop', month: 'c.month' })}
    group by 1, 2, 3, 4, 5, 6, 7 order by 2, 1`,
  ],
  tell: ([rows = []], context) =>
    rows.length === 0
      ? { reading: 'No order has been placed yet, so none has cost anything.' }
      : toldCost(rows, context),
};

const MICRO = 1_000_000;

/** Minor units of the reporting currency. */
const minorOf = (rows: Rows, column: string): number =>
  rows.reduce(
    (sum, row) => sum + (numberIn(row, column) / MICRO) * 10 ** numberIn(row, 'exponent'),
    0,
  );

const costOf = (rows: Rows): number =>
  minorOf(rows, 'message_micro') + minorOf(rows, 'infrastructure_micro');

const toldCost = (rows: Rows, context: ReportContext): Told => {
  const { money, shopName, currency } = context;
  const [orders, earned] = [sumOf(rows, 'orders'), sumOf(rows, 'revenue_minor')];
  const perOrder = money.each(costOf(rows) / orders);
  const months = [...rowsBy(rows, 'month').keys()];
  return {
    reading: `An order has cost ${perOrder} in messages and infrastructure, and post-purchase revenue is ${money.each(earned / orders)} an order, over ${counted(orders, 'order')}.`,
    figure: { label: 'Cost per order', value: perOrder, note: counted(orders, 'order') },
    charts: [
      lineChart({
        title: `Cost per order by month in which it was placed, ${currency}`,
        description: `A line a shop over ${counted(months.length, 'month')}; the table below has every value.`,
        xTicks: monthTicks(months),
        write: money.each,
        series: [...rowsBy(rows, 'shop')].map(([shop, of]) => ({
          name: shopName(shop),
          points: of.map((row) => {
            const n = numberIn(row, 'orders');
            return {
              x: months.indexOf(textIn(row, 'month')),
              y: n < FEWEST ? undefined : costOf([row]) / n,
            };
          }),
        })),
      }),
    ],
    tables: [
      {
        caption: 'Cost and post-purchase revenue per order, by month and shop',
        columns: columnsOf(
          'Month',
          'Shop*',
          'Orders',
          'Messages',
          'SMS parts',
          'For messages',
          'Infrastructure',
          'Cost per order',
          'Revenue per order',
        ),
        rows: rows.map((row) => costRow(row, context)),
      },
    ],
    notes: [
      'At the prices of the configuration (`metrics.messagePrices`, `metrics.infrastructureMicro`), not of a bill: `npm run cost` computes those. Recent orders have messages still to come.',
    ],
  };
};

const costRow = (row: Row, { money, shopName }: ReportContext): readonly string[] => {
  const n = numberIn(row, 'orders');
  const each = (minor: number): string => (n < FEWEST ? NOTHING : money.each(minor / n));
  return [
    month(textIn(row, 'month')),
    shopName(textIn(row, 'shop')),
    count(n),
    count(numberIn(row, 'messages')),
    count(numberIn(row, 'sms_parts')),
    money.each(minorOf([row], 'message_micro')),
    money.each(minorOf([row], 'infrastructure_micro')),
    each(costOf([row])),
    each(numberIn(row, 'revenue_minor')),
  ];
};
