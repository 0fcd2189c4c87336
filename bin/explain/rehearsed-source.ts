import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toCatalogItem } from '#core/adapters/dynamo-catalogue.ts';
import { toCustomer } from '#core/adapters/dynamo-customers.ts';
import { toOrderLog } from '#core/adapters/dynamo-order-logs.ts';
import { toPurchase } from '#core/adapters/dynamo-purchases.ts';
import { toTouchRecord } from '#core/adapters/dynamo-touch-records.ts';
import { customerKey, itemKey, orderKey, tables } from '#core/contracts/tables.ts';
import { compareText } from '#core/domain/compare-text.ts';
import { emptyOrderLog } from '#core/domain/orders/order-log.ts';
import { storedItems } from '#rehearsal/report/state-files.ts';
import type { Source } from '../commands/explain.ts';

/** What a finished rehearsal left in its state folder; it is read, never written. */
export const rehearsed = (stateDir: string): Source => {
  const itemsOf = (table: { readonly name: string; readonly partitionKey: string }, key: string) =>
    storedItems(stateDir, table.name, { attribute: table.partitionKey, value: key });
  const readOnly = () => Promise.reject(new Error('a finished rehearsal is not written to'));
  return {
    orders: {
      read: async (shop, orderId) => {
        const [item] = await itemsOf(tables.orders, orderKey(shop, orderId));
        return item === undefined ? emptyOrderLog(shop, orderId) : toOrderLog(item);
      },
      write: readOnly,
    },
    customers: {
      read: async (shop, customerId) => {
        const [item] = await itemsOf(tables.customers, customerKey(shop, customerId));
        return item === undefined ? undefined : toCustomer(item);
      },
      write: readOnly,
    },
    purchases: {
      of: async (shop, customerId) =>
        (await itemsOf(tables.purchases, customerKey(shop, customerId)))
          .map(toPurchase)
          .toSorted((a, b) => compareText(b.placedAt, a.placedAt)),
      keep: readOnly,
    },
    catalogue: {
      find: async (shop, skus) => {
        const found = await Promise.all(
          skus.map((sku) => itemsOf(tables.catalogue, itemKey(shop, sku))),
        );
        return found.flat().map(toCatalogItem);
      },
      save: readOnly,
    },
    touches: async (shop, orderId) =>
      (await itemsOf(tables.touches, orderKey(shop, orderId)))
        .map(toTouchRecord)
        .toSorted((a, b) => compareText(a.decidedAt, b.decidedAt)),
    now: async () => {
      const { until }: { readonly until: string } = JSON.parse(
        await readFile(join(stateDir, 'summary.json'), 'utf8'),
      );
      return until;
    },
  };
};
