import { fitModels } from '#core/domain/scores/fit-models.ts';
import type { PurchaseGroup } from '#core/domain/scores/fit-purchase-model.ts';
import type { SpendGroup } from '#core/domain/scores/fit-spend-model.ts';
import type { PurchaseModel } from '#core/domain/scores/purchase-model.ts';
import { type CustomerStats, scoreCustomer } from '#core/domain/scores/score-customer.ts';
import { seededRandom } from '../random.ts';

export interface ScoreFigures {
  readonly customers: number;
  /** Distinct histories, as SQL would group them. */
  readonly groups: number;
  readonly fitMs: number;
  /** Steps of the search for the purchase model. */
  readonly iterations: number;
  readonly scoresPerSecond: number;
  /** What the sample was drawn with, and what was fitted. */
  readonly drawn: PurchaseModel;
  readonly fitted: PurchaseModel;
}

/** Parameters of CDNOW's customers, rounded. */
const drawn: PurchaseModel = { name: 'MBG/NBD', r: 0.5, alpha: 6, a: 1, b: 2 };

const WEEKS = 52;
const DAYS_A_WEEK = 7;

/**
 * Draws customers who order as the model says, fits the models on their grouped statistics, and scores
 * each of them.
 *
 * @throws Error when the model cannot be fitted on them
 */
export const measureScores = (customers = 20_000): ScoreFigures => {
  const random = seededRandom('scores');
  const people = Array.from({ length: customers }, () => draw(random));
  const purchases = groupsOf(people);
  const spend: readonly SpendGroup[] = people.flatMap(({ spend: one }) =>
    one === undefined ? [] : [{ ...one, customers: 1 }],
  );
  const began = performance.now();
  const models = fitModels({
    fittedAt: '2026-11-22T00:00:00.000Z',
    purchases,
    spend,
    firstReturn: [],
  });
  const fitMs = performance.now() - began;
  if (models.purchases.kind !== 'fitted')
    throw new Error(
      `no model fits ${customers} customers drawn by it: ${models.purchases.because}`,
    );
  const scoringMs = performance.now();
  for (const person of people) scoreCustomer(models, person);
  return {
    customers,
    groups: purchases.length,
    fitMs,
    iterations: models.purchases.iterations,
    scoresPerSecond: (customers * 1000) / (performance.now() - scoringMs),
    drawn,
    fitted: models.purchases.model,
  };
};

type Draw = () => number;

const draw = (random: Draw): CustomerStats => {
  const rate = gamma(drawn.r, random) / drawn.alpha;
  const [stays, leaves] = [gamma(drawn.b, random), gamma(drawn.a, random)];
  const leaving = leaves / (stays + leaves);
  const age = WEEKS * (0.5 + random() / 2);
  const times: number[] = [];
  let next = 0;
  while (random() >= leaving) {
    next -= Math.log1p(-random()) / rate;
    if (next > age) break;
    times.push(next);
  }
  const inDays = (weeks: number): number => Math.ceil(weeks * DAYS_A_WEEK) / DAYS_A_WEEK;
  const transactions = times.length + 1;
  const level = 4_000 / Math.max(gamma(4, random), 0.1);
  const spent = times.reduce((sum) => sum + level * gamma(6, random), level * gamma(6, random));
  return {
    frequency: times.length,
    recency: inDays(times.at(-1) ?? 0),
    age: inDays(age),
    lastOrderDay: '2026-10-01',
    spentMinor: Math.ceil(spent),
    spend: { transactions, meanValue: Math.ceil(spent) / transactions },
    categories: [],
  };
};

/**
 * A draw of Γ(shape, 1), by Marsaglia & Tsang, "A simple method for generating gamma variables", ACM
 * Trans. Math. Softw. 26(3), 2000; below a shape of 1 by one that is higher.
 */
const gamma = (shape: number, random: Draw): number => {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < x ** 2 / 2 + d * (1 - v + Math.log(v))) return d * v;
  }
};

/** Box & Muller's draw of a standard normal. */
const normal = (random: Draw): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const groupsOf = (people: readonly CustomerStats[]): readonly PurchaseGroup[] =>
  [
    ...Map.groupBy(
      people,
      ({ frequency, recency, age }) => `${frequency} ${recency} ${age}`,
    ).values(),
  ].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { frequency, recency, age } = first;
    return [{ frequency, recency, age, customers: same.length }];
  });
