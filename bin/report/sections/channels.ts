import { levelChart } from '../charts/level-chart.ts';
import { count, percent } from '../formats.ts';
import { maybeTextIn, numberIn, type Row, type Rows, rowsBy, sumOf, textIn } from '../rows.ts';
import { where } from '../scope.ts';
import { type Chapter, columnsOf, type ReportContext, type Told } from '../section.ts';

/** Rows that are told one by one. */
const TOP = 12;

/** What brought it: by channel, and the touches that earned most. */
export const channels: Chapter = {
  id: 'channels',
  title: 'What brought it',
  views: ['post_purchase_revenue'],
  queries: (scope) => [
    `select channel, touch, sum(orders) as orders, sum(booked_minor) as booked_minor,
      sum(reversed_minor) as reversed_minor, sum(revenue_minor) as revenue_minor
    from post_purchase_revenue ${where(scope, { month: 'month' })} group by 1, 2 order by revenue_minor desc, channel, touch`,
  ],
  tell: ([rows = []], context) =>
    rows.length === 0
      ? { reading: 'Nothing was earned after a purchase, so nothing brought it.' }
      : toldChannels(rows, context),
};

const toldChannels = (rows: Rows, { money, currency }: ReportContext): Told => {
  const total = sumOf(rows, 'revenue_minor');
  const write = money.sums([total]);
  const byChannel = [...rowsBy(rows, 'channel')]
    .map(([channel, of]) => ({ channel, revenue: sumOf(of, 'revenue_minor') }))
    .toSorted((a, b) => b.revenue - a.revenue);
  const [first] = byChannel;
  const [best] = rows.filter((row) => maybeTextIn(row, 'touch') !== undefined);
  return {
    reading: `Most of it came by ${channelName(first?.channel ?? 'none')} (${write(first?.revenue ?? 0)})${best === undefined ? '' : `; the touch that earned most was ${textIn(best, 'touch')} (${write(numberIn(best, 'revenue_minor'))})`}.`,
    charts: [
      levelChart({
        title: `Net revenue by channel, ${currency}`,
        description: byChannel
          .map(({ channel, revenue }) => `${channelName(channel)} ${write(revenue)}`)
          .join('; '),
        levels: byChannel.map(({ channel, revenue }) => ({
          label: channelName(channel),
          value: revenue,
          text: write(revenue),
        })),
      }),
    ],
    tables: [
      {
        caption: `The ${Math.min(TOP, rows.length)} that earned most, of ${rows.length} by channel and touch`,
        columns: columnsOf('Touch', 'Channel*', 'Orders', 'Booked', 'Taken back', 'Net', 'Share'),
        rows: rows.slice(0, TOP).map((row) => touchRow(row, total, write)),
      },
    ],
    notes: [
      'An order that several messages share is in the rows of each; amounts are split among them.',
    ],
  };
};

const channelName = (channel: string): string => {
  if (channel === 'page') return 'the confirmation page';
  return channel === 'none' ? 'nothing of ours' : channel;
};

const touchRow = (row: Row, total: number, write: (minor: number) => string): readonly string[] => {
  const revenue = numberIn(row, 'revenue_minor');
  return [
    maybeTextIn(row, 'touch') ?? 'no touch',
    channelName(textIn(row, 'channel')),
    count(numberIn(row, 'orders')),
    write(numberIn(row, 'booked_minor')),
    write(numberIn(row, 'reversed_minor')),
    write(revenue),
    total > 0 ? percent(revenue / total) : '–',
  ];
};
