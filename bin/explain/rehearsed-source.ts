import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toAffinityList } from '#core/adapters/dynamo-affinity.ts';
import { toCatalogItem } from '#core/adapters/dynamo-catalogue.ts';
import { toContactHistory } from '#core/adapters/dynamo-contact-log.ts';
import { toCustomer } from '#core/adapters/dynamo-customers.ts';
import { toOrderLog } from '#core/adapters/dynamo-order-logs.ts';
import { toPurchase } from '#core/adapters/dynamo-purchases.ts';
import type { Item } from '#core/adapters/dynamo-items.ts';
import { spendKey, toUsd } from '#core/adapters/dynamo-sms-spend.ts';
import { toScore } from '#core/adapters/dynamo-scores.ts';
import { toSession } from '#core/adapters/dynamo-sessions.ts';
import { toSuppression } from '#core/adapters/dynamo-suppressions.ts';
import { toTouchRecord } from '#core/adapters/dynamo-touch-records.ts';
import { toPseudonym } from '#core/adapters/dynamo-pseudonyms.ts';
import { followMerges } from '#core/adapters/follow-merges.ts';
import { affinityKeys, customerKey, itemKey, orderKey, tables } from '#core/contracts/tables.ts';
import { basketAffinity } from '#core/domain/affinity/affinity-list.ts';
import { compareText } from '#core/domain/compare-text.ts';
import { emptyHistory } from '#core/domain/contact-policy/contact-history.ts';
import { newestScore } from '#core/domain/scores/dated-score.ts';
import { emptyOrderLog } from '#core/domain/orders/order-log.ts';
import { storedItems } from '#rehearsal/report/state-files.ts';
import type { Source } from './source.ts';

/** The items of a table under one partition key. */
export type ItemsOf = (
  table: { readonly name: string; readonly partitionKey: string },
  key: string,
) => Promise<readonly Item[]>;

/** What a finished rehearsal left in its state folder; it is read, never written. */
export const rehearsed = (stateDir: string): Source =>
  sourceOver(
    (table, key) =>
      storedItems(stateDir, table.name, { attribute: table.partitionKey, value: key }),
    async () => {
      const { until }: { readonly until: string } = JSON.parse(
        await readFile(join(stateDir, 'summary.json'), 'utf8'),
      );
      return until;
    },
  );

/** What tables have, wherever their items are; it is read, never written. */
export const sourceOver = (itemsOf: ItemsOf, now: Source['now']): Source => {
  const readOnly = () => Promise.reject(new Error('the tables of a rehearsal are only read'));
  return {
    orders: {
      read: async (shop, orderId) => {
        const [item] = await itemsOf(tables.orders, orderKey(shop, orderId));
        return item === undefined ? emptyOrderLog(shop, orderId) : toOrderLog(item);
      },
      write: readOnly,
    },
    customers: {
      read: followMerges(async (shop, customerId) => {
        const [item] = await itemsOf(tables.customers, customerKey(shop, customerId));
        return item === undefined ? undefined : toCustomer(item);
      }),
      write: readOnly,
    },
    purchases: {
      of: async (shop, customerIds) =>
        (
          await Promise.all(
            customerIds.map((id) => itemsOf(tables.purchases, customerKey(shop, id))),
          )
        )
          .flat()
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
      approve: readOnly,
    },
    ...learntOf(itemsOf),
    sessions: {
      find: async (sessionId) => (await itemsOf(tables.sessions, sessionId)).map(toSession)[0],
    },
    ...contactsOf(itemsOf),
    touches: async (shop, orderId) =>
      (await itemsOf(tables.touches, orderKey(shop, orderId)))
        .map(toTouchRecord)
        .toSorted((a, b) => compareText(a.decidedAt, b.decidedAt)),
    now,
  };
};

/** What the lake taught: of customers, and of products. */
const learntOf = (itemsOf: ItemsOf): Pick<Source, 'scores' | 'affinity'> => ({
  scores: scoresOf(itemsOf),
  affinity: {
    of: async (shop, skus, categories) => {
      const keys = affinityKeys(shop, skus, categories);
      const found = await Promise.all(keys.map((key) => itemsOf(tables.affinity, key)));
      return basketAffinity(found.flat().map(toAffinityList));
    },
  },
});

/** By the names that the lake knows customers by. */
const scoresOf = (itemsOf: ItemsOf): Source['scores'] => ({
  of: async (shop, customerIds) => {
    const keys = customerIds.map((id) => customerKey(shop, id));
    const known = await Promise.all(keys.map((key) => itemsOf(tables.pseudonyms, key)));
    const names = known.flat().flatMap((item) => toPseudonym(item) ?? []);
    const scores = await Promise.all(names.map((name) => itemsOf(tables.scores, name)));
    return newestScore(scores.flat().map(toScore));
  },
});

/** What the contact policy looks at beside orders and customers. */
const contactsOf = (itemsOf: ItemsOf): Pick<Source, 'suppressions' | 'contacts' | 'smsSpend'> => ({
  suppressions: {
    of: async (addressIds) => {
      const found = await Promise.all(addressIds.map((id) => itemsOf(tables.suppressions, id)));
      return new Map(found.flat().map(toSuppression));
    },
  },
  contacts: {
    read: async (shop, customerId) => {
      const [item] = await itemsOf(tables.contacts, customerKey(shop, customerId));
      return item === undefined ? emptyHistory(shop, customerId) : toContactHistory(item);
    },
  },
  smsSpend: {
    ofMonth: async (month) => {
      const [item] = await itemsOf(tables.counters, spendKey(month));
      return item === undefined ? 0 : toUsd(item);
    },
  },
});
