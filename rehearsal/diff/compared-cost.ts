import { type Bill, billOf } from '../cost/bill.ts';
import type { UsageCounts } from '../cost/counts.ts';
import type { PriceList } from '../cost/price-list.ts';

/** What 1,000 orders cost on both sides, by service, in the currency of the price list. */
export interface CostChange {
  readonly service: string;
  readonly before: number;
  readonly after: number;
}

export interface ComparedCost {
  readonly total: CostChange;
  /** Those that changed, the greatest change first. */
  readonly services: readonly CostChange[];
}

/** Measured in real time, which differs between two runs of one version. */
const MEASURED = new Set(['lambdaGbSeconds']);

/** Less is rounding. Of 1,000 orders. */
const LEAST_CHANGE = 0.0005;

/**
 * The list price of both runs without the run time of functions.
 *
 * @throws {UnusableCosts} for anything counted that has no price
 */
export const compareCost = (
  before: UsageCounts,
  after: UsageCounts,
  prices: PriceList,
): ComparedCost => {
  const [earlier, later] = [billOfUse(before, prices), billOfUse(after, prices)];
  const names = [...earlier.services, ...later.services].map(({ service }) => service);
  return {
    total: {
      service: 'in all',
      before: THOUSAND * earlier.costPerOrder,
      after: THOUSAND * later.costPerOrder,
    },
    services: [...new Set(names)]
      .map((service) => ({
        service,
        before: costOf(earlier, service),
        after: costOf(later, service),
      }))
      .filter((line) => Math.abs(differenceOf(line)) >= LEAST_CHANGE)
      .toSorted((a, b) => Math.abs(differenceOf(b)) - Math.abs(differenceOf(a))),
  };
};

const THOUSAND = 1_000;

const billOfUse = (counts: UsageCounts, prices: PriceList): Bill =>
  billOf({ ...counts, uses: counts.uses.map(withoutMeasured) }, prices, {
    ordersPerMonth: THOUSAND,
    lambdaFactor: 1,
  });

const withoutMeasured = (use: UsageCounts['uses'][number]): UsageCounts['uses'][number] => ({
  ...use,
  units: Object.fromEntries(Object.entries(use.units).filter(([unit]) => !MEASURED.has(unit))),
});

const costOf = ({ services }: Bill, service: string): number =>
  THOUSAND * (services.find((line) => line.service === service)?.costPerOrder ?? 0);

const differenceOf = ({ before, after }: CostChange): number => after - before;
