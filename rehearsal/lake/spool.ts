import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Lines of one table that wait in memory at the most. */
const MOST_WAITING = 1000;

/** Rows on their way into the database: lines of JSON in files, so that an import of millions fills no heap. */
export class Spool {
  readonly #dir: string;
  readonly #waiting = new Map<string, string[]>();
  readonly #files = new Map<string, string>();
  #batches = 0;

  /** @param dir made with the first line */
  constructor(dir: string) {
    this.#dir = dir;
  }

  /** The length of the row's line. */
  add(table: string, row: object): number {
    const lines = this.#waiting.get(table) ?? [];
    this.#waiting.set(table, lines);
    const line = `${JSON.stringify(row)}\n`;
    lines.push(line);
    if (lines.length >= MOST_WAITING) this.#write(table, lines);
    return line.length;
  }

  /** The file of each table that has got rows since the last call. They are the caller's now. */
  take(): ReadonlyMap<string, string> {
    for (const [table, lines] of this.#waiting) this.#write(table, lines);
    const taken = new Map(this.#files);
    this.#files.clear();
    this.#batches += 1;
    return taken;
  }

  #write(table: string, lines: string[]): void {
    if (lines.length === 0) return;
    const file = join(this.#dir, `${table}.${this.#batches}.ndjson`);
    if (this.#files.size === 0) mkdirSync(this.#dir, { recursive: true });
    appendFileSync(file, lines.join(''));
    this.#files.set(table, file);
    lines.length = 0;
  }
}
