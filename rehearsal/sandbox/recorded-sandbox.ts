import type { JournalCall, JournalEntry } from './invocation-journal.ts';
import type { Invocation, Sandbox } from './function-sandbox.ts';

/** Has a call of a function done as the function would: refusals are the function's to deal with, and it did. */
export type Redo = (call: JournalCall) => Promise<void>;

/** Stands for a function that has done before what it is asked for: makes its calls and gives its answer. */
export class RecordedSandbox implements Sandbox {
  /** What comes next is not its own. */
  readonly hasEnded = true;
  readonly #entry: JournalEntry;
  readonly #redo: Redo;
  #onEnd: (() => void) | undefined;

  constructor(entry: JournalEntry, redo: Redo) {
    this.#entry = entry;
    this.#redo = redo;
  }

  async invoke(): Promise<Invocation> {
    const ended = new Promise<void>((resolve) => {
      this.#onEnd = resolve;
    });
    await Promise.race([ended, this.#redoAll()]);
    return this.#entry.invocation;
  }

  end(): void {
    this.#onEnd?.();
  }

  async #redoAll(): Promise<void> {
    for (const call of this.#entry.calls) {
      await this.#redo(call);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
