import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weightSummary } from '#core/domain/statistics/importance-weights.ts';
import {
  doublyRobust,
  inversePropensity,
  selfNormalised,
} from '#core/domain/statistics/off-policy.ts';

const alpha = 0.05;
const share = fc.double({ min: 0.01, max: 1, noNaN: true });
const reward = fc.double({ min: -10, max: 10, noNaN: true });
const logs = fc.array(fc.record({ reward, propensity: share, target: share }), {
  minLength: 3,
  maxLength: 40,
});

describe('off-policy estimates', () => {
  it('of the policy that ran the estimate is the mean of the log, and each row counts once', () => {
    fc.assert(
      fc.property(logs, reward, (log, model) => {
        const same = log.map((row) => ({
          ...row,
          target: row.propensity,
          predicted: model,
          expected: model,
        }));
        const mean = log.reduce((sum, row) => sum + row.reward, 0) / log.length;

        expect(inversePropensity(same, { alpha }).value).toBeCloseTo(mean, 9);
        expect(selfNormalised(same, { alpha })?.value).toBeCloseTo(mean, 9);
        expect(doublyRobust(same, { alpha }).value).toBeCloseTo(mean, 9);
        expect(weightSummary(same).effectiveSampleSize).toBeCloseTo(log.length, 9);
      }),
    );
  });

  it('of the policy that ran DR is the mean with any model where each action came up as often as it was likely to', () => {
    fc.assert(
      fc.property(fc.array(reward, { minLength: 4, maxLength: 4 }), reward, (rewards, apart) => {
        const model = (isFirst: boolean): number => (isFirst ? apart : 0);
        const rows = rewards.map((earned, at) => ({
          reward: earned,
          propensity: at === 0 ? 0.25 : 0.75,
          target: at === 0 ? 0.25 : 0.75,
          predicted: model(at === 0),
          expected: 0.25 * model(true) + 0.75 * model(false),
        }));

        const mean = rewards.reduce((sum, each) => sum + each, 0) / 4;
        expect(doublyRobust(rows, { alpha }).value).toBeCloseTo(mean, 9);
      }),
    );
  });

  it('rewards in another unit give the same estimate in that unit', () => {
    fc.assert(
      fc.property(logs, fc.double({ min: 0.1, max: 100, noNaN: true }), (log, unit) => {
        const rows = log.map((row) => ({ ...row, predicted: 1, expected: 2 }));
        const scaled = rows.map((row) => ({
          ...row,
          reward: row.reward * unit,
          predicted: unit,
          expected: 2 * unit,
        }));

        for (const by of [inversePropensity, doublyRobust]) {
          const [one, other] = [by(rows, { alpha }), by(scaled, { alpha })];
          expect(other.value / unit).toBeCloseTo(one.value, 6);
          expect(other.standardError / unit).toBeCloseTo(one.standardError, 6);
        }
        const [one, other] = [selfNormalised(rows, { alpha }), selfNormalised(scaled, { alpha })];
        expect((other?.value ?? NaN) / unit).toBeCloseTo(one?.value ?? NaN, 6);
      }),
    );
  });

  it('SNIPS does not change when all propensities are wrong by one factor, and moves with the rewards', () => {
    fc.assert(
      fc.property(logs, fc.double({ min: 0.1, max: 1, noNaN: true }), reward, (log, factor, by) => {
        const scaled = log.map((row) => ({ ...row, propensity: row.propensity * factor }));
        const moved = log.map((row) => ({ ...row, reward: row.reward + by }));
        const snips = selfNormalised(log, { alpha });

        expect(selfNormalised(scaled, { alpha })?.value).toBeCloseTo(snips?.value ?? NaN, 9);
        expect(selfNormalised(moved, { alpha })?.value).toBeCloseTo((snips?.value ?? NaN) + by, 9);
        expect(snips?.value).toBeGreaterThanOrEqual(
          Math.min(...log.map((row) => row.reward)) - 1e-9,
        );
        expect(snips?.value).toBeLessThanOrEqual(Math.max(...log.map((row) => row.reward)) + 1e-9);
      }),
    );
  });

  it('DR of a model that always says 0 is IPS', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const rows = log.map((row) => ({ ...row, predicted: 0, expected: 0 }));

        expect(doublyRobust(rows, { alpha })).toStrictEqual(inversePropensity(rows, { alpha }));
      }),
    );
  });

  it('the effective sample size is at most the number of rows', () => {
    fc.assert(
      fc.property(logs, (log) => {
        expect(weightSummary(log).effectiveSampleSize).toBeLessThanOrEqual(log.length + 1e-9);
      }),
    );
  });

  it('rows that come as copies in one cluster are no more certain than one of them', () => {
    fc.assert(
      fc.property(logs, fc.integer({ min: 2, max: 4 }), (log, copies) => {
        const named = log.map((row, at) => ({ ...row, cluster: `c${at}` }));
        const copied = named.flatMap((row) => Array.from({ length: copies }, () => row));

        for (const by of [inversePropensity, selfNormalised]) {
          const [one, many] = [by(named, { alpha }), by(copied, { alpha })];
          expect(many?.clusters).toBe(log.length);
          expect(many?.value).toBeCloseTo(one?.value ?? NaN, 9);
          expect(many?.standardError).toBeCloseTo(one?.standardError ?? NaN, 6);
        }
      }),
    );
  });
});
