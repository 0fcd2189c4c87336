import type { Distribution, MapState } from '../definition.ts';

import type { Execution, ExecutionDescription } from '../execution.ts';
import type { Pending, Settle } from '../frame.ts';
import { isTolerated, type Limits, toleranceExceeded } from '../states/map-limits.ts';
import type { Visit } from '../visit.ts';
import type { ChildInput, ChildInputs } from './child-inputs.ts';
import type { MapProgress } from './map-host.ts';
import type { ChildResults } from './results.ts';

export type MapRunOptions = {
  readonly visit: Visit;
  readonly state: MapState;
  readonly distribution: Distribution;
  readonly mapRunArn: string;
  readonly limits: Limits;
  readonly inputs: ChildInputs;
  /** Items that the run has. */
  readonly total: number;
  readonly results: ChildResults;
};

/**
 * Runs a child execution for every input, never more at once than the concurrency allows; inputs are
 * read as there is room for them. Settles when no child runs any more: with a rejection once more
 * items have failed than are tolerated, at which children that still run are stopped.
 */
export class MapRun implements Pending<void> {
  readonly #options: MapRunOptions;
  readonly #running = new Map<Execution, number>();
  #settle: Settle<void> | undefined;
  #nextIndex = 0;
  #succeeded = 0;
  #failed = 0;
  #isFilling = false;
  #isExhausted = false;
  #failure: Error | undefined;
  /** An input that was read when the run had failed already. */
  #left: ChildInput | undefined;

  constructor(options: MapRunOptions) {
    this.#options = options;
  }

  start(settle: Settle<void>): void {
    this.#settle = settle;
    this.report('RUNNING');
    void this.#fill();
  }

  /** Called when the run has ended, or is stopped with the execution it belongs to. */
  release(): void {
    const isStopped = this.#settle !== undefined;
    this.#settle = undefined;
    if (!isStopped) return;
    this.#stopChildren();
    this.report('ABORTED');
  }

  report(status: MapProgress['status']): void {
    const { visit, mapRunArn, total } = this.#options;
    const { executionArn, maps } = visit.frame.run;
    const counts = { total, succeeded: this.#succeeded, failed: this.#failed };
    maps.onProgress({ mapRunArn, executionArn, status, ...counts });
  }

  /** Inputs that never got a child execution; empty when they cannot be read. */
  async *pending(): AsyncGenerator<ChildInput> {
    if (this.#left !== undefined) yield this.#left;
    if (this.#isExhausted) return;
    for (;;) {
      const input = await this.#nextInput();
      if (input === undefined) return;
      yield input;
    }
  }

  /** What cannot be read has been noted as the failure of the run. */
  async #nextInput(): Promise<ChildInput | undefined> {
    try {
      const input = await this.#options.inputs.next();
      this.#isExhausted = input === undefined;
      return input;
    } catch (thrown) {
      this.#isExhausted = true;
      this.#failure ??= thrown instanceof Error ? thrown : new Error(String(thrown));
      return undefined;
    }
  }

  get #hasRoom(): boolean {
    return (
      !this.#isExhausted &&
      this.#failure === undefined &&
      this.#settle !== undefined &&
      this.#running.size < this.#options.limits.concurrency
    );
  }

  async #fill(): Promise<void> {
    if (this.#isFilling) return;
    this.#isFilling = true;
    while (this.#hasRoom) {
      const input = await this.#nextInput();
      if (input === undefined) break;
      if (this.#failure === undefined && this.#settle !== undefined) this.#startChild(input);
      else this.#left = input;
    }
    this.#isFilling = false;
    if (this.#failure !== undefined) this.#stopChildren();
    this.#endIfOver();
  }

  #startChild({ input, itemCount }: ChildInput): void {
    const { visit, state, distribution, results } = this.#options;
    const { run } = visit.frame;
    const index = this.#nextIndex++;
    const child: Execution = run.maps.start({
      stateMachineArn: run.stateMachineArn,
      label: distribution.label,
      isExpress: distribution.isExpress,
      workflow: state.processor,
      input,
      roleArn: run.roleArn,
      onEnd: (ended) => {
        results.add(index, ended);
        this.#onChildEnd(child, ended);
      },
    });
    this.#running.set(child, itemCount);
  }

  #onChildEnd(child: Execution, { status, stateTransitions }: ExecutionDescription): void {
    const { limits, total, visit, distribution } = this.#options;
    const itemCount = this.#running.get(child) ?? 0;
    this.#running.delete(child);
    if (!distribution.isExpress) visit.frame.run.stateTransitions += stateTransitions;
    if (status === 'SUCCEEDED') this.#succeeded += itemCount;
    else if (status !== 'ABORTED' || this.#failure === undefined) this.#failed += itemCount;
    if (this.#settle === undefined) return;
    this.report('RUNNING');
    if (this.#failed > 0 && !isTolerated(limits, this.#failed, total)) this.#fail();
    void this.#fill();
  }

  #fail(): void {
    if (this.#failure !== undefined) return;
    this.#failure = toleranceExceeded();
    this.#stopChildren();
  }

  #stopChildren(): void {
    for (const child of this.#running.keys()) child.abort({});
  }

  #endIfOver(): void {
    if (this.#isFilling || this.#running.size > 0) return;
    const settle = this.#settle;
    if (settle === undefined || (this.#failure === undefined && !this.#isExhausted)) return;
    this.#settle = undefined;
    if (this.#failure === undefined) settle.resolve();
    else settle.reject(this.#failure);
  }
}
