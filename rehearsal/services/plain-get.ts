import db, { type Item } from 'dynalite/db/index.js';
import type { ItemStore } from './item-store.ts';
import { type KeyPiece, keyPiecesOf, keyTextOf } from './key-pieces.ts';

type Members = Readonly<Record<string, unknown>>;

interface Got {
  readonly item: Item | undefined;
  readonly bytes: number;
}

/** Keys of a batch. */
const BATCH_KEYS = 100;

/** Bytes of a batch, from which on some of it may be left unprocessed. */
const BATCH_BYTES = 1024 * 1024;

/** Bytes that are read by one unit. */
const UNIT_BYTES = 4096;

/** Characters of a text in a key; those of a partition may be twice as many. */
const MOST_KEY_LENGTH = 1024;

/** Members that change nothing of which items are wanted, or how much of them. */
const GET_MEMBERS = new Set(['TableName', 'Key', 'ConsistentRead', 'ReturnConsumedCapacity']);
const BATCH_MEMBERS = new Set(['RequestItems', 'ReturnConsumedCapacity']);
const WANTED_MEMBERS = new Set(['Keys', 'ConsistentRead']);

/**
 * The answer of a GetItem that wants an item as it is, as dynalite makes it; nothing where dynalite has more to say, or
 * something against it.
 *
 * @param input as it was asked, unchecked
 */
export const plainGet = (store: ItemStore, input: Members): object | undefined => {
  const { TableName, Key, ConsistentRead } = input;
  if (!isPlain(input, GET_MEMBERS)) return undefined;
  const got = gotOf(store, TableName, [Key])?.[0];
  if (got === undefined) return undefined;
  const answer = got.item === undefined ? {} : { Item: got.item };
  const CapacityUnits = unitsOf(got, ConsistentRead);
  return input['ReturnConsumedCapacity'] === 'TOTAL'
    ? { ...answer, ConsumedCapacity: { CapacityUnits, TableName } }
    : answer;
};

/** The same of a BatchGetItem, without a GetItem for every key. */
export const plainBatch = (store: ItemStore, input: Members): object | undefined => {
  const { RequestItems } = input;
  if (!isPlain(input, BATCH_MEMBERS) || !isRecord(RequestItems)) return undefined;
  const Responses: Record<string, readonly Item[]> = {};
  const ConsumedCapacity: object[] = [];
  let keys = 0;
  let bytes = 0;
  for (const [TableName, wanted] of Object.entries(RequestItems)) {
    if (!isRecord(wanted) || !isPlain(wanted, WANTED_MEMBERS)) return undefined;
    const all = gotOf(store, TableName, wanted['Keys']);
    if (all === undefined) return undefined;
    let CapacityUnits = 0;
    for (const got of all) {
      bytes += got.bytes;
      CapacityUnits += unitsOf(got, wanted['ConsistentRead']);
    }
    keys += all.length;
    Responses[TableName] = shuffled(all)
      .map(({ item }) => item)
      .filter((item) => item !== undefined);
    ConsumedCapacity.push({ CapacityUnits, TableName });
  }
  if (keys === 0 || keys > BATCH_KEYS || bytes > BATCH_BYTES) return undefined;
  const answer = { Responses, UnprocessedKeys: {} };
  return input['ReturnConsumedCapacity'] === 'TOTAL' ? { ...answer, ConsumedCapacity } : answer;
};

const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether nothing else is said; what indexes consume is dynalite's to tell. */
const isPlain = (input: Members, members: ReadonlySet<string>): boolean => {
  for (const name of Object.keys(input)) if (!members.has(name)) return false;
  const { ConsistentRead = false, ReturnConsumedCapacity = 'NONE' } = input;
  return (
    typeof ConsistentRead === 'boolean' &&
    (ReturnConsumedCapacity === 'TOTAL' || ReturnConsumedCapacity === 'NONE')
  );
};

/** What is under each of the keys; nothing where one is none of the table, or is there twice. */
const gotOf = (store: ItemStore, tableName: unknown, keys: unknown): readonly Got[] | undefined => {
  const table = typeof tableName === 'string' ? store.activeTable(tableName) : undefined;
  if (table === undefined || !Array.isArray(keys) || keys.length === 0) return undefined;
  const items = store.getItemDb(String(tableName));
  const pieces = keyPiecesOf(table);
  const texts = new Set<string>();
  const all: Got[] = [];
  for (const key of keys) {
    const text = isKeyOf(pieces, key) ? keyTextOf(Object(key), pieces) : undefined;
    if (text === undefined || texts.has(text)) return undefined;
    texts.add(text);
    const item = items.find(text);
    all.push(item === undefined ? ABSENT : { item, bytes: sizeOf(item) });
  }
  return all;
};

const ABSENT: Got = { item: undefined, bytes: 0 };

/** Of texts alone; others are rare. */
const isKeyOf = (pieces: readonly KeyPiece[], key: unknown): boolean =>
  isRecord(key) &&
  Object.keys(key).length === pieces.length &&
  pieces.every(({ attribute, type }) => type === 'S' && isKeyText(key[attribute]));

const isKeyText = (value: unknown): boolean => {
  if (!isRecord(value) || Object.keys(value).length !== 1) return false;
  const { S: text } = value;
  return typeof text === 'string' && text !== '' && text.length <= MOST_KEY_LENGTH;
};

/** Of items as they are kept, which do not change. */
const sizes = new WeakMap<Item, number>();

const sizeOf = (item: Item): number => {
  const known = sizes.get(item);
  if (known !== undefined) return known;
  const bytes = db.itemSize(item);
  sizes.set(item, bytes);
  return bytes;
};

/** What is not there takes as much as what is small. */
const unitsOf = ({ item, bytes }: Got, isConsistent: unknown): number =>
  (item === undefined ? 1 : Math.ceil(bytes / UNIT_BYTES)) / (isConsistent === true ? 1 : 2);

/** DynamoDB gives the items of a batch in no order, and so does dynalite: who rests on one has to notice. */
const shuffled = <T>(all: readonly T[]): readonly T[] => {
  const left = [...all];
  return all.flatMap(() => left.splice(Math.floor(Math.random() * left.length), 1));
};
