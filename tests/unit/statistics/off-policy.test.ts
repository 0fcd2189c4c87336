import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type LoggedReward,
  weightOf,
  weightSummary,
} from '#core/domain/statistics/importance-weights.ts';
import {
  doublyRobust,
  inversePropensity,
  type ModelledReward,
  selfNormalised,
} from '#core/domain/statistics/off-policy.ts';
import { fitRewards } from '#core/domain/statistics/reward-model.ts';
import { reference } from './reference.ts';

const estimate = z.object({ value: z.number(), standardError: z.number() });
const numbers = z.array(z.number());
const bandit = reference(
  'open-bandit.json',
  z.object({
    propensity: z.number(),
    cells: z.object({
      slot: numbers,
      item: numbers,
      rows: numbers,
      clicks: numbers,
      target: numbers,
      model: numbers,
    }),
    published: z.object({
      ips: z.number(),
      snips: z.number(),
      effectiveSampleSize: z.number(),
      random: z.number(),
      bts: z.number(),
    }),
    expected: z.object({
      random: z.number(),
      bts: z.number(),
      ips: estimate,
      snips: estimate,
      dr: estimate,
      cutAt2: z.object({ value: z.number(), rows: z.number() }),
      effectiveSampleSize: z.number(),
      largestWeight: z.number(),
      meanWeight: z.number(),
      support: z.number(),
    }),
  }),
);

const alpha = 0.05;

describe('on the Open Bandit Dataset, random log to Bernoulli Thompson sampling', () => {
  const { cells, expected, published } = bandit;
  const cell = (column: keyof typeof cells, at: number): number => cells[column][at] ?? NaN;
  const rows: readonly ModelledReward[] = cells.slot.flatMap((slot, at) => {
    const inSlot = cells.slot.flatMap((other, place) => (other === slot ? [place] : []));
    const expectedReward = inSlot.reduce(
      (sum, place) => sum + cell('target', place) * cell('model', place),
      0,
    );
    return Array.from({ length: cell('rows', at) }, (_, row) => ({
      reward: Number(row < cell('clicks', at)),
      propensity: bandit.propensity,
      target: cell('target', at),
      predicted: cell('model', at),
      expected: expectedReward,
    }));
  });

  it('gives what Open Bandit Pipeline publishes for IPW, SNIPW and the effective sample size', () => {
    const ips = inversePropensity(rows, { alpha });
    const snips = selfNormalised(rows, { alpha });
    const weights = weightSummary(rows);

    expect(ips.value).toBeCloseTo(published.ips, 6);
    expect(snips?.value).toBeCloseTo(published.snips, 6);
    expect(Math.round(weights.effectiveSampleSize)).toBe(published.effectiveSampleSize);
    expect(expected.random).toBeCloseTo(published.random, 12);
    expect(expected.bts).toBeCloseTo(published.bts, 12);
  });

  it("matches numpy's estimates, standard errors and weights to nine digits", () => {
    const results = {
      ips: inversePropensity(rows, { alpha }),
      snips: selfNormalised(rows, { alpha }),
      dr: doublyRobust(rows, { alpha }),
    };
    const weights = weightSummary(rows);

    for (const name of ['ips', 'snips', 'dr'] as const) {
      expect((results[name]?.value ?? 0) / expected[name].value).toBeCloseTo(1, 9);
      expect((results[name]?.standardError ?? 0) / expected[name].standardError).toBeCloseTo(1, 9);
    }
    expect(weights).toMatchObject({
      rows: 10_000,
      support: expected.support,
      largestWeight: expect.closeTo(expected.largestWeight, 9),
      meanWeight: expect.closeTo(expected.meanWeight, 9),
      effectiveSampleSize: expect.closeTo(expected.effectiveSampleSize, 6),
    });
  });

  it('has an interval of 1.96 standard errors to each side', () => {
    const { value, standardError, interval } = inversePropensity(rows, { alpha });

    expect(interval.upper - value).toBeCloseTo(1.9602 * standardError, 6);
    expect(value - interval.lower).toBeCloseTo(1.9602 * standardError, 6);
  });

  it('counts and cuts weights above the largest that is allowed', () => {
    const cut = inversePropensity(rows, { alpha, maxWeight: 2 });

    expect(cut.value).toBeCloseTo(expected.cutAt2.value, 12);
    expect(weightSummary(rows, { maxWeight: 2 })).toMatchObject({
      cut: expected.cutAt2.rows,
      largestWeight: expect.closeTo(expected.largestWeight, 9),
    });
  });
});

/** Park & Miller's minimal standard generator: the same draws on every machine. */
const drawsFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

describe('on simulated logs of two contexts and three actions', () => {
  const rates = { a: [0.1, 0.3, 0.5], b: [0.6, 0.2, 0.1] } as const;
  const ran = { a: [0.6, 0.3, 0.1], b: [0.2, 0.5, 0.3] } as const;
  const target = { a: [0.1, 0.2, 0.7], b: [0.7, 0.2, 0.1] } as const;
  const valueOf = (policy: typeof target, context: 'a' | 'b'): number =>
    policy[context].reduce((sum, chance, at) => sum + chance * (rates[context][at] ?? 0), 0);
  const truth = (valueOf(target, 'a') + valueOf(target, 'b')) / 2;

  const simulated = (seed: number, rows: number): readonly ModelledReward[] => {
    const draw = drawsFrom(seed);
    return Array.from({ length: rows }, () => {
      const context = draw() < 0.5 ? 'a' : 'b';
      const [first, second] = ran[context];
      const at = draw();
      const action = at < first ? 0 : at < first + second ? 1 : 2;
      const rate = rates[context][action];
      return {
        reward: Number(draw() < rate),
        propensity: ran[context][action],
        target: target[context][action],
        predicted: rate,
        expected: valueOf(target, context),
      };
    });
  };
  const logsOf = Array.from({ length: 200 }, (_, at) => simulated(1_000 + 7 * at, 400));
  const estimators = [
    { name: 'IPS', by: inversePropensity },
    { name: 'SNIPS', by: selfNormalised },
    { name: 'DR', by: doublyRobust },
  ] as const;
  const estimatesBy = (by: (typeof estimators)[number]['by']) =>
    logsOf.flatMap((log) => by(log, { alpha }) ?? []);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = (values: readonly number[]): number =>
    Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

  it.each(estimators)('$name is right on average, to four standard errors', ({ by }) => {
    const values = estimatesBy(by).map(({ value }) => value);

    expect(values).toHaveLength(logsOf.length);
    expect(Math.abs(mean(values) - truth)).toBeLessThan(
      (4 * spread(values)) / Math.sqrt(values.length),
    );
  });

  it.each(estimators)(
    '$name has an interval that holds the truth about as often as it says',
    ({ by }) => {
      const held = estimatesBy(by).filter(
        ({ interval: { lower, upper } }) => lower <= truth && truth <= upper,
      ).length;

      // 95 % of 200 is 190, give or take 3.1; four of those to each side.
      expect(held).toBeGreaterThan(177);
    },
  );

  it('DR with the true model is less noisy than IPS', () => {
    const [ips, dr] = [inversePropensity, doublyRobust].map((by) =>
      spread(estimatesBy(by).map(({ value }) => value)),
    );

    expect(dr).toBeLessThan(0.85 * (ips ?? 0));
  });

  it('the mean of the log misses the truth: it is of another policy', () => {
    const values = logsOf.map((log) => mean(log.map((row) => row.reward)));

    expect(Math.abs(mean(values) - truth)).toBeGreaterThan(0.1);
  });
});

describe('what cannot be evaluated', () => {
  const row: LoggedReward = { reward: 1, propensity: 0.5, target: 0.5 };

  it.each([0, -0.1, 1.1, NaN])('refuses the propensity %s', (propensity) => {
    expect(() => weightOf({ ...row, propensity })).toThrow(/propensity: got .*, expected a number/);
  });

  it.each([-0.1, 1.1, NaN])('refuses the target %s', (target) => {
    expect(() => inversePropensity([row, { ...row, target }], { alpha })).toThrow('target: got');
  });

  it('refuses rewards, predictions and largest weights that are none', () => {
    const modelled = { ...row, predicted: NaN, expected: 0 };

    expect(() => inversePropensity([row, { ...row, reward: NaN }], { alpha })).toThrow(
      'reward: got',
    );
    expect(() => doublyRobust([modelled, modelled], { alpha })).toThrow('predicted: got NaN');
    expect(() => weightOf(row, { maxWeight: 0 })).toThrow('largest weight: got 0');
  });

  it('refuses a single cluster, whose rows tell nothing of chance', () => {
    const session = { ...row, cluster: 's-1' };

    expect(() => inversePropensity([session, session], { alpha })).toThrow('n: got 1');
  });

  it('knows nothing by SNIPS, rather than zero, of a policy that does nothing that was done', () => {
    const other = [row, row].map((each) => ({ ...each, target: 0 }));

    expect(selfNormalised(other, { alpha })).toBeUndefined();
    expect(weightSummary(other)).toMatchObject({ effectiveSampleSize: 0, support: 0 });
    expect(weightSummary([])).toMatchObject({ rows: 0, effectiveSampleSize: 0, support: 0 });
  });
});

describe('the model of rewards', () => {
  const seen = (action: string, slot: string, rewards: readonly number[], context = '') =>
    rewards.map((each) => ({ action, slot, context, reward: each }));

  it('is between the mean of the cell and that of what is wider, by hand', () => {
    const model = fitRewards([...seen('a', '1', [1, 1]), ...seen('b', '1', [0, 0])], 2);

    // Overall .5; action (2 + 2 · .5) / 4 = .75; in the slot (2 + 2 · .75) / 4 = .875; in the context (2 + 2 · .875) / 4.
    expect(model({ slot: '1', context: '' }, 'a')).toBeCloseTo(0.9375, 12);
    expect(model({ slot: '2', context: '' }, 'a')).toBeCloseTo(0.75, 12);
    expect(model({ slot: '1', context: '' }, 'c')).toBeCloseTo(0.5, 12);
  });

  it('comes to the mean of the cell as rows come', () => {
    const rewards = Array.from({ length: 20_000 }, (_, at) => Number(at % 4 === 0));
    const model = fitRewards([...seen('a', '1', rewards, 'x'), ...seen('a', '2', [1, 1, 1], 'x')]);

    expect(model({ slot: '1', context: 'x' }, 'a')).toBeCloseTo(0.25, 3);
  });

  it('of nothing expects nothing, and refuses what is no reward', () => {
    expect(fitRewards([])({ slot: '', context: '' }, 'a')).toBe(0);
    expect(() => fitRewards(seen('a', '1', [NaN]))).toThrow('reward: got NaN');
    expect(() => fitRewards([], 0)).toThrow('prior rows: got 0');
  });
});
