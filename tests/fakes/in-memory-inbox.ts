import { customerKey } from '#core/contracts/tables.ts';
import type { Inbox, InboxMessage } from '#core/ports/inbox.ts';

interface Kept {
  readonly owner: string;
  readonly message: InboxMessage;
  readonly expiresAt: string;
}

export const inMemoryInbox = (): Inbox => {
  const kept = new Map<string, Kept>();
  const idOf = ({ at, orderId, touchId }: InboxMessage): string => `${at}|${orderId}|${touchId}`;
  return {
    keep: async (shop, customerId, message, expiresAt) => {
      const owner = customerKey(shop, customerId);
      kept.set(`${owner}|${idOf(message)}`, { owner, message, expiresAt });
    },

    latest: async ({ shop, customerIds, limit, before, now }) => {
      const owners = customerIds.map((id) => customerKey(shop, id));
      const messages = [...kept.values()]
        .filter(({ owner, expiresAt }) => owners.includes(owner) && expiresAt > now)
        .map(({ message }) => ({ ...message, id: idOf(message) }));
      return [...new Map(messages.map((message) => [message.id, message])).values()]
        .filter(({ id }) => before === undefined || id < before)
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, limit);
    },
  };
};
