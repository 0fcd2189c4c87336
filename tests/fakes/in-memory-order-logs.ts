import { orderKey } from '#core/contracts/tables.ts';
import { emptyOrderLog, type OrderLog } from '#core/domain/orders/order-log.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';

export interface InMemoryOrderLogs extends OrderLogs {
  /** How many writes were stored. */
  readonly writes: () => number;
}

export const inMemoryOrderLogs = (...logs: readonly OrderLog[]): InMemoryOrderLogs => {
  const stored = new Map(logs.map((log) => [orderKey(log.shop, log.orderId), log]));
  let writes = 0;
  return {
    read: async (shop, orderId) =>
      stored.get(orderKey(shop, orderId)) ?? emptyOrderLog(shop, orderId),

    write: async (log) => {
      const key = orderKey(log.shop, log.orderId);
      if ((stored.get(key)?.version ?? 0) !== log.version) return false;
      stored.set(key, structuredClone({ ...log, version: log.version + 1 }));
      writes += 1;
      return true;
    },

    writes: () => writes,
  };
};

/** The same logs, with something else happening between the first read and the write after it. */
export const interrupted = (orders: OrderLogs, meanwhile: () => Promise<unknown>): OrderLogs => {
  let isFirst = true;
  return {
    ...orders,
    write: async (log) => {
      if (isFirst) {
        isFirst = false;
        await meanwhile();
      }
      return orders.write(log);
    },
  };
};
