import { Stream } from 'node:stream';
import type { Item, Table } from 'dynalite/db/index.js';
import { EmptyBTree } from 'sorted-btree';
import { jsonCopy } from '../json-copy.ts';

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

/** Documents of a table that are kept as objects as well, twice: those of the orders that something happens to. */
const MOST_OPEN = 2048;

/** What was read or written last, or that nothing was there. */
interface Open {
  readonly document: Item | undefined;
  /** Whether the text is older. */
  readonly isUnwritten: boolean;
}

/**
 * Documents by their keys, in the order of these. It answers at once, so that an action of dynalite is over
 * before another begins, and nothing is to be locked.
 */
export class Documents {
  /** As JSON, which takes little memory. */
  readonly #texts: SortedTexts = EmptyBTree.clone();
  /** As objects: documents of an order are read and written again and again. */
  #open = new Map<string, Open>();
  /** What was not asked for since there were too many is given up next. */
  #older = new Map<string, Open>();
  readonly #mostOpen: number;

  constructor(mostOpen = MOST_OPEN) {
    this.#mostOpen = mostOpen;
  }

  get(key: string, done: Callback<unknown>): void {
    done(null, this.read(key));
  }

  /** Gives a document that others are given too: it is looked at, and copied by who changes it. */
  read(key: string): Item | undefined {
    return (this.#opened(key) ?? this.#keep(key, openOf(this.#texts.get(key)))).document;
  }

  put(key: string, document: unknown, done: Callback<void>): void {
    // Its older text is of no use any more.
    if (this.#opened(key)?.isUnwritten !== true) this.#texts.set(key, '');
    // What was put is not changed by who put it.
    this.#keep(key, { document: Object(jsonCopy(document)), isUnwritten: true });
    done(null);
  }

  del(key: string, done: Callback<void>): void {
    this.#open.delete(key);
    this.#older.delete(key);
    this.#texts.delete(key);
    done(null);
  }

  lock(_key: string, act: (release: <T>(done: T) => T) => void): void {
    act((done) => done);
  }

  createValueStream(range: KeyRange): Stream {
    return new Values(this.texts(range));
  }

  /** What the stream would give, as `read` gives it. */
  *values(range: KeyRange): Iterable<Item> {
    for (const [key, text] of this.#within(range)) {
      const { document } = this.#opened(key) ?? this.#keep(key, openOf(text));
      if (document !== undefined) yield document;
    }
  }

  /** The same as JSON. */
  *texts(range: KeyRange): Iterable<string> {
    for (const [key, text] of this.#within(range)) {
      const open = this.#open.get(key) ?? this.#older.get(key);
      yield open?.isUnwritten === true ? JSON.stringify(open.document) : text;
    }
  }

  #opened(key: string): Open | undefined {
    const open = this.#open.get(key);
    if (open !== undefined) return open;
    const older = this.#older.get(key);
    return older === undefined ? undefined : this.#keep(key, older);
  }

  #keep(key: string, open: Open): Open {
    this.#older.delete(key);
    this.#open.set(key, open);
    if (this.#open.size >= this.#mostOpen) this.#giveUpOlder();
    return open;
  }

  #giveUpOlder(): void {
    for (const [key, { document, isUnwritten }] of this.#older)
      if (isUnwritten) this.#texts.set(key, JSON.stringify(document));
    this.#older = this.#open;
    this.#open = new Map();
  }

  *#within(range: KeyRange): Iterable<readonly [string, string]> {
    const { gt, gte = gt, lt, lte = lt, reverse = false, limit = -1 } = range;
    const isPast = (key: string): boolean =>
      reverse ? gte !== undefined && key < gte : lte !== undefined && key > lte;
    let left = limit;
    for (const entry of reverse ? this.#texts.entriesReversed(lte) : this.#texts.entries(gte)) {
      const [key] = entry;
      if (key === gt || key === lt) continue;
      if (left === 0 || isPast(key)) return;
      left -= 1;
      yield entry;
    }
  }
}

const openOf = (text: string | undefined): Open => ({
  document: text === undefined ? undefined : JSON.parse(text),
  isUnwritten: false,
});

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

/** @param mostOpen documents of a table that are kept as objects, one at the least */
export const createItemStore = (mostOpen = MOST_OPEN): ItemStore => {
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
      const known = items.get(tableName) ?? new Documents(mostOpen);
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
