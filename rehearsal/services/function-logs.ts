import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** What functions print: a file each, open as long as the rehearsal runs. */
export class FunctionLogs {
  readonly #dir: string;
  readonly #files = new Map<string, number>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Makes the file of a function where there is none. */
  open(name: string): number {
    const known = this.#files.get(name) ?? openSync(join(this.#dir, `${name}.log`), 'a');
    this.#files.set(name, known);
    return known;
  }

  add(name: string, text: Uint8Array): void {
    writeSync(this.open(name), text);
  }

  close(): void {
    for (const file of this.#files.values()) closeSync(file);
    this.#files.clear();
  }
}
