import { describe, expect, it } from 'vitest';
import { readOutcome } from '#core/domain/experiments/read-out-outcome.ts';
import type { OutcomeReadOut } from '#core/domain/experiments/read-out-types.ts';
import { meanDifference } from '#core/domain/statistics/mean-difference.ts';
import { welchInterval } from '#core/domain/statistics/welch-interval.ts';
import { seededRandom } from '#rehearsal/random.ts';
import { meanSpend, type Plan, type Shop, simulate } from './simulated-revenue.ts';

const EXPERIMENTS = 2_000;
const setting = { alpha: 0.05, nStar: 5_000 };
const revenue = { name: 'revenue', kind: 'amount' } as const;

/** One in twenty buys; the dearest hundredth of the buyers makes a tenth of the revenue. */
const shop: Shop = { conversion: 0.05, sigma: 1 };
const equalArms: Plan = { looks: 20, batch: { treatment: 300, control: 300 }, factor: 1 };

/** What each experiment says at each of its looks. */
const run = (seed: string, shops: Shop, plan: Plan, experiments = EXPERIMENTS) => {
  const random = seededRandom(seed);
  return Array.from({ length: experiments }, () =>
    simulate(random, shops, plan).map((arms) => readOutcome(revenue, arms, setting)),
  );
};

const shareOf = <Item>(items: readonly Item[], holds: (item: Item) => boolean): number =>
  items.filter(holds).length / items.length;

const claims = ({ verdict }: OutcomeReadOut): boolean =>
  verdict === 'better' || verdict === 'worse';

describe('two thousand experiments on heavy-tailed revenue, looked at twenty times each', () => {
  it('find a difference between equals in at most 5 %, where one-look intervals do in over 10 %', () => {
    const experiments = run('equal', shop, equalArms);
    const peeked = ({ effect }: OutcomeReadOut): boolean =>
      effect !== undefined && (effect.welch.lower > 0 || effect.welch.upper < 0);

    expect(experiments.every((looks) => looks.some(({ effect }) => effect !== undefined))).toBe(
      true,
    );
    expect(shareOf(experiments, (looks) => looks.some(claims))).toBeLessThanOrEqual(0.05);
    expect(shareOf(experiments, (looks) => looks.some(peeked))).toBeGreaterThan(0.1);
  });

  it('cover a planted lift as often as they say: at all looks, and at the last by Welch', () => {
    const factor = 1.3;
    const truth = (factor - 1) * meanSpend(shop);
    const experiments = run('lift', shop, { ...equalArms, factor });
    const covers = (interval: { lower: number; upper: number } | undefined): boolean =>
      interval === undefined || (interval.lower <= truth && truth <= interval.upper);

    const anyTime = shareOf(experiments, (looks) =>
      looks.every(({ effect }) => covers(effect?.anyTime)),
    );
    const lastLook = shareOf(experiments, (looks) => covers(looks.at(-1)?.effect?.welch));

    expect(anyTime).toBeGreaterThanOrEqual(0.95);
    // Four standard errors of 2,000 draws at 95 %: 4 · √(.95 · .05 / 2000) = .0195.
    expect(Math.abs(lastLook - 0.95)).toBeLessThan(0.0195);
  });
});

describe('a small holdout beside a heavy tail', () => {
  const heavy: Shop = { conversion: 0.02, sigma: 1.5, cap: 1.5 * 1.645 };
  const holdout: Plan = { looks: 1, batch: { treatment: 19_000, control: 1_000 }, factor: 1 };

  it('invents lift at one look far above the nominal 2.5 %, and shows nothing under a hundred buyers', () => {
    const random = seededRandom('small holdout');
    const arms = Array.from({ length: 200 }, () => simulate(random, heavy, holdout)[0]);
    const shown = arms.flatMap((one) => (one ? [one] : []));
    const invented = shareOf(shown, ({ treatment, control }) => {
      const difference = meanDifference(treatment.value, control.value);
      return welchInterval(difference, 0.05).lower > 0;
    });
    const readings = shown.map((one) => readOutcome(revenue, one, setting));

    expect(invented).toBeGreaterThan(0.07);
    expect(readings.map(({ verdict }) => verdict)).toStrictEqual(shown.map(() => 'too-early'));
    expect(readings.every(({ effect }) => effect === undefined)).toBe(true);
  });

  it('invents lift above the floor too, unless the capped version must agree', () => {
    const dear: Shop = { conversion: 0.05, sigma: 2, cap: 2 * 1.645 };
    const random = seededRandom('capped');
    const plan: Plan = { looks: 20, batch: { treatment: 3_800, control: 200 }, factor: 1 };
    const experiments = Array.from({ length: 250 }, () =>
      simulate(random, dear, plan).map((arms) => readOutcome(revenue, arms, setting)),
    );
    const uncapped = ({ effect }: OutcomeReadOut): boolean =>
      effect !== undefined && (effect.anyTime.lower > 0 || effect.anyTime.upper < 0);

    expect(shareOf(experiments, (looks) => looks.some(uncapped))).toBeGreaterThan(0.05);
    expect(shareOf(experiments, (looks) => looks.some(claims))).toBeLessThanOrEqual(0.05);
  });
});
