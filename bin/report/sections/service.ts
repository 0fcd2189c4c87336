import { wilsonInterval } from '#core/domain/statistics/wilson-interval.ts';
import type { Chart } from '../charts/chart.ts';
import { intervalChart } from '../charts/interval-chart.ts';
import {
  ALPHA,
  count,
  counted,
  FEWEST,
  month,
  moneyFormat,
  NOTHING,
  percent,
  rate,
  rateRange,
} from '../formats.ts';
import { numberIn, type Rows, rowsBy, sumOf, textIn } from '../rows.ts';
import { where } from '../scope.ts';
import { type Chapter, columnsOf, type ReportContext, type Table, type Told } from '../section.ts';

/** One rate of orders: which columns count, and how it is called. */
interface Rate {
  readonly name: string;
  /** Of which orders, by month of what. */
  readonly of: string;
  readonly month: string;
  readonly n: string;
  readonly successes: string;
}

const wismo: Rate = {
  name: 'Asked where their order is',
  of: 'orders dispatched at least 14 days ago',
  month: 'month',
  n: 'shipped_orders',
  successes: 'wismo_orders',
};

const returns: Rate = {
  name: 'Came back, or is to',
  of: 'delivered orders whose return window has passed',
  month: 'cohort',
  n: 'delivered_orders',
  successes: 'returned_orders',
};

const refunds: Rate = {
  name: 'Refunded',
  of: 'orders placed',
  month: 'month',
  n: 'orders',
  successes: 'refunded_orders',
};

const SHOWN_MONTHS = 12;

/** How many ask where their order is, send something back, or get money back. */
export const service: Chapter = {
  id: 'wismo-returns-refunds',
  title: 'WISMO, returns and refunds',
  views: ['wismo_rate', 'return_rate', 'refund_rate'],
  queries: (scope) => [
    `select * from wismo_rate ${where(scope, { month: 'month' })} order by month, shop`,
    `select * from return_rate ${where(scope, { month: 'cohort' })} order by cohort, shop`,
    `select * from refund_rate ${where(scope, { month: 'month' })} order by month, shop, currency`,
  ],
  tell: ([asked = [], returned = [], refunded = []], context) =>
    asked.length + returned.length + refunded.length === 0
      ? { reading: 'No order has been placed yet.' }
      : toldService(asked, returned, refunded, context),
};

const toldService = (asked: Rows, returned: Rows, refunded: Rows, context: ReportContext): Told => {
  const pairs = [
    [wismo, asked],
    [returns, returned],
    [refunds, refunded],
  ] as const;
  const [shipped, cases] = [sumOf(asked, wismo.n), sumOf(asked, wismo.successes)];
  return {
    reading: `${pairs.map(([of, rows]) => rateInWords(of, rows)).join('; ')}.`,
    figure: {
      label: 'WISMO rate',
      value: rate(cases, shipped),
      note: counted(shipped, 'dispatched order'),
    },
    charts: pairs.flatMap(([of, rows]) => rateCharts(of, rows)),
    tables: [
      ...rateTables(wismo, asked, context),
      ...rateTables(returns, returned, context),
      ...refundTables(refunded, context),
    ],
    notes: [
      'Only orders old enough count for cases and returns; a young month says little. Refunds of recent months are still to grow.',
    ],
  };
};

const rateInWords = ({ name, of, n, successes }: Rate, rows: Rows): string => {
  const [all, some] = [sumOf(rows, n), sumOf(rows, successes)];
  return all < FEWEST
    ? `${name}: too early to say (${count(all)} ${of})`
    : `${name}: ${rate(some, all)} of ${count(all)} ${of} (${rateRange(some, all)})`;
};

const rateCharts = (of: Rate, rows: Rows): readonly Chart[] => {
  const shown = [...rowsBy(rows, of.month)].slice(-SHOWN_MONTHS).flatMap(([label, each]) => {
    const [n, some] = [sumOf(each, of.n), sumOf(each, of.successes)];
    return n < FEWEST
      ? []
      : [
          {
            label: `${month(label)} (n ${count(n)})`,
            value: some / n,
            ...wilsonInterval(some, n, ALPHA),
            text: rate(some, n),
          },
        ];
  });
  return shown.length === 0
    ? []
    : [
        intervalChart({
          title: `${of.name}: share of ${of.of}, with 95% intervals`,
          description: shown.map(({ label, text }) => `${label} ${text}`).join('; '),
          rows: shown,
          write: percent,
        }),
      ];
};

const rateTables = (of: Rate, rows: Rows, { shopName }: ReportContext): readonly Table[] =>
  rows.length === 0
    ? []
    : [
        {
          caption: `${of.name}: of ${of.of}, by month and shop`,
          columns: columnsOf('Month', 'Shop*', 'Orders', 'Of them', 'Share', '95% interval'),
          rows: rows.map((row) => {
            const [n, some] = [numberIn(row, of.n), numberIn(row, of.successes)];
            return [
              month(textIn(row, of.month)),
              shopName(textIn(row, 'shop')),
              count(n),
              count(some),
              rate(some, n),
              rateRange(some, n),
            ];
          }),
        },
      ];

const refundTables = (rows: Rows, { shopName }: ReportContext): readonly Table[] =>
  rows.length === 0
    ? []
    : [
        {
          caption: 'Refunded: of orders placed, by month and shop, and of what was charged',
          columns: columnsOf(
            'Month',
            'Shop*',
            'Orders',
            'Refunded',
            'Share',
            'Charged',
            'Paid back',
            'Share of money',
          ),
          rows: rows.map((row) => {
            const [n, some] = [numberIn(row, 'orders'), numberIn(row, 'refunded_orders')];
            const [charged, back] = [
              numberIn(row, 'charged_minor'),
              numberIn(row, 'refunded_minor'),
            ];
            const write = moneyFormat(textIn(row, 'currency')).sums([charged]);
            return [
              month(textIn(row, 'month')),
              shopName(textIn(row, 'shop')),
              count(n),
              count(some),
              rate(some, n),
              write(charged),
              write(back),
              n < FEWEST || charged <= 0 ? NOTHING : percent(back / charged),
            ];
          }),
        },
      ];
