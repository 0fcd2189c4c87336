import { EVERY_LOCALE } from './order-coverage.ts';
import type { BatchOutcome } from './roll-out-plan.ts';
import type { DraftSums, OrderCoverage, RollOutReport } from './roll-out-report.ts';

/** Rows of a table that a person looks through. */
const MOST_ROWS = 30;

const whole = new Intl.NumberFormat('en-GB');
const dollars = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
});
const percent = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 });

const share = (part: number, all: number): string => (all === 0 ? '–' : percent.format(part / all));
const each = (usd: number, all: number): string => (all === 0 ? '–' : dollars.format(usd / all));

/** The report as a page of Markdown, for whoever is to read and approve the texts. */
export const reportPage = (report: RollOutReport): string =>
  [
    headOf(report),
    ordersOf(report.orders),
    textsOf(report),
    refusalsOf(report),
    productsOf(report),
    costOf(report),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');

const headOf = ({ run, reportedAt, results, plan }: RollOutReport): string => {
  const { approved, pending, refused } = results.all;
  return [
    `# Roll-out ${run}`,
    `${reportedAt.slice(0, 16).replace('T', ' ')} UTC`,
    `Products: ${whole.format(plan.products.inCatalogue)} in the catalogue, ${whole.format(plan.products.settled)} with nothing to be drafted, ${whole.format(plan.products.planned)} planned, ${whole.format(plan.products.leftOut)} beyond the limit, ${whole.format(results.all.drafted)} drafted. Their texts: ${whole.format(approved)} in use, ${whole.format(pending)} waiting for a person, ${whole.format(refused)} that broke a rule.`,
  ].join('\n\n');
};

const ordersOf = (orders: readonly OrderCoverage[]): string =>
  section(
    "Last month's orders",
    'An order counts when a message about it can say how to use or care for what was bought: of one of its products at least, or of all of them. `every` is whatever the language of the order.',
    ['Shop', 'Locale', 'Orders', 'A product, before', 'now', 'All products, before', 'now'],
    orders.map(({ shop, locale, orders: all, before, after }) => [
      shop,
      locale === EVERY_LOCALE ? '`every`' : locale,
      whole.format(all),
      share(before.some, all),
      share(after.some, all),
      share(before.every, all),
      share(after.every, all),
    ]),
  );

const textMeanings: Readonly<Record<string, string>> = {
  approved: 'in use',
  pending: 'wait for a person',
  refused: 'broke a rule: no customer gets them',
  'no-facts': 'the catalogue states nothing that such a text could rest on',
  'not-written': 'the model left them out',
  unusable: 'the model gave no draft',
  unchanged: 'written before, from the same facts',
};

const textsOf = ({ results }: RollOutReport): string =>
  section(
    'Texts',
    '',
    ['Outcome', 'Texts', 'Meaning'],
    sorted(results.texts).map(([outcome, texts]) => [
      outcome,
      whole.format(texts),
      textMeanings[outcome] ?? '',
    ]),
  ) +
  (Object.keys(results.facts).length === 0
    ? ''
    : `\n\nFacts that were proposed: ${sorted(results.facts)
        .map(([outcome, facts]) => `${whole.format(facts)} ${outcome}`)
        .join(', ')}.`);

const refusalsOf = ({ results }: RollOutReport): string =>
  section(
    'Refused, and why',
    'A text may break several rules.',
    ['Rule', 'Texts', 'For example'],
    results.refusals.map(({ rule, texts, examples }) => [
      rule,
      whole.format(texts),
      examples.join(', '),
    ]),
  );

const productMeanings: Readonly<Record<string, string>> = {
  drafted: 'got a text at least',
  unchanged: 'got none: see the outcomes of texts',
  'over-budget': 'the budget had no room: another run goes on with them',
  'being-drafted': 'another request drafted them at the same time',
  'unknown-item': 'left the catalogue since the plan',
  failed: 'every attempt failed: another run goes on with them',
};

const productsOf = ({ results, plan }: RollOutReport): string => {
  const left = plan.products.planned - results.all.products;
  const rows = sorted(results.products).map(([fate, products]) => [
    fate,
    whole.format(products),
    productMeanings[fate] ?? '',
  ]);
  const unseen =
    left > 0 ? [['without a result', whole.format(left), 'not begun, or cut off']] : [];
  const failures = results.failures.flatMap(({ error, products, examples }) =>
    examples
      .slice(0, 1)
      .map(({ sku, cause }) => [error, whole.format(products), sku, cause.slice(0, 200)]),
  );
  return [
    section('Products', '', ['Outcome', 'Products', 'Meaning'], [...rows, ...unseen]),
    section('Failures', '', ['Error', 'Products', 'For example', 'Its cause'], failures),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};

/** Nothing where no batch was asked for. */
const batchOf = ({ plan: { batch: planned }, batch: done }: RollOutReport): readonly string[] => {
  if (planned === undefined) return [];
  if (planned.kind === 'on-demand') return [`Not by batch inference: ${planned.because}.`];
  const cut =
    planned.cutBy === undefined
      ? ''
      : ` ${whole.format(planned.cut)} products had no room in ${planned.cutBy}: another run goes on with them.`;
  const asked = `The job of batch inference had ${whole.format(planned.records)} records, estimated ${dollars.format(planned.estimate.usd)}.${cut}`;
  return [`${asked} ${endOf(done)}`];
};

const endOf = (done: BatchOutcome | undefined): string => {
  const { status = 'unknown', message, answered, failed = 0, usd = 0 } = done ?? {};
  if (answered === undefined)
    return `It ended as ${status}${message === undefined ? '' : ` (${message})`}: drafts were made by calls.`;
  const why = failed > 0 && message !== undefined ? `, such as by: ${message}` : '';
  return `It ended as ${status}: ${whole.format(answered)} were answered for ${dollars.format(usd)}, ${whole.format(failed)} failed${why}. What had no answer, or broke a rule, was asked for by calls.`;
};

const costOf = (report: RollOutReport): string => {
  const { results, plan, counted } = report;
  const { all, byShop, byCategory, calls } = results;
  const texts = all.approved + all.pending + all.refused;
  const head = [
    'Shop',
    'Category',
    'Products',
    'Drafted',
    'In use',
    'Waiting',
    'Refused',
    'USD',
    'USD a product',
    'USD a text',
  ];
  const shops = byShop.length > 1 ? byShop : [];
  const rows = [
    ...shops.map(({ shop, ...sums }) => [shop, '*all*', ...sumsOf(sums)]),
    ...byCategory
      .slice(0, MOST_ROWS)
      .map(({ shop, category, ...sums }) => [shop, category || '*none*', ...sumsOf(sums)]),
  ];
  const more = byCategory.length - MOST_ROWS;
  const taken = `${whole.format(calls)} calls took ${whole.format(all.tokens)} tokens and ${dollars.format(all.usd)}: ${each(all.usd, all.drafted)} for a drafted product, ${each(all.usd, texts)} for a text. The budget was ${dollars.format(plan.budget.usd)} and ${whole.format(plan.budget.tokens)} tokens; with calls that broke off and may have been charged, ${dollars.format(counted.usd)} of it is used.`;
  const estimates = plan.estimates
    .map(
      ({ model, isInUse, usd, tokens }) =>
        `- ${model}${isInUse ? ' (in use)' : ''}: estimated ${dollars.format(usd)}, ${whole.format(tokens)} tokens`,
    )
    .join('\n');
  const rest = more > 0 ? `\n\n${whole.format(more)} more categories are in report.json.` : '';
  const sums = rows.length === 0 ? [] : [table(head, rows)];
  return ['## Cost', taken, ...batchOf(report), estimates, ...sums].join('\n\n').concat(rest);
};

const sumsOf = (sums: DraftSums): readonly string[] => [
  whole.format(sums.products),
  whole.format(sums.drafted),
  whole.format(sums.approved),
  whole.format(sums.pending),
  whole.format(sums.refused),
  dollars.format(sums.usd),
  each(sums.usd, sums.drafted),
  each(sums.usd, sums.approved + sums.pending + sums.refused),
];

const sorted = (counts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] =>
  Object.entries(counts).toSorted(([, a], [, b]) => b - a);

/** Nothing where there are no rows. */
const section = (
  title: string,
  note: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string =>
  rows.length === 0
    ? ''
    : [`## ${title}`, ...(note === '' ? [] : [note]), table(head, rows)].join('\n\n');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map(cell).join(' | ')} |`)
    .join('\n');

/** Names of categories and causes are others' words: they stay in their cell. */
const cell = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;');
