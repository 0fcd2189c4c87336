import type { VirtualClock } from '../clock.ts';
import type { Denial } from '../services/authorizer.ts';
import type { ClockView } from './views.ts';

/** Virtual time in a real second. */
const rates = { hour: 3_600_000, day: 86_400_000, fast: Infinity } as const;

export type Pace = keyof typeof rates;

export const isPace = (text: string): text is Pace => Object.hasOwn(rates, text);

export interface PacerOptions {
  readonly clock: Pick<VirtualClock, 'now' | 'nextDueMs' | 'runUntil'>;
  readonly fromMs: number;
  /** Where playing ends by itself: nothing more is planned then. */
  readonly untilMs: number;
  /** How many events have come from outside so far. */
  readonly eventsHeard: () => number;
  readonly denials: () => readonly Denial[];
  /** Told whenever time has passed, or whether it passes has changed. */
  readonly onChange: () => void;
}

/** How far time is to pass, and when it has. */
interface Run {
  readonly mode: Exclude<ClockView['mode'], 'paused'>;
  readonly pace: Pace;
  /** Up to here now, at the pace of the run. */
  readonly limitMs: () => number;
  readonly isDone: () => boolean;
}

/** Real milliseconds that nobody else has to wait longer for than for one moment of the rehearsal. */
const SLICE_MS = 40;

/** Real milliseconds until a run at a pace looks again. */
const TICK_MS = 100;

/**
 * Lets time pass as somebody at the console wants it: in slices of a moment, so that between two of them requests are
 * answered. One thing at a time has the clock.
 */
export class Pacer {
  readonly #options: PacerOptions;
  #run: Run | undefined;
  #running: Promise<void> = Promise.resolve();
  #turn: Promise<unknown> = Promise.resolve();
  #problem: string | undefined;

  constructor(options: PacerOptions) {
    this.#options = options;
  }

  view(): ClockView {
    const { clock, fromMs, untilMs } = this.#options;
    return {
      nowMs: clock.now(),
      fromMs,
      untilMs,
      mode: this.#run?.mode ?? 'paused',
      pace: this.#run?.pace,
      problem: this.#problem ?? deniedInWords(this.#options.denials()),
    };
  }

  /** Until it is paused, or nothing more is planned. */
  play(pace: Pace): void {
    const { clock, untilMs } = this.#options;
    const startMs = clock.now();
    const endMs = startMs < untilMs ? untilMs : Infinity;
    const startedAt = performance.now();
    const paced = (): number =>
      pace === 'fast' ? Infinity : startMs + ((performance.now() - startedAt) / 1000) * rates[pace];
    const limitMs = (): number => Math.min(endMs, paced());
    this.#begin({ mode: 'playing', pace, limitMs, isDone: () => clock.now() >= endMs });
  }

  /** Until the next thing that a shop, a carrier or a customer tells, or to the end of what is planned. */
  toNextEvent(): void {
    const { eventsHeard, clock, untilMs } = this.#options;
    const before = eventsHeard();
    const endMs = clock.now() < untilMs ? untilMs : Infinity;
    const isDone = (): boolean => eventsHeard() > before || clock.now() >= endMs;
    this.#begin({ mode: 'skipping', pace: 'fast', limitMs: () => endMs, isDone });
  }

  /** @param toMs after now */
  to(toMs: number): void {
    const { clock } = this.#options;
    const isDone = (): boolean => clock.now() >= toMs;
    this.#begin({ mode: 'skipping', pace: 'fast', limitMs: () => toMs, isDone });
  }

  /** Ends a run after the moment that it is in; resolves when it has. */
  pause(): Promise<void> {
    this.#run = undefined;
    this.#options.onChange();
    return this.#running;
  }

  /** Resolves when time does not pass any more, however that came. */
  rested(): Promise<void> {
    return this.#running;
  }

  /** The next timer, and what is due at its time. */
  async step(): Promise<void> {
    await this.pause();
    const { clock } = this.#options;
    await this.alone(() => this.#guarded(() => clock.runUntil(clock.nextDueMs ?? clock.now())));
    this.#options.onChange();
  }

  /** Does what needs the clock to stand still meanwhile, between two slices of a run. */
  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** Has what is due be done, and the seconds pass in which what it sets off is done: queues gather for some. */
  async settle(forMs: number): Promise<void> {
    const { clock } = this.#options;
    await this.alone(() => this.#guarded(() => clock.runUntil(clock.now() + forMs)));
    this.#options.onChange();
  }

  #begin(run: Run): void {
    this.#run = run;
    this.#running = this.#running.then(() => this.#follow(run));
    this.#options.onChange();
  }

  async #follow(run: Run): Promise<void> {
    while (this.#run === run) {
      const isIdle = await this.alone(() => this.#slice(run));
      this.#options.onChange();
      if (isIdle) await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
  }

  /** @returns whether there is nothing to do before the run's pace allows it */
  async #slice(run: Run): Promise<boolean> {
    const { clock } = this.#options;
    const endsAt = performance.now() + SLICE_MS;
    do {
      const limitMs = run.limitMs();
      const nextMs = clock.nextDueMs ?? Infinity;
      const toMs = Math.min(limitMs, nextMs);
      if (Number.isFinite(toMs)) await this.#guarded(() => clock.runUntil(toMs));
      if (this.#isOver(run, nextMs)) return false;
      if (nextMs > limitMs) return true;
    } while (this.#run === run && performance.now() < endsAt);
    return false;
  }

  #isOver(run: Run, nextMs: number): boolean {
    const isStuck = this.#problem !== undefined || this.#options.denials().length > 0;
    const isOver = isStuck || run.isDone() || nextMs === Infinity;
    if (isOver && this.#run === run) this.#run = undefined;
    return isOver;
  }

  /** What fails in the rehearsal is shown and ends the run; whoever drives it goes on looking. */
  async #guarded(pass: () => Promise<void>): Promise<void> {
    try {
      await pass();
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      this.#run = undefined;
      console.error(error);
    }
  }
}

const deniedInWords = (denials: readonly Denial[]): string | undefined => {
  const [first] = denials;
  if (first === undefined) return undefined;
  const { principal, action, resource } = first;
  return `the deployed policies refuse a call: ${principal} may not ${action} on ${resource}; the clock stands still`;
};
