import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync, truncateSync, writeSync } from 'node:fs';
import type { Invocation } from './function-sandbox.ts';

/** A call that a function made, as the service read it. */
export interface JournalCall {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What one invocation did, and gave back. */
export interface JournalEntry {
  /** Number of the invocation in its rehearsal, from 1. */
  readonly id: number;
  readonly functionName: string;
  /** SHA-256 of its event's JSON, base64. */
  readonly event: string;
  readonly calls: readonly JournalCall[];
  readonly invocation: Invocation;
}

/** The journal is of another rehearsal: of other code, orders or options. */
export class OtherRehearsal extends Error {
  override readonly name = 'OtherRehearsal';

  constructor(what: string) {
    super(
      `what was begun cannot be resumed: ${what}. Resume with the code and the options that it was begun with, or begin anew`,
    );
  }
}

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 10;

/**
 * What functions did, line by line in a file: a rehearsal that was killed is run again from its beginning, and where
 * the journal knows an invocation its calls are made and its answer is given without the function. Everything else
 * follows from those, as nothing in a rehearsal is left to chance.
 */
export class InvocationJournal {
  readonly #file: string;
  #reading: number | undefined;
  #writing: number | undefined;
  #unread = Buffer.alloc(0);
  /** Bytes of whole lines. */
  #readBytes = 0;
  readonly #ahead = new Map<number, JournalEntry>();

  /**
   * Begins a journal, or goes on with the one that is there.
   *
   * @param of a digest of all that the rehearsal depends on
   * @throws {OtherRehearsal}
   */
  constructor(file: string, of: string) {
    this.#file = file;
    if (!existsSync(file)) {
      this.#writing = openSync(file, 'a');
      this.#write({ format: 1, of });
      return;
    }
    this.#reading = openSync(file, 'r');
    const first = this.#line();
    const begun: unknown = first === undefined ? undefined : JSON.parse(first);
    if (first !== undefined && Object(begun).of !== of)
      throw new OtherRehearsal('the stacks, the orders or the options differ');
    if (first === undefined) this.#endReading({ format: 1, of });
  }

  /** What the invocation of this number did when it was rehearsed before; nothing once the journal is at its end. */
  known(id: number): JournalEntry | undefined {
    const ahead = this.#ahead.get(id);
    this.#ahead.delete(id);
    if (ahead !== undefined) return ahead;
    for (let line = this.#line(); line !== undefined; line = this.#line()) {
      const entry: JournalEntry = JSON.parse(line);
      if (entry.id === id) return entry;
      // An invocation that another overtook stands behind it.
      this.#ahead.set(entry.id, entry);
    }
    this.#endReading();
    return undefined;
  }

  /** Adds what an invocation did; it is kept even if the process is killed afterwards. */
  add(entry: Omit<JournalEntry, 'event'>, event: unknown): void {
    const line: JournalEntry = { ...entry, event: digestOf(event) };
    this.#write(line);
  }

  close(): void {
    for (const file of [this.#reading, this.#writing]) if (file !== undefined) closeSync(file);
    this.#reading = undefined;
    this.#writing = undefined;
  }

  #line(): string | undefined {
    if (this.#reading === undefined) return undefined;
    let end = this.#unread.indexOf(NEWLINE);
    while (end < 0) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const bytes = readSync(this.#reading, chunk);
      if (bytes === 0) return undefined;
      const searched = this.#unread.length;
      this.#unread = Buffer.concat([this.#unread, chunk.subarray(0, bytes)]);
      end = this.#unread.indexOf(NEWLINE, searched);
    }
    const line = this.#unread.toString('utf8', 0, end);
    this.#unread = this.#unread.subarray(end + 1);
    this.#readBytes += end + 1;
    return line;
  }

  /** The last line of a killed process may be half of one: what it tells of is done again. */
  #endReading(begin?: object): void {
    if (this.#reading === undefined) return;
    closeSync(this.#reading);
    this.#reading = undefined;
    truncateSync(this.#file, this.#readBytes);
    this.#writing = openSync(this.#file, 'a');
    if (begin !== undefined) this.#write(begin);
  }

  #write(line: object): void {
    if (this.#writing === undefined)
      throw new Error('the journal is added to before all of it has been read');
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    for (let at = 0; at < bytes.length;) at += writeSync(this.#writing, bytes, at);
  }
}

/** What tells the events of a function apart. */
export const digestOf = (event: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(event) ?? '')
    .digest('base64');
