import { Stream } from 'node:stream';
import type { Item, Table } from 'dynalite/db/index.js';
import { EmptyBTree } from 'sorted-btree';
import { jsonCopy } from '../json-copy.ts';
import { keptItem } from './kept-item.ts';
import { type KeyPiece, keyPiecesOf, keyTextOf } from './key-pieces.ts';

/** As dynalite's actions call back. */
type Callback<T> = (error: Error | null, result?: T) => void;

/** From one key to another, as LevelDB is asked for it. */
export interface KeyRange {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  /** No limit, where it is negative. */
  readonly limit?: number;
}

/** What is used of a sorted-btree. */
interface SortedItems {
  readonly get: (key: string) => Item | undefined;
  readonly set: (key: string, item: Item) => boolean;
  readonly delete: (key: string) => boolean;
  readonly entries: (lowestKey?: string) => Iterable<readonly [string, Item]>;
  readonly entriesReversed: (highestKey?: string) => Iterable<readonly [string, Item]>;
}

/**
 * Documents by their keys, in the order of these. It answers at once, so that an action of dynalite is over
 * before another begins, and nothing is to be locked.
 */
export class Documents {
  readonly #items: SortedItems = EmptyBTree.clone();

  get(key: string, done: Callback<unknown>): void {
    done(null, this.#items.get(key));
  }

  put(key: string, document: unknown, done: Callback<void>): void {
    this.set(key, Object(document));
    done(null);
  }

  del(key: string, done: Callback<void>): void {
    this.delete(key);
    done(null);
  }

  protected set(key: string, document: Item): void {
    this.#items.set(key, document);
  }

  /** @returns what was there */
  protected delete(key: string): Item | undefined {
    const document = this.#items.get(key);
    this.#items.delete(key);
    return document;
  }

  lock(_key: string, act: (release: <T>(done: T) => T) => void): void {
    act((done) => done);
  }

  createValueStream(range: KeyRange): Stream {
    return new Values(this.values(range));
  }

  /** What the stream would give, as `read` gives it. */
  *values(range: KeyRange): Generator<Item, void> {
    const { gt, gte = gt, lt, lte = lt, reverse = false, limit = -1 } = range;
    const isPast = (key: string): boolean =>
      reverse ? gte !== undefined && key < gte : lte !== undefined && key > lte;
    let left = limit;
    for (const [key, item] of reverse
      ? this.#items.entriesReversed(lte)
      : this.#items.entries(gte)) {
      if (key === gt || key === lt) continue;
      if (left === 0 || isPast(key)) return;
      left -= 1;
      yield item;
    }
  }
}

/** The items of a table, which everybody is given as they are kept. */
export class Items extends Documents {
  /** Those with texts for keys, which are found by them without the way through all others. */
  readonly #byText = new Map<string, Item>();
  readonly #pieces: () => readonly KeyPiece[];

  /** @param pieces of the table's key, once there is a table */
  constructor(pieces: () => readonly KeyPiece[]) {
    super();
    this.#pieces = pieces;
  }

  /** @param keyText as `keyTextOf` makes it */
  find(keyText: string): Item | undefined {
    return this.#byText.get(keyText);
  }

  protected override set(key: string, document: Item): void {
    const item = keptItem(document);
    super.set(key, item);
    const text = keyTextOf(item, this.#pieces());
    if (text !== undefined) this.#byText.set(text, item);
  }

  protected override delete(key: string): Item | undefined {
    const item = super.delete(key);
    const text = item && keyTextOf(item, this.#pieces());
    if (text !== undefined) this.#byText.delete(text);
    return item;
  }
}

/** Documents one after the other, until somebody has enough of them. */
class Values extends Stream {
  #isDestroyed = false;

  constructor(items: Iterable<Item>) {
    super();
    queueMicrotask(() => {
      for (const item of items) {
        if (this.#isDestroyed) return;
        this.emit('data', jsonCopy(item));
      }
      this.emit('end');
    });
  }

  destroy(): void {
    this.#isDestroyed = true;
  }
}

/** Where dynalite's actions keep tables and items: in memory, and without LevelDB's way through the event loop. */
export interface ItemStore {
  readonly options: {
    readonly createTableMs: number;
    readonly maxItemSize: number;
  };
  readonly tableDb: Documents & { readonly awsAccountId: string; readonly awsRegion: string };
  readonly getTable: (
    name: string,
    checkStatus: boolean | Callback<unknown>,
    done?: Callback<unknown>,
  ) => void;
  readonly getItemDb: (tableName: string) => Items;
  /** A table that calls are answered of. */
  readonly activeTable: (name: string) => Table | undefined;
}

/** Bytes; DynamoDB takes no larger item. */
const MAX_ITEM_SIZE = 409_600;

export const createItemStore = (): ItemStore => {
  const tables = Object.assign(new Documents(), { awsAccountId: '', awsRegion: '' });
  const items = new Map<string, Items>();
  /** Read once they are as they stay: every call asks for its table. */
  const active = new Map<string, Table>();
  return {
    options: { createTableMs: 0, maxItemSize: MAX_ITEM_SIZE },
    tableDb: tables,
    getTable: (name, checkStatus, last) => {
      const done = typeof checkStatus === 'function' ? checkStatus : last;
      const known = active.get(name);
      if (known !== undefined) return done?.(null, known);
      tables.get(name, (_, table) => {
        if (Object(table).TableStatus === 'ACTIVE') active.set(name, Object(table));
        return table === undefined ? done?.(notFound(name)) : done?.(null, table);
      });
    },
    getItemDb: (tableName) => {
      const known = items.get(tableName) ?? new Items(() => piecesOf(active.get(tableName)));
      items.set(tableName, known);
      return known;
    },
    activeTable: (name) => active.get(name),
  };
};

const piecesOf = (table: Table | undefined): readonly KeyPiece[] =>
  table === undefined ? [] : keyPiecesOf(table);

/** As DynamoDB refuses a table that it does not have. */
const notFound = (name: string): Error =>
  Object.assign(new Error(`no table ${name}`), {
    name: 'NotFoundError',
    statusCode: 400,
    body: {
      __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
      message: `Requested resource not found: Table: ${name} not found`,
    },
  });
