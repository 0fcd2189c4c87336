import { barChart } from '../charts/bar-chart.ts';
import { count, month, NOTHING, percent } from '../formats.ts';
import { type Rows, rowsBy, sumOf } from '../rows.ts';
import { localMonth, where } from '../scope.ts';
import { type Chapter, columnsOf, type ReportContext, type Table, type Told } from '../section.ts';
import { className } from './classes.ts';
import { monthLabels, monthSpan } from './months.ts';

/** The ledger: what was sold and what was taken back, first purchases included. */
export const books: Chapter = {
  id: 'ledger',
  title: 'What was sold, and taken back',
  views: ['ledger'],
  queries: (scope) => [
    `select ${localMonth('l.occurred_at')} as month, coalesce(l.class, 'none') as class,
      count(distinct l.shop || chr(10) || l.order_id) as orders,
      sum(case when l.reverses is null then l.earned_minor else 0 end) as sold_minor,
      sum(case when l.reverses is null then 0 else l.earned_minor end) as reversed_minor,
      sum(l.earned_minor) as net_minor
    from ledger as l left join config_shops as s on s.shop = l.shop
    ${where(scope, { shop: 'l.shop', month: localMonth('l.occurred_at'), and: [`l.account in ('revenue', 'commission')`] })}
    group by 1, 2 order by 1, 2`,
  ],
  tell: ([rows = []], context) =>
    rows.length === 0
      ? { reading: 'Nothing is booked yet: no order with a line has come.' }
      : toldBooks(rows, context),
};

const toldBooks = (rows: Rows, context: ReportContext): Told => {
  const { money, currency } = context;
  const months = [...rowsBy(rows, 'month').keys()];
  const shown = months.slice(-12);
  const [sold, reversed] = [sumOf(rows, 'sold_minor'), sumOf(rows, 'reversed_minor')];
  const write = money.sums([sold]);
  const inMonth = (of: string): Rows => rows.filter((row) => row['month'] === of);
  return {
    reading: `${write(sold)} was sold in ${monthSpan(months)} and ${write(-reversed)} of it taken back${sold > 0 ? ` (${percent(-reversed / sold)})` : ''}.`,
    figure: { label: 'Sold, net', value: write(sold + reversed), note: monthSpan(months) },
    charts: [
      barChart({
        title: `Sold and taken back by month, ${currency}`,
        description: `Two bars a month for ${monthSpan(shown)}; the table below has every value.`,
        groups: monthLabels(shown),
        write: money.sums([sold]),
        series: [
          { name: 'sold', values: shown.map((of) => sumOf(inMonth(of), 'sold_minor')) },
          { name: 'taken back', values: shown.map((of) => sumOf(inMonth(of), 'reversed_minor')) },
        ],
      }),
    ],
    tables: [
      tableOf('By class', 'Class', rowsBy(rows, 'class'), className, context),
      tableOf('By month in which it was booked', 'Month', rowsBy(rows, 'month'), month, context),
    ],
    notes: [
      'Goods and commission, without shipping and tax, at the rates frozen with each order. An order with entries in several months, or of several classes, counts in each. Any one order’s entries: `npm run ledger -- ORDER`.',
    ],
  };
};

const tableOf = (
  caption: string,
  head: string,
  groups: ReadonlyMap<string, Rows>,
  name: (key: string) => string,
  { money }: ReportContext,
): Table => {
  const write = money.sums([...groups.values()].map((of) => sumOf(of, 'sold_minor')));
  return {
    caption,
    columns: columnsOf(
      head,
      'Orders with entries',
      'Sold',
      'Taken back',
      'Net',
      'Share taken back',
    ),
    rows: [...groups].map(([key, of]) => {
      const [sold, reversed] = [sumOf(of, 'sold_minor'), sumOf(of, 'reversed_minor')];
      return [
        name(key),
        count(sumOf(of, 'orders')),
        write(sold),
        write(reversed),
        write(sold + reversed),
        sold > 0 ? percent(-reversed / sold) : NOTHING,
      ];
    }),
  };
};
