import { AsyncResource } from 'node:async_hooks';
import type { webcrypto } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
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

const realImmediate = setImmediate;
const realTimeout = setTimeout;

/** How often a function that has requests in flight is looked at again. */
const LOOK_AGAIN_MS = 1;
const MOST_DELAY_MS = 2 ** 31 - 1;

/** What every sandbox holds open, at work or not. */
const idle: ReadonlySet<string> = new Set(['MessagePort', 'Timeout']);

/**
 * The timers of one function. A function that only waits need not be waited for: once it has no
 * request, file or signature under way its earliest timer fires at once, in (due, registration) order.
 * One whose real time is over fires in any case, so that a timeout still guards a request that hangs.
 * While no invocation runs they are frozen, as Lambda freezes a sandbox.
 */
export class SandboxTimers {
  readonly #waits = new Map<number, Wait>();
  #sequence = 0;
  #waitedMs = 0;
  #endMs = 0;
  #signing = 0;
  #isLooking = false;
  #onTimeout: (() => void) | undefined;

  /** Until {@link end} timers fire; waiting for more than `limitMs` in all calls `onTimeout` instead. */
  begin(limitMs: number, onTimeout: () => void): void {
    this.#endMs = this.#waitedMs + limitMs;
    this.#onTimeout = onTimeout;
    this.#look();
  }

  end(): void {
    this.#onTimeout = undefined;
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

  /** Work on a thread of Node's own, which its list of active resources does not have. */
  async hold<T>(work: Promise<T>): Promise<T> {
    this.#signing += 1;
    try {
      return await work;
    } finally {
      this.#signing -= 1;
    }
  }

  #look(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    realImmediate(() => this.#turn());
  }

  #turn(): void {
    const next = this.#earliest();
    if (next === undefined || this.#onTimeout === undefined) {
      this.#isLooking = false;
      return;
    }
    const [id, wait] = next;
    if (this.#isBusy() && performance.now() - wait.setAtMs < wait.delayMs) {
      realTimeout(() => this.#turn(), LOOK_AGAIN_MS);
      return;
    }
    this.#isLooking = false;
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
    wait.callback();
  }

  #isBusy(): boolean {
    return (
      this.#signing > 0 || process.getActiveResourcesInfo().some((resource) => !idle.has(resource))
    );
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

/** Puts a sandbox's timers in the place of Node's, for every way of importing them. */
export const installSandboxTimers = (): SandboxTimers => {
  const sandbox = new SandboxTimers();
  const setter =
    (isRepeating: boolean) =>
    (callback: Callback, delay?: number, ...parts: readonly unknown[]): SandboxTimer =>
      sandbox.set(() => void callback(...parts), delay, isRepeating);
  const clear = (timer: unknown): void => sandbox.clear(timer);
  const sleep = sleeping(sandbox);
  const replaced = {
    setTimeout: Object.assign(setter(false), { [promisify.custom]: sleep }),
    setInterval: setter(true),
    clearTimeout: clear,
    clearInterval: clear,
  };
  Object.assign(globalThis, replaced);
  Object.assign(timers, replaced);
  Object.assign(timersPromises, { setTimeout: sleep, setInterval: unmodelled });
  Object.assign(timersPromises.scheduler, { wait: sleep });
  syncBuiltinESMExports();
  holdSignatures(sandbox);
  return sandbox;
};

/** Signing and digesting of Web Crypto. */
const holdSignatures = (sandbox: SandboxTimers): void => {
  const { prototype } = SubtleCrypto;
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype)))
    if (typeof value === 'function' && name !== 'constructor')
      Object.defineProperty(prototype, name, {
        value(this: webcrypto.SubtleCrypto, ...parts: readonly unknown[]) {
          return sandbox.hold(Promise.resolve(Reflect.apply(value, this, parts)));
        },
      });
};
