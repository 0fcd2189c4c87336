import { rowsAs, type RowOf, scoreViews } from '#core/contracts/score-views.ts';
import { affinityOf } from '#core/domain/scores/category-affinity.ts';
import type { SurvivalPoint } from '#core/domain/scores/first-return.ts';
import type { ScoreStatistics } from '#core/domain/scores/fit-models.ts';
import { MIN_CUSTOMERS, MIN_REPEAT_BUYERS } from '#core/domain/scores/fit-purchase-model.ts';
import type { CutPoints, RfmCuts } from '#core/domain/scores/rfm.ts';
import type { QueryResults } from '#core/ports/query-results.ts';
import type { FitScoresInput } from './contract.ts';

/** The statistics of one shop, and what of them could not be used. */
export interface ShopStatistics {
  readonly shop: string;
  readonly statistics: ScoreStatistics;
  /** Customers whose last order is later than the latest fact of the lake. */
  readonly leftOut: number;
}

/**
 * Reads what the queries answered, shop by shop; a shop without buyers has none.
 *
 * @throws for an answer that is not of its view
 */
export const readStatistics = async (
  results: QueryResults,
  { fittedAt, queries }: FitScoresInput,
): Promise<readonly ShopStatistics[]> => {
  const of = (view: keyof FitScoresInput['queries']) => results.rows(queries[view]);
  const groups = await byShop(rowsAs('score_groups', scoreViews.score_groups, of('score_groups')));
  const spend = await byShop(rowsAs('spend_groups', scoreViews.spend_groups, of('spend_groups')));
  const returns = await byShop(
    rowsAs(
      'time_to_second_purchase',
      scoreViews.time_to_second_purchase,
      of('time_to_second_purchase'),
    ),
  );
  const cuts = await byShop(rowsAs('rfm_cuts', scoreViews.rfm_cuts, of('rfm_cuts')));
  const pairs = await byShop(
    rowsAs('category_affinity', scoreViews.category_affinity, of('category_affinity')),
  );
  return [...groups].map(([shop, all]) => {
    const purchases = all.filter(({ recency, age }) => recency <= age);
    return {
      shop,
      leftOut: customersIn(all) - customersIn(purchases),
      statistics: {
        fittedAt,
        purchases,
        spend: (spend.get(shop) ?? []).map(toSpendGroup),
        firstReturn: curveOf(returns.get(shop) ?? []),
        rfmCuts: rfmCutsOf(cuts.get(shop) ?? []),
        affinity: affinityOf((pairs.get(shop) ?? []).map(toPair)),
      },
    };
  });
};

const byShop = async <Row extends { readonly shop: string }>(
  rows: AsyncIterable<Row>,
): Promise<ReadonlyMap<string, readonly Omit<Row, 'shop'>[]>> => {
  const shops = new Map<string, Omit<Row, 'shop'>[]>();
  for await (const { shop, ...row } of rows) {
    const of = shops.get(shop) ?? [];
    of.push(row);
    shops.set(shop, of);
  }
  return shops;
};

const customersIn = (groups: readonly { readonly customers: number }[]): number =>
  groups.reduce((sum, { customers }) => sum + customers, 0);

type Of<View extends Parameters<typeof rowsAs>[0]> = Omit<RowOf<View>, 'shop'>;

const toSpendGroup = ({ transactions, mean_value, customers }: Of<'spend_groups'>) => ({
  transactions,
  meanValue: mean_value,
  customers,
});

/** Of as many as a model is fitted to; the curve of a few says that whoever is not back within days is late. */
const curveOf = (rows: readonly Of<'time_to_second_purchase'>[]): readonly SurvivalPoint[] => {
  const customers = rows.reduce((most, { at_risk }) => Math.max(most, at_risk), 0);
  const returned = rows.reduce((sum, { events }) => sum + events, 0);
  if (customers < MIN_CUSTOMERS || returned < MIN_REPEAT_BUYERS) return [];
  return rows.toSorted((a, b) => a.day - b.day).map(({ day, survival }) => ({ day, survival }));
};

const toPair = (row: Of<'category_affinity'>) => ({
  category: row.category,
  withCategory: row.with_category,
  customersWithBoth: row.customers_with_both,
  customers: row.customers,
});

/** All three, or none. */
const rfmCutsOf = (rows: readonly Of<'rfm_cuts'>[]): RfmCuts | undefined => {
  const of = (wanted: keyof RfmCuts): CutPoints | undefined => {
    const row = rows.find(({ measure }) => measure === wanted);
    return row && [row.p20, row.p40, row.p60, row.p80];
  };
  const [recency, frequency, monetary] = [of('recency'), of('frequency'), of('monetary')];
  return recency && frequency && monetary && { recency, frequency, monetary };
};
