import { Stream } from 'node:stream';
import type { Item, Table } from 'dynalite/db/index.js';
import { EmptyBTree } from 'sorted-btree';

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
interface SortedTexts {
  readonly get: (key: string) => string | undefined;
  readonly set: (key: string, text: string) => boolean;
  readonly delete: (key: string) => boolean;
  readonly entries: (lowestKey?: string) => Iterable<readonly [string, string]>;
  readonly entriesReversed: (highestKey?: string) => Iterable<readonly [string, string]>;
}

/** Characters of keys and of JSON up to which documents of a table are kept parsed as well. */
const MOST_PARSED = 1_000_000;

/**
 * Documents by their keys, in the order of these. It answers at once, so that an action of dynalite is over
 * before another begins, and nothing is to be locked.
 */
export class Documents {
  /** As JSON: what was put is not changed by who put it, and takes little memory. */
  readonly #texts: SortedTexts = EmptyBTree.clone();
  /** The documents that were read last, and what was not there: both are asked for again and again by an order. */
  readonly #parsed = new Map<string, Item | undefined>();
  #parsedLength = 0;

  get(key: string, done: Callback<unknown>): void {
    done(null, this.read(key));
  }

  /** Gives a document that others are given too: it is looked at, and copied by who changes it. */
  read(key: string): Item | undefined {
    const known = this.#parsed.get(key);
    return known !== undefined || this.#parsed.has(key) ? known : this.#parse(key);
  }

  put(key: string, document: unknown, done: Callback<void>): void {
    this.#parsed.delete(key);
    this.#texts.set(key, JSON.stringify(document));
    done(null);
  }

  del(key: string, done: Callback<void>): void {
    this.#parsed.delete(key);
    this.#texts.delete(key);
    done(null);
  }

  #parse(key: string): Item | undefined {
    const text = this.#texts.get(key);
    const document: Item | undefined = text === undefined ? undefined : JSON.parse(text);
    if (this.#parsedLength > MOST_PARSED) {
      this.#parsed.clear();
      this.#parsedLength = 0;
    }
    this.#parsed.set(key, document);
    this.#parsedLength += key.length + (text?.length ?? 0);
    return document;
  }

  lock(_key: string, act: (release: <T>(done: T) => T) => void): void {
    act((done) => done);
  }

  createValueStream(range: KeyRange): Stream {
    return new Values(this.#within(range));
  }

  /** What the stream would give. */
  *values(range: KeyRange): Iterable<Item> {
    for (const text of this.#within(range)) yield JSON.parse(text);
  }

  *#within(range: KeyRange): Iterable<string> {
    const { gt, gte = gt, lt, lte = lt, reverse = false, limit = -1 } = range;
    const isPast = (key: string): boolean =>
      reverse ? gte !== undefined && key < gte : lte !== undefined && key > lte;
    let left = limit;
    for (const [key, text] of reverse
      ? this.#texts.entriesReversed(lte)
      : this.#texts.entries(gte)) {
      if (key === gt || key === lt) continue;
      if (left === 0 || isPast(key)) return;
      left -= 1;
      yield text;
    }
  }
}

/** Documents one after the other, until somebody has enough of them. */
class Values extends Stream {
  #isDestroyed = false;

  constructor(texts: Iterable<string>) {
    super();
    queueMicrotask(() => {
      for (const text of texts) {
        if (this.#isDestroyed) return;
        this.emit('data', JSON.parse(text));
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
  readonly getItemDb: (tableName: string) => Documents;
  /** A table that calls are answered of. */
  readonly activeTable: (name: string) => Table | undefined;
}

/** Bytes; DynamoDB takes no larger item. */
const MAX_ITEM_SIZE = 409_600;

export const createItemStore = (): ItemStore => {
  const tables = Object.assign(new Documents(), { awsAccountId: '', awsRegion: '' });
  const items = new Map<string, Documents>();
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
      const known = items.get(tableName) ?? new Documents();
      items.set(tableName, known);
      return known;
    },
    activeTable: (name) => active.get(name),
  };
};

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
