import { describe, expect, test } from 'vitest';
import { shopKey } from '#core/adapters/shop-key.ts';
import { soakRun } from '#rehearsal/soak/soak-run.ts';
import { assembly, temporaryFolder } from './rehearsed.ts';

const assemblyDir = await assembly();

const keysBy = (appKey: string) => {
  const master = new TextEncoder().encode(appKey);
  return (shop: string) => shopKey(master, shop);
};

const run = (seed: string, orders: number, days: number) =>
  soakRun({ seed, orders, days, assemblyDir, stateDir: temporaryFolder(), keysBy });

describe('what a soak has found does not come again', { timeout: 120_000 }, () => {
  test.each([
    ['141', 'an address that bounced between two attempts at a message', 12],
    ['59', 'an acceptance that was kept, and its time not watched', 14],
  ])('seed %s: %s', async (seed, _, days) => {
    const { summary } = await run(seed, 50, days);

    expect(summary.problems).toEqual([]);
  });
});

describe('twenty orders, with orders and faults of a seed', { timeout: 120_000 }, () => {
  test.each(['15', '17'])('break no invariant: seed %s', async (seed) => {
    const { summary } = await run(seed, 20, 20);

    expect(summary.problems).toEqual([]);
    expect(summary.orders).toBeGreaterThan(12);
    expect(Object.values(summary.injected).reduce((sum, of) => sum + of, 0)).toBeGreaterThan(20);
  });
});
