import { affinityKey, affinityKeys } from '#core/contracts/tables.ts';
import {
  type AffinityList,
  basketAffinity,
  type ShopList,
} from '#core/domain/affinity/affinity-list.ts';
import type { AffinityLists, AffinityListWriter } from '#core/ports/affinity.ts';

/** What writer and reader share; nothing in it expires. */
export const inMemoryAffinity = (...known: readonly ShopList[]) => {
  const lists = new Map<string, AffinityList>();
  const add = ({ shop, list }: ShopList): void => {
    // As a table keeps it: JSON, without what is undefined.
    lists.set(affinityKey(shop, list.kind, list.of), JSON.parse(JSON.stringify(list)));
  };
  for (const each of known) add(each);
  const reader: AffinityLists = {
    of: async (shop, skus, categories) =>
      basketAffinity(affinityKeys(shop, skus, categories).flatMap((key) => lists.get(key) ?? [])),
  };
  const writer: AffinityListWriter = {
    keep: async (all) => {
      for (const each of all) add(each);
    },
  };
  return { lists, reader, writer };
};
