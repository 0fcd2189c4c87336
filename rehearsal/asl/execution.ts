import type { Timer, VirtualClock } from '../clock.ts';
import type { StateMachine } from './definition.ts';
import { ErrorName, StateError } from './errors.ts';
import { ExecutionRun, type ExecutionRunOptions } from './execution-run.ts';
import { Frame } from './frame.ts';
import {
  executionEnded,
  executionStarted,
  executionSucceeded,
  type HistoryEvent,
} from './history.ts';
import type { Json } from './json.ts';
import { Scope } from './scope.ts';
import { runWorkflow } from './workflow.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What DescribeExecution answers, with values as plain JSON and times as ISO 8601. */
export type ExecutionDescription = {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: string;
  readonly stopDate?: string;
  readonly input: Json;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  /**
   * Billed state transitions so far: every state entered and every retry, those of STANDARD child
   * executions of its Distributed Maps included, once they have ended.
   */
  readonly stateTransitions: number;
  /** Length of the history so far, kept or not. */
  readonly eventCount: number;
};

export type ExecutionIdentity = {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly startMs: number;
  readonly input: Json;
  readonly roleArn: string;
};

type End = {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly stopMs: number;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly stateTransitions: number;
  readonly eventCount: number;
  readonly events: readonly HistoryEvent[];
};

type Live = {
  readonly run: ExecutionRun;
  readonly frame: Frame;
  readonly deadline: Timer;
};

type Failure = { readonly error?: string | undefined; readonly cause?: string | undefined };

/** A Standard execution may run for a year. */
const MAX_EXECUTION_SECONDS = 365 * 24 * 60 * 60;

const iso = (ms: number): string => new Date(ms).toISOString();

const given = ({ error, cause }: Failure): { error?: string; cause?: string } => ({
  ...(error === undefined ? {} : { error }),
  ...(cause === undefined ? {} : { cause }),
});

/** One execution, from its start to long after its end, when little of it is left. */
export class Execution {
  readonly identity: ExecutionIdentity;
  readonly #clock: VirtualClock;
  readonly #onEnd: ((execution: ExecutionDescription) => void) | undefined;
  #live: Live | undefined;
  #end: End | undefined;

  constructor(
    identity: ExecutionIdentity,
    stateMachine: StateMachine,
    options: ExecutionRunOptions,
    onEnd: ((execution: ExecutionDescription) => void) | undefined,
  ) {
    this.identity = identity;
    this.#clock = options.clock;
    this.#onEnd = onEnd;
    const run = new ExecutionRun(options);
    const live = {
      run,
      // AWS lets the first state follow no event, not ExecutionStarted.
      frame: new Frame(run, new Scope(), 0),
      deadline: this.#deadline(stateMachine.timeoutSeconds),
    };
    this.#live = live;
    run.record('ExecutionStarted', 0, () => executionStarted(identity.input, identity.roleArn));
    // StartExecution answers before the first state is entered, and one execution starts after the
    // other, so that what they do cannot race.
    this.#clock.at(this.#clock.now(), () => this.#proceed(live, stateMachine));
  }

  get isRunning(): boolean {
    return this.#live !== undefined;
  }

  /** When it ended, in milliseconds since the epoch; undefined while it runs. */
  get stopMs(): number | undefined {
    return this.#end?.stopMs;
  }

  get events(): readonly HistoryEvent[] {
    return this.#live?.run.events ?? this.#end?.events ?? [];
  }

  describe(): ExecutionDescription {
    const { executionArn, stateMachineArn, name, startMs, input } = this.identity;
    const identity = { executionArn, stateMachineArn, name, startDate: iso(startMs), input };
    if (this.#end !== undefined) {
      const { stopMs, events: _, ...end } = this.#end;
      return { ...identity, ...end, stopDate: iso(stopMs) };
    }
    const { stateTransitions = 0, eventCount = 0 } = this.#live?.run ?? {};
    return { ...identity, status: 'RUNNING', stateTransitions, eventCount };
  }

  /** StopExecution. An execution that is over stays as it ended. */
  abort(reason: Failure): void {
    this.#finish('ABORTED', (run) => {
      run.recordLast('ExecutionAborted', 0, () =>
        executionEnded('executionAbortedEventDetails', reason),
      );
      return given(reason);
    });
  }

  #deadline(timeoutSeconds = MAX_EXECUTION_SECONDS): Timer {
    const seconds = Math.min(timeoutSeconds, MAX_EXECUTION_SECONDS);
    return this.#clock.at(this.#clock.now() + seconds * 1000, () => this.#timeOut());
  }

  /** AWS names States.Timeout in the event only, not in DescribeExecution. */
  #timeOut(): void {
    this.#finish('TIMED_OUT', (run) => {
      run.recordLast('ExecutionTimedOut', 0, () =>
        executionEnded('executionTimedOutEventDetails', { error: ErrorName.timeout }),
      );
      return {};
    });
  }

  #proceed({ frame }: Live, { workflow }: StateMachine): void {
    void runWorkflow(frame, workflow, this.identity.input).then(
      (output) => this.#succeed(frame, output),
      (thrown: unknown) => this.#fail(frame, thrown),
    );
  }

  #succeed(frame: Frame, output: Json): void {
    this.#finish('SUCCEEDED', (run) => {
      run.recordLast('ExecutionSucceeded', frame.lastEventId, () => executionSucceeded(output));
      return { output };
    });
  }

  #fail(frame: Frame, thrown: unknown): void {
    const failure: Failure =
      thrown instanceof StateError
        ? { error: thrown.error, cause: thrown.cause }
        : { error: ErrorName.runtime, cause: String(thrown) };
    this.#finish('FAILED', (run) => {
      run.recordLast('ExecutionFailed', frame.tailEventId, () =>
        executionEnded('executionFailedEventDetails', failure),
      );
      return given(failure);
    });
  }

  #finish(
    status: End['status'],
    conclude: (run: ExecutionRun) => Pick<End, 'output' | 'error' | 'cause'>,
  ): void {
    const live = this.#live;
    if (live === undefined) return;
    this.#live = undefined;
    const { run, frame, deadline } = live;
    this.#clock.cancel(deadline);
    frame.cancel();
    const result = conclude(run);
    const { stateTransitions, eventCount, events } = run;
    const stopMs = this.#clock.now();
    this.#end = { status, stopMs, ...result, stateTransitions, eventCount, events };
    this.#onEnd?.(this.describe());
  }
}
