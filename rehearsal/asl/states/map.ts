import type { MapState } from '../definition.ts';
import { StateError } from '../errors.ts';
import type { Frame } from '../frame.ts';
import { mapIteration, mapStateStarted } from '../history.ts';
import type { Json } from '../json.ts';
import { checkResultSize } from '../payload-limits.ts';
import { evaluateTemplate } from '../template.ts';
import type { Outcome, Visit } from '../visit.ts';
import { abort } from './abort.ts';
import { runDistributedMap } from './distributed-map.ts';
import {
  evaluateItems,
  evaluateLimits,
  isTolerant,
  isTolerated,
  type Limits,
  toleranceExceeded,
} from './map-limits.ts';
import type { RunWorkflow } from './parallel.ts';

/** AWS's ceiling for an inline Map, also when MaxConcurrency is 0 or missing. */
const INLINE_CONCURRENCY = 40;

/** One run through a Map's items. */
class Iterations {
  readonly #visit: Visit;
  readonly #state: MapState;
  readonly #items: readonly Json[];
  readonly #limits: Limits;
  readonly #runWorkflow: RunWorkflow;
  readonly #results: Json[];
  readonly #running = new Map<Frame, number>();
  #nextIndex = 0;
  #failures = 0;
  #lastEventId: number;
  #culprit: Frame | undefined;

  constructor(
    visit: Visit,
    state: MapState,
    items: readonly Json[],
    limits: Limits,
    runWorkflow: RunWorkflow,
  ) {
    this.#visit = visit;
    this.#state = state;
    this.#items = items;
    this.#limits = limits;
    this.#runWorkflow = runWorkflow;
    this.#results = items.map(() => null);
    this.#lastEventId = visit.frame.lastEventId;
  }

  async run(): Promise<readonly Json[]> {
    const { frame } = this.#visit;
    const startedEventId = frame.lastEventId;
    const lanes = Math.min(this.#limits.concurrency, this.#items.length);
    // The first iterations of all lanes are announced before any of their states, as on AWS.
    const firsts = Array.from({ length: lanes }, () => this.#start(startedEventId));
    const starts = firsts.map((first) => () => ({
      whenParked: first.whenParked(),
      result: this.#runLane(first),
    }));
    try {
      await frame.waitForChildren(this.#running.keys(), starts);
    } catch (thrown) {
      if (this.#culprit) this.#recordFailure(this.#culprit);
      throw thrown;
    }
    frame.continueFrom(this.#lastEventId);
    return this.#results;
  }

  #start(previousEventId: number): Frame {
    const { frame } = this.#visit;
    const index = this.#nextIndex++;
    const item = { Index: index, Value: this.#items[index] ?? null };
    const iteration = frame.child({ Item: item }, previousEventId);
    iteration.record('MapIterationStarted', () => mapIteration('Started', this.#state.name, index));
    this.#running.set(iteration, index);
    return iteration;
  }

  async #runLane(first: Frame): Promise<void> {
    let iteration = first;
    for (;;) {
      const followedEventId = await this.#runOne(iteration);
      if (this.#nextIndex >= this.#items.length) return;
      iteration = this.#start(followedEventId);
    }
  }

  /** Answers the event that the lane's next iteration follows. */
  async #runOne(iteration: Frame): Promise<number> {
    const index = this.#running.get(iteration) ?? 0;
    const { name } = this.#state;
    let lastStateEventId: number;
    try {
      const input = await this.#inputOf(iteration, index);
      this.#results[index] = await this.#runWorkflow(iteration, this.#state.processor, input);
      lastStateEventId = iteration.lastEventId;
      iteration.record('MapIterationSucceeded', () => mapIteration('Succeeded', name, index));
    } catch (thrown) {
      this.#tolerate(iteration, thrown);
      lastStateEventId = iteration.lastEventId;
      iteration.recordAside('MapIterationFailed', () => mapIteration('Failed', name, index));
    }
    this.#running.delete(iteration);
    iteration.park();
    this.#lastEventId = Math.max(this.#lastEventId, iteration.lastEventId);
    return lastStateEventId;
  }

  #inputOf(iteration: Frame, index: number): Json | Promise<Json> {
    const { itemSelector } = this.#state;
    if (itemSelector === undefined) return this.#items[index] ?? null;
    return evaluateTemplate(itemSelector, this.#visit.bindings(undefined, iteration.map));
  }

  /** Notes a failed iteration, or throws the failure of the whole state. */
  #tolerate(iteration: Frame, thrown: unknown): void {
    if (!(thrown instanceof StateError)) throw thrown;
    this.#failures++;
    if (isTolerated(this.#limits, this.#failures, this.#items.length)) {
      const index = this.#running.get(iteration) ?? 0;
      this.#results[index] = { Error: thrown.error ?? '', Cause: thrown.cause ?? '' };
      return;
    }
    this.#culprit ??= iteration;
    throw isTolerant(this.#limits) ? toleranceExceeded() : thrown;
  }

  #recordFailure(culprit: Frame): void {
    const { frame } = this.#visit;
    const { name } = this.#state;
    this.#visit.hasFailedInside = true;
    frame.continueFrom(culprit.lastEventId);
    for (const [iteration, index] of this.#running) {
      const moment = iteration === culprit ? 'Failed' : 'Aborted';
      frame.recordBeside(`MapIteration${moment}`, () => mapIteration(moment, name, index));
      abort(frame, iteration, iteration === culprit);
    }
  }
}

/** Runs the processor once for every item; the result is the array of outputs, in their order. */
export const runMap = async (
  visit: Visit,
  state: MapState,
  runWorkflow: RunWorkflow,
): Promise<Outcome> => {
  if (state.distribution !== undefined) return runDistributedMap(visit, state, state.distribution);
  const { frame } = visit;
  const items = await evaluateItems(visit, state);
  const limits = await evaluateLimits(visit, state, INLINE_CONCURRENCY);
  frame.record('MapStateStarted', () => mapStateStarted(items.length));
  const result = await new Iterations(visit, state, items, limits, runWorkflow).run();
  checkResultSize(state.name, result);
  frame.recordAside('MapStateSucceeded');
  return visit.leave({ ...state, result }, { result });
};
