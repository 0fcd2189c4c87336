import type { NamedQuery, View } from './views.ts';

/** Views that others are made of; the rest are what one reads. */
const BASES: ReadonlySet<string> = new Set([
  'answers',
  'as_of',
  'buyers',
  'customer_spend',
  'customers',
  'experiment_outcomes',
  'ledger',
  'lines',
  'messages',
  'offers',
  'order_revenue',
  'orders',
  'purchase_days',
  'session_revenue',
  'shop_days',
  'signals',
  'touch_outcomes',
]);

/** What feeds the score models. */
const INPUTS: ReadonlySet<string> = new Set([
  'category_affinity',
  'customer_stats',
  'rfm_cuts',
  'score_groups',
  'sku_gaps',
  'spend_groups',
  'spend_means',
]);

const isConfig = ({ name }: View): boolean => name.startsWith('config_');

/** The page docs/metrics.md, made of what stands at the head of each file. */
export const metricsPage = (views: readonly View[], queries: readonly NamedQuery[]): string => {
  const byName = views.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const own = byName.filter((view) => !isConfig(view));
  return (
    [
      introduction,
      '## Questions for the first hour',
      'In Athena under Saved queries, and in `analytics/queries`.',
      queries.map(({ title, description }) => `- **${title}** ${description}`).join('\n'),
      '## Metrics',
      ...own.filter(({ name }) => !BASES.has(name) && !INPUTS.has(name)).flatMap(viewDocs),
      '## What scores are made of',
      ...own.filter(({ name }) => INPUTS.has(name)).flatMap(viewDocs),
      '## What the metrics are made of',
      ...own.filter(({ name }) => BASES.has(name)).flatMap(viewDocs),
      '## What the configuration says',
      ...byName.filter(isConfig).flatMap(viewDocs),
    ].join('\n\n') + '\n'
  );
};

/** The part of the page on one view. */
export const viewDocs = ({ name, doc, columns }: View): readonly string[] => [
  `### ${name}`,
  `**${doc.title}.** ${doc.definition}`,
  `- One row: ${doc.grain}\n- Mind: ${doc.pitfalls}\n- For example: ${doc.question}`,
  [
    '| column | type | what it is |',
    '|---|---|---|',
    ...columns.map((column) => `| ${column.name} | ${column.type} | ${escaped(column.doc)} |`),
  ].join('\n'),
];

const escaped = (text: string): string => text.replaceAll('|', '\\|');

const introduction = `# The metrics

Views of the lake, in \`analytics/views\`: one SELECT of Trino's a file, deployed to Athena as they stand. The rehearsal runs the
same files on DuckDB. This page is made of the comments at their heads.

What holds for all of them:

- Facts may come twice and late. Each counts once (\`fact_id\`), whenever it comes.
- Now is the latest fact (\`as_of\`), never the clock: a view gives the same answer over the same facts, today and in a
  rehearsal.
- Customers are pseudonyms, and those who were merged are one. Orders of nobody who is known count as orders, not in what is
  said of customers.
- A purchase is a day on which a customer ordered something that was not cancelled as a whole. Test orders are in no view.
- Days, months and quarters are those of the shop's time zone; where it says UTC they are not.
- Amounts end in \`_minor\`: whole minor units (cents) of the reporting currency, unless a column \`currency\` is beside them that
  says otherwise. Rates are frozen with the order.
- A rate of nothing is absent (NULL), not zero. To put rows together add up counts and sums and divide then: never average
  rates.
- The tables' partition \`dt\` is the day a fact arrived. Who filters by it should leave a week of slack for late ones.`;
