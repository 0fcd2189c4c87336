import { DOCUMENT, type Item } from '#core/adapters/dynamo-items.ts';
import type { PersonalRows, PersonalTable } from '#core/adapters/personal-rows.ts';
import { type TableDefinition, tables } from '#core/contracts/tables.ts';
import { allItems, hasTable, NoRehearsal, writeItems } from '#rehearsal/report/state-files.ts';

export interface StateRows extends PersonalRows {
  /** Every item of a table, as changed so far. */
  readonly all: (table: PersonalTable) => Promise<readonly Item[]>;
  /** Writes the tables that were changed. */
  readonly save: () => Promise<void>;
}

/**
 * The tables that a finished rehearsal left, each read once.
 *
 * @throws {NoRehearsal} when none has left its state here
 */
export const stateRows = (stateDir: string): StateRows => {
  if (!hasTable(stateDir, tables.customers.name)) throw new NoRehearsal(stateDir);
  const read = new Map<PersonalTable, Promise<Map<string, Item>>>();
  const changed = new Set<PersonalTable>();
  const itemsOf = (table: PersonalTable): Promise<Map<string, Item>> => {
    const items = read.get(table) ?? itemsIn(stateDir, tables[table]);
    read.set(table, items);
    return items;
  };
  const all = async (table: PersonalTable) => [...(await itemsOf(table)).values()];
  return {
    all,

    of: async (table, partition) =>
      (await all(table)).filter((item) => item[tables[table].partitionKey]?.S === partition),

    holding: async (table, texts) =>
      (await all(table)).filter((item) =>
        texts.some((text) => item[DOCUMENT]?.S?.includes(text) ?? false),
      ),

    change: async (table, before, after) => {
      const items = await itemsOf(table);
      const key = keyOf(tables[table], before);
      if (items.get(key) !== before) return false;
      if (after === undefined) items.delete(key);
      else items.set(key, after);
      changed.add(table);
      return true;
    },

    save: async () => {
      for (const table of changed) await writeItems(stateDir, tables[table].name, await all(table));
    },
  };
};

const itemsIn = async (stateDir: string, table: TableDefinition): Promise<Map<string, Item>> => {
  const items = hasTable(stateDir, table.name) ? await allItems(stateDir, table.name) : [];
  return new Map(items.map((item) => [keyOf(table, item), item]));
};

const keyOf = ({ partitionKey, sortKey = partitionKey }: TableDefinition, item: Item): string =>
  JSON.stringify([item[partitionKey]?.S, item[sortKey]?.S]);
