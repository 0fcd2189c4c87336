import { levelChart } from '../charts/level-chart.ts';
import { count, counted, decimal, rate } from '../formats.ts';
import { numberIn, type Row, type Rows, rowsBy, sumOf, textIn } from '../rows.ts';
import { monthOfDay, where } from '../scope.ts';
import { type Chapter, columnsOf, type ReportContext, type Told } from '../section.ts';

/** Touches by how far they came, from the decision to a credited order. */
export const touchFunnel: Chapter = {
  id: 'touches',
  title: 'Touch funnel',
  views: ['touch_funnel'],
  queries: (scope) => [
    `select touch, sum(decided) as decided, sum(sent) as sent, sum(delivered) as delivered, sum(clicked) as clicked,
      sum(bounced) as bounced, sum(complained) as complained, sum(held) as held, sum(dropped) as dropped,
      sum(credited) as credited, sum(revenue_minor) as revenue_minor
    from touch_funnel ${where(scope, { month: monthOfDay('week') })} group by 1 order by sent desc, touch`,
  ],
  tell: ([rows = []], context) =>
    rows.length === 0 ? { reading: 'No touch has been decided yet.' } : toldFunnel(rows, context),
};

const steps = [
  ['decided', 'decided'],
  ['sent', 'sent'],
  ['delivered', 'delivered, as providers say'],
  ['clicked', 'clicked'],
  ['credited', 'credited with an order'],
] as const;

const toldFunnel = (rows: Rows, { money }: ReportContext): Told => {
  const [decided, sent] = [sumOf(rows, 'decided'), sumOf(rows, 'sent')];
  const [clicked, credited] = [sumOf(rows, 'clicked'), sumOf(rows, 'credited')];
  const write = money.sums(rows.map((row) => numberIn(row, 'revenue_minor')));
  return {
    reading: `Of ${counted(decided, 'touch', 'touches')} ${count(sent)} went out; ${rate(clicked, sent)} of those were clicked and ${rate(credited, sent)} are credited with an order.`,
    figure: {
      label: 'Touches sent',
      value: count(sent),
      note: `of ${count(decided)} decided`,
    },
    charts: [
      levelChart({
        title: 'How far touches came',
        description: steps.map(([key, name]) => `${name} ${count(sumOf(rows, key))}`).join('; '),
        levels: steps.map(([key, name]) => ({
          label: name,
          value: sumOf(rows, key),
          text: count(sumOf(rows, key)),
        })),
      }),
    ],
    tables: [
      {
        caption: 'Touches by how far they came, the most sent first',
        columns: columnsOf(
          'Touch',
          'Decided',
          'Held',
          'Dropped',
          'Sent',
          'Delivered',
          'Clicked',
          'Click rate',
          'Bounced',
          'Complaints',
          'Credited',
          'Credited revenue',
        ),
        rows: rows.map((row) => [
          textIn(row, 'touch'),
          ...['decided', 'held', 'dropped', 'sent', 'delivered', 'clicked'].map((key) =>
            count(numberIn(row, key)),
          ),
          rate(numberIn(row, 'clicked'), numberIn(row, 'sent')),
          ...['bounced', 'complained', 'credited'].map((key) => count(numberIn(row, key))),
          write(numberIn(row, 'revenue_minor')),
        ]),
      },
    ],
    notes: [
      'Clicks include links that mail scanners follow. Cards in parcels and audiences report no delivery.',
    ],
  };
};

/** How many messages are the customer's own. */
export const personalisation: Chapter = {
  id: 'personalisation',
  title: 'Personalisation coverage',
  views: ['personalisation_coverage'],
  queries: (scope) => [
    `select touch, channel, sum(messages) as messages, sum(personalised_messages) as personalised,
      sum(elements_per_message * messages) as elements
    from personalisation_coverage ${where(scope, { month: 'month' })} group by 1, 2 order by messages desc, touch, channel`,
  ],
  tell: ([rows = []]) =>
    rows.length === 0 ? { reading: 'No message has been sent yet.' } : toldPersonalisation(rows),
};

const toldPersonalisation = (rows: Rows): Told => {
  const [n, personal] = [sumOf(rows, 'messages'), sumOf(rows, 'personalised')];
  const channels = [...rowsBy(rows, 'channel')];
  return {
    reading: `In ${rate(personal, n)} of ${counted(n, 'message')} something depends on the order or the customer.`,
    figure: {
      label: 'Personalised messages',
      value: rate(personal, n),
      note: counted(n, 'message'),
    },
    tables: [
      {
        caption: 'Personalised messages by channel',
        columns: columnsOf('Channel', 'Messages', 'Personalised', 'Share', 'Elements a message'),
        rows: channels.map(([channel, of]) => [channel, ...coverageOf(of)]),
      },
      {
        caption: 'Personalised messages by touch and channel',
        columns: columnsOf(
          'Touch',
          'Channel*',
          'Messages',
          'Personalised',
          'Share',
          'Elements a message',
        ),
        rows: rows.map((row: Row) => [
          textIn(row, 'touch'),
          textIn(row, 'channel'),
          ...coverageOf([row]),
        ]),
      },
    ],
  };
};

const coverageOf = (rows: Rows): readonly string[] => {
  const [n, personal] = [sumOf(rows, 'messages'), sumOf(rows, 'personalised')];
  return [
    count(n),
    count(personal),
    rate(personal, n),
    n === 0 ? '–' : decimal(sumOf(rows, 'elements') / n),
  ];
};
