import type { AddressSuppression } from '#core/domain/contact-policy/suppression.ts';
import type { Suppressions } from '#core/ports/suppressions.ts';

/** @param suppressed by the addresses' keyed hashes */
export const inMemorySuppressions = (
  suppressed: Readonly<Record<string, AddressSuppression>> = {},
): Suppressions => {
  const stored = new Map(Object.entries(suppressed));
  return {
    of: async (addressIds) =>
      new Map([...stored].filter(([addressId]) => addressIds.includes(addressId))),

    add: async (addressId, suppression) => {
      if (!stored.has(addressId)) stored.set(addressId, suppression);
    },

    lift: async (addressId) => {
      stored.delete(addressId);
    },
  };
};
