import { AsyncResource } from 'node:async_hooks';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';

type Callback = (...parts: readonly unknown[]) => unknown;

interface Wait {
  readonly callback: () => void;
  readonly delayMs: number;
  readonly isRepeating: boolean;
  /** Real, by `performance.now()`. */
  setAtMs: number;
  dueMs: number;
  sequence: number;
}

/** The longest delay that Node takes. */
const MOST_DELAY_MS = 2 ** 31 - 1;

/**
 * The timers of one function. A function that only waits need not be waited for: once it has no
 * work under way that it {@link hold holds}, its earliest timer fires at once, in (due, registration) order.
 * One whose real time is over fires in any case, so that a timeout still guards a request that hangs.
 * While no invocation runs they are frozen, as Lambda freezes a sandbox.
 */
export class SandboxTimers {
  readonly #waits = new Map<number, Wait>();
  #sequence = 0;
  #waitedMs = 0;
  #endMs = 0;
  #held = 0;
  #isLooking = false;
  #guard: NodeJS.Timeout | undefined;
  #onTimeout: (() => void) | undefined;
  readonly #onError: (error: unknown) => void;

  /** @param onError told of what a timer threw */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Until {@link end} timers fire; waiting for more than `limitMs` in all calls `onTimeout` instead. */
  begin(limitMs: number, onTimeout: () => void): void {
    this.#endMs = this.#waitedMs + limitMs;
    this.#onTimeout = onTimeout;
    this.#look();
  }

  end(): void {
    this.#onTimeout = undefined;
    clearTimeout(this.#guard);
    this.#guard = undefined;
  }

  /** What waiting has left of the time that the invocation may take. */
  get remainingMs(): number {
    return this.#endMs - this.#waitedMs;
  }

  set(callback: () => void, delay: unknown, isRepeating: boolean): SandboxTimer {
    // Node takes what is no delay for one millisecond.
    const asked = Number(delay);
    const delayMs = asked >= 1 && asked <= MOST_DELAY_MS ? Math.trunc(asked) : 1;
    const sequence = ++this.#sequence;
    const wait = {
      callback: AsyncResource.bind(callback),
      delayMs,
      isRepeating,
      setAtMs: 0,
      dueMs: 0,
      sequence,
    };
    this.restart(sequence, wait);
    return new SandboxTimer(this, sequence, wait);
  }

  restart(id: number, wait: Wait): void {
    wait.setAtMs = performance.now();
    wait.dueMs = this.#waitedMs + wait.delayMs;
    wait.sequence = ++this.#sequence;
    this.#waits.set(id, wait);
    this.#look();
  }

  clear(timer: unknown): void {
    this.#waits.delete(Number(timer));
  }

  /** Work that takes real time: a request, a file, a signature. Meanwhile nothing is over before its real time. */
  async hold<T>(work: Promise<T>): Promise<T> {
    this.#held += 1;
    try {
      return await work;
    } finally {
      this.#held -= 1;
      if (this.#held === 0) this.#look();
    }
  }

  #look(): void {
    if (this.#isLooking || this.#onTimeout === undefined || this.#waits.size === 0) return;
    this.#isLooking = true;
    // All promise chains have run to their end by the time an immediate is called.
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#isLooking = false;
    const next = this.#earliest();
    if (next === undefined || this.#onTimeout === undefined) return;
    const [id, wait] = next;
    const leftMs = wait.delayMs - (performance.now() - wait.setAtMs);
    if (this.#held > 0 && leftMs > 0) {
      this.#guard ??= setTimeout(() => {
        this.#guard = undefined;
        this.#look();
      }, leftMs);
      return;
    }
    this.#fire(id, wait, this.#onTimeout);
    this.#look();
  }

  #fire(id: number, wait: Wait, onTimeout: () => void): void {
    if (wait.dueMs > this.#endMs) {
      this.end();
      onTimeout();
      return;
    }
    this.#waitedMs = Math.max(this.#waitedMs, wait.dueMs);
    this.#waits.delete(id);
    if (wait.isRepeating) this.restart(id, wait);
    try {
      wait.callback();
    } catch (error) {
      this.#onError(error);
    }
  }

  #earliest(): readonly [number, Wait] | undefined {
    let first: readonly [number, Wait] | undefined;
    for (const entry of this.#waits)
      if (first === undefined || isBefore(entry, first)) first = entry;
    return first;
  }
}

const isBefore = ([, a]: readonly [number, Wait], [, b]: readonly [number, Wait]): boolean =>
  a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.sequence < b.sequence);

/** What `setTimeout` gives back: the part of Node's Timeout that libraries use. */
class SandboxTimer {
  readonly #timers: SandboxTimers;
  readonly #id: number;
  readonly #wait: Wait;

  constructor(timersOfSandbox: SandboxTimers, id: number, wait: Wait) {
    this.#timers = timersOfSandbox;
    this.#id = id;
    this.#wait = wait;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  refresh(): this {
    this.#timers.restart(this.#id, this.#wait);
    return this;
  }

  close(): this {
    this.#timers.clear(this);
    return this;
  }

  [Symbol.dispose](): void {
    this.#timers.clear(this);
  }

  [Symbol.toPrimitive](): number {
    return this.#id;
  }
}

interface SleepOptions {
  readonly signal?: AbortSignal | undefined;
}

/** `node:timers/promises`: resolves to the value, or rejects as soon as the signal is aborted. */
const sleeping =
  (sandbox: SandboxTimers) =>
  <T>(delay?: number, value?: T, { signal }: SleepOptions = {}): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      const refuse = (): void => {
        reject(new DOMException('The operation was aborted', { name: 'AbortError' }));
      };
      if (signal?.aborted === true) {
        refuse();
        return;
      }
      const timer = sandbox.set(() => resolve(value), delay, false);
      signal?.addEventListener('abort', () => {
        sandbox.clear(timer);
        refuse();
      });
    });

const unmodelled = (): never => {
  throw new Error(
    'setInterval of node:timers/promises is not modelled by the rehearsal; sleep in a loop instead',
  );
};

type SetTimer = (callback: Callback, delay?: number, ...parts: readonly unknown[]) => SandboxTimer;

/** What a function finds in the place of Node's timers, for every way of asking for them. */
export interface TimerFunctions {
  readonly globals: {
    readonly setTimeout: SetTimer;
    readonly setInterval: SetTimer;
    readonly clearTimeout: (timer: unknown) => void;
    readonly clearInterval: (timer: unknown) => void;
  };
  /** `node:timers` */
  readonly timers: object;
  /** `node:timers/promises` */
  readonly promises: object;
}

export const timerFunctions = (sandbox: SandboxTimers): TimerFunctions => {
  const setter =
    (isRepeating: boolean) =>
    (callback: Callback, delay?: number, ...parts: readonly unknown[]): SandboxTimer =>
      sandbox.set(() => void callback(...parts), delay, isRepeating);
  const clear = (timer: unknown): void => sandbox.clear(timer);
  const sleep = sleeping(sandbox);
  const globals = {
    setTimeout: Object.assign(setter(false), { [promisify.custom]: sleep }),
    setInterval: setter(true),
    clearTimeout: clear,
    clearInterval: clear,
  };
  const promises = {
    ...timersPromises,
    setTimeout: sleep,
    setInterval: unmodelled,
    scheduler: { wait: sleep },
  };
  return { globals, timers: { ...timers, ...globals, promises }, promises };
};
