import { customerKey } from '#core/contracts/tables.ts';
import type { Purchase } from '#core/domain/customers/purchase.ts';
import type { Purchases } from '#core/ports/purchases.ts';

export const inMemoryPurchases = (...purchases: readonly Purchase[]): Purchases => {
  const kept = new Map<string, { readonly purchase: Purchase; readonly version: number }>(
    purchases.map((purchase) => [keyOf(purchase), { purchase, version: 1 }]),
  );
  return {
    keep: async (purchase, version) => {
      const known = kept.get(keyOf(purchase));
      if (known !== undefined && known.version >= version) return;
      kept.set(keyOf(purchase), structuredClone({ purchase, version }));
    },

    of: async (shop, customerIds) =>
      [...kept.values()]
        .map(({ purchase }) => purchase)
        .filter((each) => each.shop === shop && customerIds.includes(each.customerId))
        .toSorted((a, b) => (sortKeyOf(a) < sortKeyOf(b) ? 1 : -1))
        .slice(0, 200),
  };
};

const sortKeyOf = ({ placedAt, orderId }: Purchase): string => `${placedAt}#${orderId}`;

const keyOf = (purchase: Purchase): string =>
  JSON.stringify([customerKey(purchase.shop, purchase.customerId), sortKeyOf(purchase)]);
