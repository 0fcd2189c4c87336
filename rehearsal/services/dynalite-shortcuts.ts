import db, { type Item, type KeySchema, type Table } from 'dynalite/db/index.js';
import { Documents } from './item-store.ts';
import { keyPiecesOf } from './key-pieces.ts';
import { isPlainQuery, pageOf } from './plain-query.ts';

/**
 * What dynalite's actions ask its own module for, answered with less work where there is less to do. Its actions find
 * these in the place of its own.
 */
export const takeShortcuts = (): void => {
  const { hashPrefix, toRangeStr, updateIndexes, queryTable } = db;
  const hashOf = remembering((text) => hashPrefix(text, 'S'));
  const writtenOf = remembering((text) => toRangeStr(text, 'S'));
  db.hashPrefix = (value, type, ...range) =>
    type === 'S' && range.length === 0 ? hashOf(value) : hashPrefix(value, type, ...range);
  db.toRangeStr = (value, type = Object.keys(value)[0]) => {
    const piece = typeof value === 'string' ? value : value[type ?? ''];
    return type === 'S' && piece !== undefined ? writtenOf(piece) : toRangeStr(value, type);
  };
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

/** Texts of which it is kept what was made of them, twice: a customer's or an order's items are asked for again and again. */
const MOST_REMEMBERED = 30_000;

/** Of texts: the first six digits of the MD5 that dynalite begins a key with, and the bytes that it orders keys by. */
const remembering = (made: (text: string) => string) => {
  let recent = new Map<string, string>();
  let older = new Map<string, string>();
  return (text: string): string => {
    const known = recent.get(text);
    if (known !== undefined) return known;
    if (recent.size >= MOST_REMEMBERED) [older, recent] = [recent, new Map()];
    const value = older.get(text) ?? made(text);
    recent.set(text, value);
    return value;
  };
};

/** As dynalite orders items: by the hash of the partition, its value, and the sort key. */
const keyOf = (item: Item, table: Table, keySchema: KeySchema): string => {
  let key = '';
  for (const { attribute, type, isHash } of keyPiecesOf(table, keySchema)) {
    const value = item[attribute]?.[type] ?? '';
    if (isHash) key = `${db.hashPrefix(value, type)}/`;
    key += `${db.toRangeStr(value, type)}/`;
  }
  return key;
};
