import { join } from 'node:path';
import { toTransaction } from '#core/adapters/dynamo-ledger.ts';
import { tables } from '#core/contracts/tables.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import { readGlueCatalog } from '../lake/glue-catalog.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { checkBooks } from './check-books.ts';
import { checkMetric } from './check-metric.ts';
import { checkOffer, type SeenOffer } from './check-offers.ts';
import { asOf } from './read-record.ts';
import type { Mismatch, RecordExpectation } from './record-expectation.ts';
import type { Scenario } from './scenario.ts';
import { ScenarioLake } from './scenario-lake.ts';

/**
 * Sets what the ledger and the lake have against what scenarios expect of books, offers and metrics.
 *
 * @param stateDir where the lake was written
 * @returns by the scenario's scope, in the order of the page
 */
export const checkRecords = async (
  rehearsal: Rehearsal,
  scenarios: readonly Scenario[],
  stateDir: string,
): Promise<ReadonlyMap<string, readonly Mismatch[]>> => {
  const transactions = await transactionsIn(rehearsal);
  const lake = await lakeOf(rehearsal, scenarios, stateDir);
  try {
    const offers = (await lake?.offers()) ?? [];
    const found = new Map<string, readonly Mismatch[]>();
    for (const scenario of scenarios) {
      const mismatches: Mismatch[] = [];
      for (const expected of scenario.records)
        mismatches.push(...(await checkOne(scenario, expected, { transactions, lake, offers })));
      found.set(scenario.scope, mismatches);
    }
    return found;
  } finally {
    lake?.close();
  }
};

interface Records {
  /** By order. */
  readonly transactions: ReadonlyMap<string, readonly Transaction[]>;
  /** Absent where nobody expects anything of it. */
  readonly lake: ScenarioLake | undefined;
  readonly offers: readonly SeenOffer[];
}

const checkOne = async (
  scenario: Scenario,
  expected: RecordExpectation,
  { transactions, lake, offers }: Records,
): Promise<readonly Mismatch[]> => {
  switch (expected.kind) {
    case 'books': {
      const booked = transactions.get(keyOf(scenario.shop, expected.order.orderId)) ?? [];
      return checkBooks(scenario, expected, booked);
    }
    case 'offer':
      return checkOffer(scenario, expected, offers);
    case 'metric': {
      const slice = { ...scenario, asOfMs: asOf(scenario.calendar, expected.when) };
      return checkMetric(expected, (await lake?.rowsOf(expected.view, slice)) ?? []);
    }
  }
};

const keyOf = (shop: string, orderId: string): string => JSON.stringify([shop, orderId]);

const transactionsIn = async ({
  tables: { all, dump },
}: Rehearsal): Promise<Records['transactions']> => {
  const table = all.find(({ logicalId }) => logicalId.slice(0, -8) === tables.ledger.name);
  const stored = table === undefined ? [] : (await dump(table)).map(toTransaction);
  return Map.groupBy(stored, ({ shop, orderId }) => keyOf(shop, orderId));
};

const lakeOf = async (
  { cloud }: Rehearsal,
  scenarios: readonly Scenario[],
  stateDir: string,
): Promise<ScenarioLake | undefined> => {
  const kinds = new Set(scenarios.flatMap(({ records }) => records.map(({ kind }) => kind)));
  if (!kinds.has('offer') && !kinds.has('metric')) return undefined;
  const views = kinds.has('metric') ? (readGlueCatalog(cloud)?.views.values() ?? []) : [];
  return ScenarioLake.open(join(stateDir, 'lake'), [...views]);
};
