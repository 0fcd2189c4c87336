import db, { type Item, type KeySchema, type Table } from 'dynalite/db/index.js';
import { Documents } from './item-store.ts';
import { isPlainQuery, pageOf } from './plain-query.ts';

/**
 * What dynalite's actions ask its own module for, answered with less work where there is less to do. Its actions find
 * these in the place of its own.
 */
export const takeShortcuts = (): void => {
  const { hashPrefix, updateIndexes, queryTable } = db;
  const rememberedHash = remembering(hashPrefix);
  db.hashPrefix = (value, type, ...range) =>
    range.length === 0 ? rememberedHash(value, type) : hashPrefix(value, type, ...range);
  db.createKey = (item, table, keySchema = table.KeySchema) => keyOf(item, table, keySchema);
  db.updateIndexes = (store, table, before, after, done) => {
    const { GlobalSecondaryIndexes, LocalSecondaryIndexes } = table;
    if (GlobalSecondaryIndexes === undefined && LocalSecondaryIndexes === undefined) done();
    else updateIndexes(store, table, before, after, done);
  };
  db.queryTable = (...query) => {
    const [store, table, asked, range, , , startKeyNames, done] = query;
    const items = store.getItemDb(asked.TableName);
    if (items instanceof Documents && isPlainQuery(asked))
      // Its streams begin a moment later too.
      queueMicrotask(() => done(null, pageOf(items.values(range), table, asked, startKeyNames)));
    else queryTable(...query);
  };
};

/** Hashes that are kept; a customer's or an order's items are asked for again and again. */
const MOST_HASHES = 20_000;

/** MD5 of a partition key's value, of which dynalite takes the first six digits. */
const remembering = (hashPrefix: typeof db.hashPrefix) => {
  const hashes = new Map<string, string>();
  return (value: string, type: string): string => {
    const asked = `${type}${value}`;
    const known = hashes.get(asked);
    if (known !== undefined) return known;
    if (hashes.size >= MOST_HASHES) hashes.clear();
    const hash = hashPrefix(value, type);
    hashes.set(asked, hash);
    return hash;
  };
};

/** As dynalite orders items: by the hash of the partition, its value, and the sort key. */
const keyOf = (item: Item, table: Table, keySchema: KeySchema): string => {
  let key = '';
  db.traverseKey(table, keySchema, (attribute, type, isHash) => {
    const value = item[attribute]?.[type] ?? '';
    if (isHash) key = `${db.hashPrefix(value, type)}/`;
    key += `${db.toRangeStr(value, type)}/`;
  });
  return key;
};
