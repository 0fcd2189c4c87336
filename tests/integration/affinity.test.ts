import { expect, test } from 'vitest';
import { toAffinityList } from '#core/adapters/dynamo-affinity.ts';
import { tables } from '#core/contracts/tables.ts';
import { affinityTables } from '#analytics/models.ts';
import { DAY_MS, MINUTE_MS } from '#rehearsal/input/duration.ts';
import { placing } from '#rehearsal/input/sample-order.ts';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import { assembly, temporaryFolder } from './rehearsed.ts';

const START_MS = Date.parse('2026-03-02T08:00:00Z');

const order = (at: number, skus: readonly string[]) =>
  placing({
    eventId: `placed-${at}`,
    occurredAt: new Date(START_MS + at * MINUTE_MS).toISOString(),
    schemaVersion: 1,
    shop: 'hearth',
    orderId: `A-${at}`,
    contact: {},
    lines: skus.map((sku, index) => ({
      lineId: String(index),
      sku,
      quantity: 1,
      category: 'Table',
      unitPrice: { amountMinor: 1_000, currency: 'EUR' },
    })),
    total: { amountMinor: skus.length * 1_000, currency: 'EUR' },
  });

const stacks = [
  'Data',
  'Ingestion',
  'Messaging',
  'Contact',
  'Journeys',
  'Enrolment',
  'Lake',
  'Insight',
  'Affinity',
];

test('what is ordered together is known the next morning', { timeout: 120_000 }, async () => {
  const rehearsal = await Rehearsal.boot({
    assemblyDir: await assembly(),
    stacks,
    stateDir: temporaryFolder(),
    startMs: START_MS,
    seed: '1',
  });
  try {
    const baskets = [...Array.from({ length: 4 }, () => ['MUG', 'SAUCER']), ['MUG', 'TEA']];
    rehearsal.schedule(baskets.map((skus, at) => order(at, skus)));

    await rehearsal.run(START_MS + 2 * DAY_MS);

    const table = rehearsal.tables.all.find(({ logicalId }) =>
      logicalId.startsWith(tables.affinity.name),
    );
    const items = table === undefined ? [] : await rehearsal.tables.dump(table);
    expect(rehearsal.denials).toEqual([]);
    expect(rehearsal.lake.problems).toEqual([]);
    expect(items.map(toAffinityList).find(({ of }) => of === 'MUG')).toMatchObject({
      kind: 'sku',
      orders: 5,
      neighbours: [{ sku: 'SAUCER', together: 4, orders: 4 }],
    });
    // Two nights, of which the second had no news of the day.
    expect(affinityTables.map((name) => rehearsal.lake.rows.get(name))).toEqual([2, 3, 2]);
  } finally {
    await rehearsal.stop();
  }
});
