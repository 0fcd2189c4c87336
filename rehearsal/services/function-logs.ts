import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Characters that are kept for one write. */
const MOST_KEPT = 65_536;

/** Real milliseconds that they are kept: who looks into a file while the rehearsal runs sees them come. */
const KEPT_MS = 250;

interface Log {
  readonly file: number;
  /** What is not in the file yet. */
  text: string;
}

/** What functions print: a file each, open as long as the rehearsal runs. */
export class FunctionLogs {
  readonly #dir: string;
  readonly #mostKept: number;
  readonly #logs = new Map<string, Log>();
  #timer: NodeJS.Timeout | undefined;

  /** @param isKilled whether the process may be ended at any moment: then nothing is kept back */
  constructor(dir: string, isKilled = false) {
    this.#dir = dir;
    this.#mostKept = isKilled ? 0 : MOST_KEPT;
  }

  /** Makes the file of a function where there is none. */
  open(name: string): void {
    this.#logOf(name);
  }

  add(name: string, text: string): void {
    const log = this.#logOf(name);
    log.text += text;
    if (log.text.length > this.#mostKept) write(log);
    else this.#timer ??= setTimeout(() => this.flush(), KEPT_MS).unref();
  }

  /** Writes what was kept back. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const log of this.#logs.values()) write(log);
  }

  close(): void {
    this.flush();
    for (const { file } of this.#logs.values()) closeSync(file);
    this.#logs.clear();
  }

  #logOf(name: string): Log {
    const known = this.#logs.get(name);
    if (known !== undefined) return known;
    const log = { file: openSync(join(this.#dir, `${name}.log`), 'a'), text: '' };
    this.#logs.set(name, log);
    return log;
  }
}

const write = (log: Log): void => {
  if (log.text !== '') writeSync(log.file, log.text);
  log.text = '';
};
