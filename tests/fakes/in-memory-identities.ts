import { identityKey } from '#core/contracts/tables.ts';
import type { Identity } from '#core/domain/customers/identity.ts';
import type { Identities } from '#core/ports/identities.ts';

export const inMemoryIdentities = (): Identities => {
  const stored = new Map<string, Identity>();
  return {
    read: async (shop, addressId) => stored.get(identityKey(shop, addressId)),

    write: async (identity) => {
      const key = identityKey(identity.shop, identity.addressId);
      if ((stored.get(key)?.version ?? 0) !== identity.version) return false;
      stored.set(key, structuredClone({ ...identity, version: identity.version + 1 }));
      return true;
    },
  };
};
