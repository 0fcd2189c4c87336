/** A timer of a {@link VirtualClock}; opaque, kept only to cancel it. */
export type Timer = {
  readonly dueMs: number;
  readonly sequence: number;
  fire: () => void;
  isLive: boolean;
};

/** Below this many dead timers a sweep costs more than the memory it frees. */
const SWEEP_AT_LEAST = 1024;

const ignore = (): void => undefined;

const isEarlier = (a: Timer, b: Timer): boolean =>
  a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.sequence < b.sequence);

/**
 * Time that passes only when nothing is left to do.
 *
 * Timers fire one at a time, in (due, registration) order, and everything a timer sets off has come
 * to rest (promise chains drained, tracked work answered) before the next one fires. So two runs
 * with the same inputs are identical. All times are milliseconds since the epoch.
 */
export class VirtualClock {
  #nowMs: number;
  #sequence = 0;
  #heap: Timer[] = [];
  #dead = 0;
  #inFlight = 0;
  #fired = 0;
  #isRunning = false;
  #wakeWhenIdle: (() => void) | undefined;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  /** Whether somebody lets time pass. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Timers waiting to fire. */
  get pending(): number {
    return this.#heap.length - this.#dead;
  }

  /** When the next timer fires: not before now, though it may have been due before. Nothing where none waits. */
  get nextDueMs(): number | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined) return undefined;
      if (first.isLive) return Math.max(first.dueMs, this.#nowMs);
      this.#removeFirst();
      this.#dead--;
    }
  }

  /** Timers fired since the clock was made. */
  get fired(): number {
    return this.#fired;
  }

  /** Calls `fire` once when the clock reaches `dueMs`; a time already past is due at once. */
  at(dueMs: number, fire: () => void): Timer {
    const timer = { dueMs, sequence: this.#sequence++, fire, isLive: true };
    this.#heap.push(timer);
    this.#siftUp(this.#heap.length - 1);
    return timer;
  }

  /** Cancelling a timer that fired or was cancelled changes nothing. */
  cancel(timer: Timer | undefined): void {
    if (timer === undefined || !timer.isLive) return;
    timer.isLive = false;
    // What a dead timer would have called is free to go before its time comes.
    timer.fire = ignore;
    this.#dead++;
    if (this.#dead > SWEEP_AT_LEAST && this.#dead * 2 > this.#heap.length) this.#sweep();
  }

  /** Holds the clock still until real work (a worker's answer, a socket) has ended. */
  track<T>(work: Promise<T>): Promise<T> {
    this.#inFlight++;
    work.then(
      () => this.#untrack(),
      () => this.#untrack(),
    );
    return work;
  }

  /**
   * Fires every timer due up to and including `limitMs`, then stands at `limitMs`. Without a limit
   * it runs until no timer is left and stands at the last one that fired.
   */
  async runUntil(limitMs = Infinity): Promise<void> {
    if (this.#isRunning) throw new Error('VirtualClock.runUntil: the clock is already running.');
    this.#isRunning = true;
    try {
      await this.#run(limitMs);
    } finally {
      this.#isRunning = false;
    }
  }

  async #run(limitMs: number): Promise<void> {
    for (;;) {
      await this.#settle();
      const next = this.#takeDue(limitMs);
      if (next === undefined) break;
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      this.#fired++;
      next.fire();
    }
    if (Number.isFinite(limitMs)) this.#nowMs = Math.max(this.#nowMs, limitMs);
  }

  async #settle(): Promise<void> {
    do {
      if (this.#inFlight > 0) await this.#untilIdle();
      // All promise chains have run to their end by the time an immediate is called.
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#inFlight > 0);
  }

  #untrack(): void {
    this.#inFlight--;
    if (this.#inFlight === 0) this.#wakeWhenIdle?.();
  }

  #untilIdle(): Promise<void> {
    return new Promise((resolve) => {
      this.#wakeWhenIdle = () => {
        this.#wakeWhenIdle = undefined;
        resolve();
      };
    });
  }

  #takeDue(limitMs: number): Timer | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || (first.isLive && first.dueMs > limitMs)) return undefined;
      this.#removeFirst();
      if (first.isLive) {
        first.isLive = false;
        return first;
      }
      this.#dead--;
    }
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#siftDown(0);
  }

  #sweep(): void {
    this.#heap = this.#heap.filter((timer) => timer.isLive);
    this.#dead = 0;
    for (let i = (this.#heap.length >> 1) - 1; i >= 0; i--) this.#siftDown(i);
  }

  #siftUp(from: number): void {
    const heap = this.#heap;
    const moving = heap[from];
    if (moving === undefined) return;
    let at = from;
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt];
      if (parent === undefined || !isEarlier(moving, parent)) break;
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = moving;
  }

  #siftDown(from: number): void {
    const heap = this.#heap;
    const moving = heap[from];
    if (moving === undefined) return;
    let at = from;
    for (;;) {
      const childAt = this.#earlierChild(at);
      const child = heap[childAt];
      if (child === undefined || !isEarlier(child, moving)) break;
      heap[at] = child;
      at = childAt;
    }
    heap[at] = moving;
  }

  #earlierChild(parentAt: number): number {
    const leftAt = parentAt * 2 + 1;
    const left = this.#heap[leftAt];
    const right = this.#heap[leftAt + 1];
    return left !== undefined && right !== undefined && isEarlier(right, left)
      ? leftAt + 1
      : leftAt;
  }
}
