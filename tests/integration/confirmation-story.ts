import type { Rehearsal } from '#rehearsal/rehearsal.ts';
import type { Item } from '#rehearsal/services/dynamodb.ts';

/** Every item of a table, by the name of its construct. */
export const storedItems = (rehearsal: Rehearsal, name: string): Promise<readonly Item[]> => {
  const table = rehearsal.tables.all.find(({ logicalId }) => logicalId.slice(0, -8) === name);
  if (table === undefined) throw new Error(`there is no table ${name}`);
  return rehearsal.tables.dump(table);
};
