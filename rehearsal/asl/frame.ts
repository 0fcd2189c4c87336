import type { Timer, VirtualClock } from '../clock.ts';
import { Cancelled } from './errors.ts';
import type { Details } from './history.ts';
import type { JsonObject } from './json.ts';
import { Scope } from './scope.ts';
import type { ExecutionRun } from './execution-run.ts';

/** Something that a chain of states waits for. */
export interface Pending<T> {
  /** Begins; ends by calling one of `settle`'s functions, at once or later. */
  start(settle: Settle<T>): void;
  /** Called once, when the wait ends in whatever way: lets go of timers and tokens. */
  release(): void;
}

export interface Settle<T> {
  resolve(value: T): void;
  reject(error: Error): void;
}

/** A chain that has been started inside another. */
export type ChildRun<T> = { readonly whenParked: Promise<void>; readonly result: Promise<T> };

const failed = Symbol('failed');
const ignore = (): undefined => undefined;

/** One wait of a chain: the first to settle it wins, and it can be stopped from outside. */
class Wait<T> implements Settle<T> {
  readonly #pending: Pending<T>;
  readonly #resolve: (value: T) => void;
  readonly #reject: (error: Error) => void;
  #isOver = false;

  constructor(pending: Pending<T>, resolve: (value: T) => void, reject: (error: Error) => void) {
    this.#pending = pending;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  resolve(value: T): void {
    if (this.#end()) this.#resolve(value);
  }

  reject(error: Error): void {
    if (this.#end()) this.#reject(error);
  }

  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#pending.release();
    return true;
  }
}

class Sleep implements Pending<void> {
  readonly #clock: VirtualClock;
  readonly #dueMs: number;
  #timer: Timer | undefined;

  constructor(clock: VirtualClock, dueMs: number) {
    this.#clock = clock;
    this.#dueMs = dueMs;
  }

  start(settle: Settle<void>): void {
    this.#timer = this.#clock.at(this.#dueMs, () => settle.resolve());
  }

  release(): void {
    this.#clock.cancel(this.#timer);
  }
}

/**
 * One chain of states: the execution itself, a Parallel's branch or a Map's iteration. It owns the
 * chain's variables, its place in the history, and whatever it is waiting for, so that it can be
 * stopped at any moment.
 */
export class Frame {
  readonly run: ExecutionRun;
  readonly scope: Scope;
  /** `$states.context.Map` of an iteration. */
  readonly map: JsonObject | undefined;
  /** The type of the state this chain is in, for the event that says it was aborted. */
  activeState: string | undefined;
  #lastEventId: number;
  #tailEventId: number;
  #isCancelled = false;
  #waiting: { reject(error: Error): void } | undefined;
  #children: Iterable<Frame> = [];
  #onParked: (() => void) | undefined;

  constructor(run: ExecutionRun, scope: Scope, lastEventId: number, map?: JsonObject) {
    this.run = run;
    this.scope = scope;
    this.map = map;
    this.#lastEventId = lastEventId;
    this.#tailEventId = lastEventId;
  }

  get clock(): VirtualClock {
    return this.run.clock;
  }

  get lastEventId(): number {
    return this.#lastEventId;
  }

  get tailEventId(): number {
    return this.#tailEventId;
  }

  /** A chain inside this one. Its first event follows `lastEventId` (default: this chain's last). */
  child(map?: JsonObject, lastEventId = this.#lastEventId): Frame {
    return new Frame(this.run, new Scope(this.scope), lastEventId, map ?? this.map);
  }

  /** Records the next event of this chain and answers its id. */
  record(type: string, details?: Details): number {
    this.#assertLive();
    const id = this.run.record(type, this.#lastEventId, details);
    this.continueFrom(id);
    return id;
  }

  /** Records an event that the chain's next event does not follow, as AWS does for some. */
  recordAside(type: string, details?: Details): number {
    this.#assertLive();
    this.#tailEventId = this.run.record(type, this.#tailEventId, details);
    return this.#tailEventId;
  }

  /** Records an event that follows the chain's last one, which stays the last. */
  recordBeside(type: string, details?: Details): void {
    this.#assertLive();
    this.#tailEventId = this.run.record(type, this.#lastEventId, details);
  }

  continueFrom(eventId: number): void {
    this.#lastEventId = eventId;
    this.#tailEventId = eventId;
  }

  /** Waits until `pending` settles, or rejects with Cancelled when this chain is stopped. */
  wait<T>(pending: Pending<T>): Promise<T> {
    this.#assertLive();
    this.park();
    return new Promise<T>((resolve, reject) => {
      const wait = new Wait(pending, resolve, reject);
      this.#waiting = wait;
      pending.start(wait);
    });
  }

  sleepUntil(dueMs: number): Promise<void> {
    return this.wait(new Sleep(this.clock, dueMs));
  }

  /**
   * Starts chains inside this one and waits for them all. The next one starts when the one before
   * has come to its first wait or to its end: so their events come branch by branch, as on AWS.
   * They are stopped when this chain is.
   */
  async waitForChildren<T>(
    children: Iterable<Frame>,
    starts: Iterable<() => ChildRun<T>>,
  ): Promise<readonly T[]> {
    this.#children = children;
    const runs: Promise<T>[] = [];
    try {
      for (const start of starts) {
        const { whenParked, result } = start();
        runs.push(result);
        // A failed branch ends the state: nothing more is started.
        if ((await Promise.race([whenParked, result.then(ignore, () => failed)])) === failed) break;
        this.#assertLive();
      }
      this.park();
      return await Promise.all(runs);
    } finally {
      this.#children = [];
    }
  }

  /** Resolves when this chain, just begun, first waits for something. */
  whenParked(): Promise<void> {
    return new Promise((resolve) => {
      this.#onParked = resolve;
    });
  }

  /** This chain waits or is over: its next sibling may start. */
  park(): void {
    this.#onParked?.();
    this.#onParked = undefined;
  }

  /** Stops this chain and all inside it: timers and task tokens go, nothing more is recorded. */
  cancel(): void {
    if (this.#isCancelled) return;
    this.#isCancelled = true;
    for (const child of this.#children) child.cancel();
    this.#waiting?.reject(new Cancelled());
  }

  #assertLive(): void {
    if (this.#isCancelled) throw new Cancelled();
  }
}
