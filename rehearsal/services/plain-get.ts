import db, { type Item, type Table } from 'dynalite/db/index.js';
import type { ItemStore } from './item-store.ts';
import { keyPiecesOf } from './key-pieces.ts';

/** The input of a GetItem, or what a BatchGetItem asks of one table, once it is checked. */
interface Wanted {
  readonly ConsistentRead?: boolean;
  readonly _projection?: unknown;
  readonly AttributesToGet?: unknown;
}

interface GetInput extends Wanted {
  readonly ReturnConsumedCapacity?: string;
  readonly TableName: string;
  readonly Key: Item;
}

interface BatchInput {
  readonly ReturnConsumedCapacity?: string;
  readonly RequestItems: Readonly<Record<string, Wanted & { readonly Keys: readonly Item[] }>>;
}

interface Got {
  readonly item: Item | undefined;
  readonly bytes: number;
}

/** Bytes of a batch, from which on some of it may be left unprocessed. */
const BATCH_BYTES = 1024 * 1024;

/** Bytes that are read by one unit. */
const UNIT_BYTES = 4096;

/** Characters of a text in a key; those of a partition may be twice as many. */
const MOST_KEY_LENGTH = 1024;

/** The answer of a GetItem that wants an item as it is, as dynalite makes it; nothing where it has more to say. */
export const plainGet = (store: ItemStore, input: GetInput): object | undefined => {
  const { TableName, Key, ConsistentRead, ReturnConsumedCapacity } = input;
  if (ReturnConsumedCapacity === 'INDEXES') return undefined;
  const got = readerOf(store, TableName, input)?.(Key);
  if (got === undefined) return undefined;
  const answer = got.item === undefined ? {} : { Item: got.item };
  const CapacityUnits = unitsOf(got, ConsistentRead);
  return ReturnConsumedCapacity === 'TOTAL'
    ? { ...answer, ConsumedCapacity: { CapacityUnits, TableName } }
    : answer;
};

/** The same of a BatchGetItem, without a GetItem for every key. */
export const plainBatch = (store: ItemStore, input: BatchInput): object | undefined => {
  const { RequestItems, ReturnConsumedCapacity } = input;
  if (ReturnConsumedCapacity === 'INDEXES') return undefined;
  const Responses: Record<string, readonly Item[]> = {};
  const ConsumedCapacity: object[] = [];
  let bytes = 0;
  for (const [TableName, wanted] of Object.entries(RequestItems)) {
    const all = readAll(readerOf(store, TableName, wanted), wanted.Keys);
    if (all === undefined) return undefined;
    let CapacityUnits = 0;
    for (const got of all) {
      bytes += got.bytes;
      CapacityUnits += unitsOf(got, wanted.ConsistentRead);
    }
    Responses[TableName] = shuffled(all)
      .map(({ item }) => item)
      .filter((item) => item !== undefined);
    ConsumedCapacity.push({ CapacityUnits, TableName });
  }
  if (bytes > BATCH_BYTES) return undefined;
  const answer = { Responses, UnprocessedKeys: {} };
  return ReturnConsumedCapacity === 'TOTAL' ? { ...answer, ConsumedCapacity } : answer;
};

type Read = (key: Item) => Got | undefined;

/** None of a table that is not there, or of parts of items; it reads nothing by what is not wholly a key of its table. */
const readerOf = (store: ItemStore, tableName: string, wanted: Wanted): Read | undefined => {
  const table = store.activeTable(tableName);
  const isOfParts = wanted._projection !== undefined || wanted.AttributesToGet !== undefined;
  if (table === undefined || isOfParts) return undefined;
  const items = store.getItemDb(tableName);
  return (key) => {
    if (!isKeyOf(table, key)) return undefined;
    const item = items.read(db.createKey(key, table));
    return item === undefined ? ABSENT : { item, bytes: sizeOf(item) };
  };
};

const ABSENT: Got = { item: undefined, bytes: 0 };

const readAll = (read: Read | undefined, keys: readonly Item[]): readonly Got[] | undefined => {
  const all: Got[] = [];
  for (const key of keys) {
    const got = read?.(key);
    if (got === undefined) return undefined;
    all.push(got);
  }
  return all;
};

/** Of texts alone; others are rare. */
const isKeyOf = (table: Table, key: Item): boolean => {
  const pieces = keyPiecesOf(table);
  return (
    Object.keys(key).length === pieces.length &&
    pieces.every(({ attribute, type }) => type === 'S' && isKeyText(key[attribute]?.[type]))
  );
};

const isKeyText = (text: string | undefined): boolean =>
  text !== undefined && text !== '' && text.length <= MOST_KEY_LENGTH;

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
const unitsOf = ({ item, bytes }: Got, isConsistent = false): number =>
  (item === undefined ? 1 : Math.ceil(bytes / UNIT_BYTES)) / (isConsistent ? 1 : 2);

/** DynamoDB gives the items of a batch in no order, and so does dynalite: who rests on one has to notice. */
const shuffled = <T>(all: readonly T[]): readonly T[] => {
  const left = [...all];
  return all.flatMap(() => left.splice(Math.floor(Math.random() * left.length), 1));
};
