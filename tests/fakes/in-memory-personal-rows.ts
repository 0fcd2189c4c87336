import { DOCUMENT, type Item } from '#core/adapters/dynamo-items.ts';
import type { PersonalRows, PersonalTable } from '#core/adapters/personal-rows.ts';
import { tables } from '#core/contracts/tables.ts';

export type RowsByTable = Readonly<Partial<Record<PersonalTable, readonly Item[]>>>;

export interface InMemoryPersonalRows extends PersonalRows {
  /** Everything that is there now. */
  readonly all: () => readonly Item[];
}

export const inMemoryPersonalRows = (stored: RowsByTable): InMemoryPersonalRows => {
  const left: Partial<Record<PersonalTable, readonly Item[]>> = { ...stored };
  const itemsOf = (table: PersonalTable): readonly Item[] => left[table] ?? [];
  return {
    all: () => Object.values(left).flat(),

    of: async (table, partition) =>
      itemsOf(table).filter((item) => item[tables[table].partitionKey]?.S === partition),

    holding: async (table, texts) =>
      itemsOf(table).filter((item) => texts.some((text) => item[DOCUMENT]?.S?.includes(text))),

    change: async (table, before, after) => {
      const text = JSON.stringify(before);
      const at = itemsOf(table).findIndex((item) => JSON.stringify(item) === text);
      if (at === -1) return false;
      left[table] = itemsOf(table).flatMap((item, index) =>
        index === at ? listOf(after) : [item],
      );
      return true;
    },
  };
};

const listOf = (item: Item | undefined): readonly Item[] => (item === undefined ? [] : [item]);
