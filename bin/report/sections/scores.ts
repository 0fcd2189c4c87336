import { fitPurchaseModel, type PurchaseGroup } from '#core/domain/scores/fit-purchase-model.ts';
import { expectedPurchases, probabilityAlive } from '#core/domain/scores/purchase-model.ts';
import { HORIZON_DAYS } from '#core/domain/scores/score-customer.ts';
import { count, counted, decimal, FEWEST, month, NOTHING } from '../formats.ts';
import { flagIn, maybeNumberIn, numberIn, type Rows, rowsBy, sumOf, textIn } from '../rows.ts';
import { where } from '../scope.ts';
import { type Chapter, columnsOf, type ReportContext, type Table, type Told } from '../section.ts';

const DAYS_PER_WEEK = 7;

/** What is expected of the customers there are, by the model that scores them, and what they have been worth. */
export const scores: Chapter = {
  id: 'scores',
  title: 'What customers are expected to do',
  views: ['score_groups', 'customer_value'],
  queries: (scope) => [
    `select shop, frequency, recency, age, customers from score_groups ${where(scope)} order by shop, frequency, recency, age`,
    `select * from customer_value ${where(scope, { month: 'cohort', and: ['customers > 0'] })} order by cohort, shop, within_days`,
  ],
  tell: ([groups = [], values = []], context) =>
    groups.length === 0
      ? { reading: 'No customer is known to have bought yet.' }
      : toldScores(groups, values, context),
};

interface Expected {
  readonly shop: string;
  readonly customers: number;
  readonly repeatBuyers: number;
  /** Orders within the horizon, and customers who are still there; or why there are none. */
  readonly of: { readonly orders: number; readonly alive: number } | { readonly because: string };
}

const toldScores = (groups: Rows, values: Rows, context: ReportContext): Told => {
  const expected = [...rowsBy(groups, 'shop')].map(([shop, rows]) => expectedOf(shop, rows));
  return {
    reading: `${expected.map((each) => inWords(each, context)).join('; ')}.`,
    tables: [expectedTable(expected, context), ...valueTables(values, context)],
    notes: [
      'Expected by MBG/NBD (docs/scores.md), fitted here to the statistics of the weekly scores, in whole weeks; it knows no season.',
    ],
  };
};

/**
 * Histories in whole weeks, put together: the fit takes seconds less for a shop of thousands, and
 * a week more or less is less than the model knows.
 */
const groupsIn = (rows: Rows): readonly PurchaseGroup[] => {
  const groups = rows.flatMap((row): readonly PurchaseGroup[] => {
    const [frequency, exact] = [numberIn(row, 'frequency'), numberIn(row, 'recency')];
    if (exact > numberIn(row, 'age')) return [];
    const recency = frequency === 0 ? 0 : Math.max(1, Math.round(exact));
    const age = Math.max(recency, Math.round(numberIn(row, 'age')));
    return [{ frequency, recency, age, customers: numberIn(row, 'customers') }];
  });
  const alike = Map.groupBy(
    groups,
    ({ frequency, recency, age }) => `${frequency} ${recency} ${age}`,
  );
  return [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            ...first,
            customers: others.reduce((sum, { customers }) => sum + customers, first.customers),
          },
        ],
  );
};

const expectedOf = (shop: string, rows: Rows): Expected => {
  const groups = groupsIn(rows);
  const sum = (weigh: (group: (typeof groups)[number]) => number): number =>
    groups.reduce((total, group) => total + group.customers * weigh(group), 0);
  const fit = fitPurchaseModel('MBG/NBD', groups);
  return {
    shop,
    customers: sum(() => 1),
    repeatBuyers: sum(({ frequency }) => (frequency > 0 ? 1 : 0)),
    of:
      fit.kind === 'not-fitted'
        ? { because: fit.because }
        : {
            orders: sum((group) =>
              expectedPurchases(fit.model, group, HORIZON_DAYS / DAYS_PER_WEEK),
            ),
            alive: sum((group) => probabilityAlive(fit.model, group)),
          },
  };
};

const inWords = ({ shop, customers, of }: Expected, { shopName }: ReportContext): string =>
  'because' in of
    ? `of ${shopName(shop)}’s ${counted(customers, 'customer')} nothing is expected yet (${of.because})`
    : `${shopName(shop)}’s ${counted(customers, 'customer')} are expected to order on ${count(of.orders)} days of the next ${HORIZON_DAYS}, each customer’s counted`;

const expectedTable = (expected: readonly Expected[], { shopName }: ReportContext): Table => ({
  caption: `Expected within ${HORIZON_DAYS} days, by shop`,
  columns: columnsOf(
    'Shop',
    'Customers',
    'Bought again',
    'Still customers',
    'Order days expected',
    'Per customer',
  ),
  rows: expected.map(({ shop, customers, repeatBuyers, of }) => [
    shopName(shop),
    count(customers),
    count(repeatBuyers),
    ...('because' in of
      ? [NOTHING, NOTHING, NOTHING]
      : [
          count(of.alive),
          count(of.orders),
          customers < FEWEST ? NOTHING : decimal(of.orders / customers),
        ]),
  ]),
});

const SPANS = [30, 90, 180, 365] as const;

const valueTables = (
  rows: Rows,
  { money, shopName, currency }: ReportContext,
): readonly Table[] => {
  if (sumOf(rows, 'customers') === 0) return [];
  const lines = [...Map.groupBy(rows, (row) => `${textIn(row, 'cohort')}\n${textIn(row, 'shop')}`)];
  const cell = (of: Rows, days: number): string => {
    const row = of.find((each) => numberIn(each, 'within_days') === days);
    const value = row === undefined ? undefined : maybeNumberIn(row, 'revenue_per_customer_minor');
    if (row === undefined || value === undefined || numberIn(row, 'customers') < FEWEST)
      return NOTHING;
    const partly = flagIn(row, 'is_complete') ? '' : ', so far';
    return `${money.each(value)} (n ${count(numberIn(row, 'customers'))}${partly})`;
  };
  return [
    {
      caption: `What a customer was worth within so many days of the first purchase, net, ${currency}`,
      columns: columnsOf('First purchase in', 'Shop*', ...SPANS.map((days) => `${days} days`)),
      rows: lines.map(([, of]) => [
        month(textIn(of[0] ?? {}, 'cohort')),
        shopName(textIn(of[0] ?? {}, 'shop')),
        ...SPANS.map((days) => cell(of, days)),
      ]),
    },
  ];
};
