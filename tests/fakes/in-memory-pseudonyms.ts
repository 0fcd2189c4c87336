import { customerKey } from '#core/contracts/tables.ts';
import type { Pseudonyms } from '#core/ports/pseudonyms.ts';

export const inMemoryPseudonyms = (draw: () => string): Pseudonyms => {
  const names = new Map<string, string>();
  return {
    find: async (shop, customerIds) =>
      new Map(
        customerIds.flatMap((id) => {
          const name = names.get(customerKey(shop, id));
          return name === undefined ? [] : [[id, name]];
        }),
      ),

    of: async (shop, customerIds) =>
      new Map(
        customerIds.map((id) => {
          const key = customerKey(shop, id);
          const name = names.get(key) ?? draw();
          names.set(key, name);
          return [id, name];
        }),
      ),
  };
};
