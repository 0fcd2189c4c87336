import type { Timer, VirtualClock } from '../clock.ts';
import type { TaskResource } from './definition.ts';
import { ErrorName, StateError, TaskError } from './errors.ts';
import type { Pending, Settle } from './frame.ts';
import { type Json, toJson } from './json.ts';
import { TaskTokens, type WaitingTask } from './task-tokens.ts';

/** What a Task asks of the outside world. */
export type InvokeRequest = {
  /** The ARN without its pattern: `arn:aws:states:::lambda:invoke`. */
  readonly resource: string;
  readonly pattern: TaskResource['pattern'];
  readonly arguments: Json;
  /** Present for `.waitForTaskToken`: what SendTaskSuccess and SendTaskFailure name. */
  readonly taskToken?: string;
  readonly executionArn: string;
  readonly stateName: string;
  /** The state's Credentials.RoleArn, when it has one. */
  readonly roleArn?: string;
  /** 0 for the first attempt, counting the state's retries. */
  readonly retryCount: number;
};

/**
 * Reaches the service behind a Task. Resolves with the whole result as plain JSON (of
 * `lambda:invoke`: `{ StatusCode, Payload, ExecutedVersion, … }`), or with a {@link LateAnswer};
 * throws {@link TaskError} for an error of the service. The clock stands still until it settles.
 */
export type Invoke = (request: InvokeRequest) => Promise<unknown>;

/** An answer that takes virtual time: the engine waits `seconds` (Infinity: for ever), then takes `answer()`. */
export class LateAnswer {
  readonly seconds: number;
  readonly answer: () => unknown;

  constructor(seconds: number, answer: () => unknown) {
    this.seconds = seconds;
    this.answer = answer;
  }
}

export type TaskTimes = {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
};

/** What the history hears of a call. */
export interface CallListener {
  onStarted(): void;
  /** The service's answer, when the task then goes on waiting for its token or its job. */
  onSubmitted(answer: Json): void;
}

/** Carries out the Tasks of all executions of an engine. */
export class TaskRunner {
  readonly tokens = new TaskTokens();
  readonly clock: VirtualClock;
  readonly invoke: Invoke;

  constructor(clock: VirtualClock, invoke: Invoke) {
    this.clock = clock;
    this.invoke = invoke;
  }
}

const toError = (thrown: unknown): Error => {
  if (thrown instanceof TaskError) return new StateError(thrown.error, thrown.cause);
  return thrown instanceof Error ? thrown : new Error(String(thrown));
};

/**
 * One attempt at a Task. The call itself is made when everything else that is due now has come to
 * rest, one call after the other: so the calls of parallel branches and of different executions
 * cannot race, and two runs are the same.
 */
export class TaskAttempt implements Pending<Json>, WaitingTask {
  readonly #runner: TaskRunner;
  readonly #request: InvokeRequest;
  readonly #times: TaskTimes;
  readonly #listener: CallListener;
  #settle: Settle<Json> | undefined;
  #call: Timer | undefined;
  #timeout: Timer | undefined;
  #heartbeat: Timer | undefined;

  constructor(
    runner: TaskRunner,
    request: InvokeRequest,
    times: TaskTimes,
    listener: CallListener,
  ) {
    this.#runner = runner;
    this.#request = request;
    this.#times = times;
    this.#listener = listener;
  }

  start(settle: Settle<Json>): void {
    const { clock, tokens } = this.#runner;
    this.#settle = settle;
    this.#timeout = this.#arm(this.#times.timeoutSeconds, false);
    this.beat();
    if (this.#request.taskToken !== undefined) tokens.open(this.#request.taskToken, this);
    this.#call = clock.at(clock.now(), () => void this.#run());
  }

  release(): void {
    const { clock, tokens } = this.#runner;
    this.#settle = undefined;
    clock.cancel(this.#call);
    clock.cancel(this.#timeout);
    clock.cancel(this.#heartbeat);
    if (this.#request.taskToken !== undefined) tokens.close(this.#request.taskToken);
  }

  get executionArn(): string {
    return this.#request.executionArn;
  }

  /** SendTaskSuccess */
  succeed(output: Json): void {
    this.#settle?.resolve(output);
  }

  /** SendTaskFailure */
  fail(error: string | undefined, cause: string | undefined): void {
    this.#settle?.reject(new StateError(error, cause));
  }

  /** SendTaskHeartbeat */
  beat(): void {
    this.#runner.clock.cancel(this.#heartbeat);
    this.#heartbeat = this.#arm(this.#times.heartbeatSeconds, true);
  }

  #arm(seconds: number | undefined, isHeartbeat: boolean): Timer | undefined {
    if (seconds === undefined) return undefined;
    const { clock } = this.#runner;
    return clock.at(clock.now() + seconds * 1000, () =>
      this.#settle?.reject(new StateError(ErrorName.timeout, undefined, { isHeartbeat })),
    );
  }

  async #run(): Promise<void> {
    const { clock, invoke } = this.#runner;
    try {
      this.#listener.onStarted();
      this.#take(await clock.track(invoke(this.#request)));
    } catch (thrown) {
      this.#settle?.reject(toError(thrown));
    }
  }

  /** An answer that comes when the wait is over has nobody to take it. */
  #take(answer: unknown): void {
    if (this.#settle === undefined) return;
    if (answer instanceof LateAnswer) this.#takeLater(answer);
    else this.#deliver(toJson(answer) ?? null);
  }

  #takeLater({ seconds, answer }: LateAnswer): void {
    const { clock } = this.#runner;
    if (seconds === Infinity) return;
    this.#call = clock.at(clock.now() + seconds * 1000, () => {
      try {
        this.#take(answer());
      } catch (thrown) {
        this.#settle?.reject(toError(thrown));
      }
    });
  }

  #deliver(answer: Json): void {
    const { pattern } = this.#request;
    if (pattern !== 'requestResponse') this.#listener.onSubmitted(answer);
    if (pattern !== 'waitForTaskToken') this.#settle?.resolve(answer);
  }
}
