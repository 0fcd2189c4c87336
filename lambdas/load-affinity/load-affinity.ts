import { affinityListOf } from '#core/contracts/affinity-rows.ts';
import type { ShopList } from '#core/domain/affinity/affinity-list.ts';
import type { AffinityListWriter } from '#core/ports/affinity.ts';
import type { QueryResults } from '#core/ports/query-results.ts';
import type { LoadAffinityInput } from './contract.ts';

export interface LoadAffinityDeps {
  readonly results: QueryResults;
  readonly lists: AffinityListWriter;
  readonly now: () => Date;
  /** Days after which a list that is not written again is gone. */
  readonly expireDays: number;
}

/** What was kept. */
export interface LoadedAffinity {
  readonly lists: number;
}

/** Rows that are written side by side: ten requests of DynamoDB. */
const AT_ONCE = 250;

const DAY_MS = 86_400_000;

/**
 * Keeps the lists as their rows come: any number takes the same memory. Called again, it writes the same again.
 *
 * @throws for an answer that is none of the model, and when lists could not be written
 */
export const loadAffinity =
  ({ results, lists, now, expireDays }: LoadAffinityDeps) =>
  async ({ queryId }: LoadAffinityInput): Promise<LoadedAffinity> => {
    const expiresAt = new Date(now().getTime() + expireDays * DAY_MS);
    let count = 0;
    let batch: ShopList[] = [];
    const write = async (): Promise<void> => {
      await lists.keep(batch, expiresAt);
      count += batch.length;
      batch = [];
    };
    for await (const row of results.rows(queryId)) {
      batch.push(affinityListOf(row));
      if (batch.length === AT_ONCE) await write();
    }
    await write();
    return { lists: count };
  };
