import { stripVTControlCharacters } from 'node:util';
import { sha256Hex } from '#core/adapters/sha256-digest.ts';
import { orderKey, tables } from '#core/contracts/tables.ts';
import { sessionIdOf } from '#core/domain/sessions/session-id.ts';
import type { Records } from '#rehearsal/console/records.ts';
import type { Rehearsal } from '#rehearsal/rehearsal.ts';
import { tableName } from '#rehearsal/report/state-files.ts';
import { inOrder } from '../ledger/books-source.ts';
import { pageInWords } from './page-in-words.ts';
import { planOf } from './plan-of.ts';
import { type ItemsOf, sourceOver } from './rehearsed-source.ts';

/** What `explain` and `ledger` read of a finished rehearsal, of one that goes on. */
export const runningRecords = ({
  tables: stored,
  clock,
}: Pick<Rehearsal, 'tables' | 'clock'>): Records => {
  const byName = new Map(stored.all.map((table) => [tableName(table.logicalId), table]));
  const itemsOf: ItemsOf = async ({ name, partitionKey: attribute }, value) => {
    const table = byName.get(name);
    // Of some stacks alone: what their tables do not have is not known.
    return table === undefined ? [] : stored.query(table, { attribute, value });
  };
  const source = sourceOver(itemsOf, async () => new Date(clock.now()).toISOString());
  return {
    order: async (shop, orderId) => {
      const log = await source.orders.read(shop, orderId);
      const touches = await source.touches(shop, orderId);
      const plan = await planOf(source, log, touches);
      const session = await source.sessions.find(sessionIdOf(shop, orderId, sha256Hex));
      const page = session === undefined ? [] : pageInWords(session).map(stripVTControlCharacters);
      return { log, touches, plan, page };
    },
    books: async (shop, orderId) => inOrder(await itemsOf(tables.ledger, orderKey(shop, orderId))),
  };
};
