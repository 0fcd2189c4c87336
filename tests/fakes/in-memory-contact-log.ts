import { customerKey } from '#core/contracts/tables.ts';
import { type ContactHistory, emptyHistory } from '#core/domain/contact-policy/contact-history.ts';
import type { ContactLog } from '#core/ports/contact-log.ts';

/** @param pause what every read and write waits for: who comes first is up to it */
export const inMemoryContactLog = (
  histories: readonly ContactHistory[] = [],
  pause: () => Promise<void> = () => Promise.resolve(),
): ContactLog => {
  const stored = new Map(
    histories.map((each) => [customerKey(each.shop, each.customerId), each] as const),
  );
  return {
    read: async (shop, customerId) => {
      await pause();
      return stored.get(customerKey(shop, customerId)) ?? emptyHistory(shop, customerId);
    },

    write: async (history) => {
      await pause();
      const key = customerKey(history.shop, history.customerId);
      if ((stored.get(key)?.version ?? 0) !== history.version) return false;
      stored.set(key, structuredClone({ ...history, version: history.version + 1 }));
      return true;
    },
  };
};
