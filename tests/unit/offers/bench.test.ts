import { describe, expect, test } from 'vitest';
import { measureDecisions } from '#rehearsal/bench/offers/measure-decisions.ts';
import { policies } from '#rehearsal/bench/offers/policies.ts';
import { relativeRegret } from '#rehearsal/bench/offers/simulate.ts';
import { typesInWorld, worldOf } from '#rehearsal/bench/offers/world.ts';

const simulation = { offers: 20, impressions: 4_000, delay: 0, refresh: 10, refit: 500 };

const regretOf = (policy: string, change: Partial<typeof simulation> = {}): number =>
  relativeRegret(policy, '1', { ...simulation, ...change });

const ours = 'Thompson, fitted priors (ours)';

describe('the bench of offers', () => {
  test.each(Object.keys(policies))('runs %s, the same each time', (policy) => {
    const regret = regretOf(policy, { impressions: 1_000 });

    // Sums of a thousand rounded terms may end a little below.
    expect(regret).toBeGreaterThan(-1e-9);
    expect(regret).toBeLessThan(1);
    expect(regretOf(policy, { impressions: 1_000 })).toBe(regret);
  });

  test('has the rule forgo less than chance does, also when successes come late', () => {
    const chance = regretOf('random');

    expect(regretOf(ours)).toBeLessThan(chance / 1.5);
    expect(regretOf(ours, { delay: 200 })).toBeLessThan(chance / 1.5);
  });

  test('counts a late success for the offer it was of', () => {
    const late = regretOf('greedy, fitted priors', { delay: 3_999 });

    // Nothing succeeds in time, so the mean alone says what to try.
    expect(late).not.toBe(regretOf('greedy, fitted priors'));
  });

  test('names the policies there are when asked for another', () => {
    expect(() => regretOf('luck')).toThrow(/no policy "luck"; there are .*UCB1; random/);
  });

  test('draws worlds by their types, each seed its own', () => {
    const { candidates, rate, bestMinor, expectedMinor } = worldOf(2_000, 'types');
    const upsells = [...rate].filter((_, index) => candidates[index]?.offer.type === 'upsell');
    const { alpha, beta } = typesInWorld.upsell.rate;

    const mean = upsells.reduce((sum, each) => sum + each, 0) / upsells.length;
    expect(upsells).toHaveLength(400);
    expect(mean).toBeCloseTo(alpha / (alpha + beta), 2);
    expect(Math.max(...expectedMinor)).toBe(bestMinor);
    expect(worldOf(10, 'a').rate).not.toEqual(worldOf(10, 'b').rate);
    expect(worldOf(10, 'a')).toEqual(worldOf(10, 'a'));
  });

  test('times decisions over as many candidates as it says', () => {
    const { candidates, whole, ranking, decisionsPerSecond } = measureDecisions(40, 30);

    expect(candidates).toBe(40);
    for (const { p50, p99 } of [whole, ranking]) {
      expect(p50).toBeGreaterThan(0);
      expect(p99).toBeGreaterThanOrEqual(p50);
    }
    expect(decisionsPerSecond).toBeGreaterThan(0);
  });
});
