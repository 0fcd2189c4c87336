import { describe, expect, test } from 'vitest';
import { shopKey } from '#core/adapters/shop-key.ts';
import { soakRun } from '#rehearsal/soak/soak-run.ts';
import { assembly, temporaryFolder } from './rehearsed.ts';

const assemblyDir = await assembly();

const keysBy = (appKey: string) => {
  const master = new TextEncoder().encode(appKey);
  return (shop: string) => shopKey(master, shop);
};

describe('twenty orders, with orders and faults of a seed', { timeout: 120_000 }, () => {
  test.each(['15', '17'])('break no invariant: seed %s', async (seed) => {
    const stateDir = temporaryFolder();

    const { summary } = await soakRun({
      seed,
      orders: 20,
      days: 20,
      assemblyDir,
      stateDir,
      keysBy,
    });

    expect(summary.problems).toEqual([]);
    expect(summary.orders).toBeGreaterThan(12);
    expect(Object.values(summary.injected).reduce((sum, of) => sum + of, 0)).toBeGreaterThan(20);
  });
});
