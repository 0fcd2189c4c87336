import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { VirtualClock } from '../clock.ts';
import type { StateMachine } from './definition.ts';
import { ServiceError } from './errors.ts';
import { Execution, type ExecutionDescription, type ExecutionIdentity } from './execution.ts';
import type { Host } from './expression.ts';
import type { HistoryEvent } from './history.ts';
import { type Json, type JsonObject, toJson } from './json.ts';
import { ChildExecutions } from './map-runs/child-executions.ts';
import { hostWithoutObjects, type MapHost, type MapProgress } from './map-runs/map-host.ts';
import { exceeds, MAX_PAYLOAD_BYTES } from './payload-limits.ts';
import { type Invoke, TaskRunner } from './task-runner.ts';
import type { WaitingTask } from './task-tokens.ts';

export type EngineOptions = {
  readonly clock: VirtualClock;
  readonly invoke: Invoke;
  /** Called with each event as it happens. */
  readonly onHistoryEvent?: (event: HistoryEvent, executionArn: string) => void;
  /** Called once for each execution, after its last event. */
  readonly onExecutionEnd?: (execution: ExecutionDescription) => void;
  /** Whether executions keep their events for `history()`. @default true */
  readonly keepHistory?: boolean;
  /** What Distributed Maps read from and write to. @default maps over `Items` alone run */
  readonly mapHost?: MapHost | undefined;
  /** Called as a Map Run begins, with each of its child executions that ends, and as it ends. */
  readonly onMapProgress?: ((progress: MapProgress) => void) | undefined;
  /** Whether child executions of Map Runs are known, with their histories, after their end. @default false */
  readonly keepChildren?: boolean | undefined;
  /** Draws for $random and retry jitter, in [0, 1). @default Math.random */
  readonly random?: () => number;
  /** Ids for $uuid and for executions without a name. @default crypto.randomUUID */
  readonly uuid?: () => string;
  /** The role that executions say they run under. @default `arn:aws:iam::<account>:role/rehearsal` */
  readonly roleArn?: string | undefined;
  /** @default '000000000000' */
  readonly account?: string | undefined;
  /** Used where a state machine's ARN names none. @default 'us-east-1' */
  readonly region?: string | undefined;
};

export type StartExecution = {
  readonly stateMachine: StateMachine;
  /** `arn:aws:states:<region>:<account>:stateMachine:<name>` */
  readonly stateMachineArn: string;
  /** Unique for its state machine while open and for 90 days after. @default a UUID */
  readonly name?: string;
  /** Plain JSON. @default {} */
  readonly input?: unknown;
};

export type ExecutionStart = { readonly executionArn: string; readonly startDate: string };

type Reason = { readonly error?: string | undefined; readonly cause?: string | undefined };

export const defaultAccount = '000000000000';
export const defaultRegion = 'us-east-1';

const NAME_BLOCKED_MS = 90 * 24 * 60 * 60 * 1000;

/** AWS: 1 to 80 characters; no white space, brackets, wildcards, special or control characters. */
const validName = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;

/** `arn:aws:states:us-east-1:1:stateMachine:orders` → `arn:aws:states:us-east-1:1:execution:orders:` */
const executionArnOf = (stateMachineArn: string, name: string): string => {
  const [arn, partition, service, region, account, , machine] = stateMachineArn.split(':');
  return [arn, partition, service, region, account, 'execution', machine, name].join(':');
};

const payload = (
  value: unknown,
  code: 'InvalidExecutionInput' | 'InvalidOutput',
  title: string,
): Json => {
  const json = toJson(value);
  if (json === undefined)
    throw new ServiceError(code, `Invalid ${title}: got ${typeof value}, which is not JSON.`);
  if (exceeds(json, MAX_PAYLOAD_BYTES))
    throw new ServiceError(code, `Invalid ${title}: larger than ${MAX_PAYLOAD_BYTES} bytes.`);
  return json;
};

/**
 * Standard workflows of AWS Step Functions on a virtual clock. Executions proceed whenever the
 * clock runs (`clock.runUntil`); the same inputs, draws and ids give the same histories.
 */
export class Engine {
  readonly #options: EngineOptions;
  readonly #host: Host;
  readonly #tasks: TaskRunner;
  readonly #roleArn: string;
  readonly #executions = new Map<string, Execution>();
  readonly #children: ChildExecutions;

  constructor(options: EngineOptions) {
    const { clock, random = Math.random, uuid = randomUUID, account = defaultAccount } = options;
    this.#options = options;
    this.#host = { now: () => clock.now(), random, uuid };
    this.#tasks = new TaskRunner(clock, options.invoke);
    this.#roleArn = options.roleArn ?? `arn:aws:iam::${account}:role/rehearsal`;
    const { mapHost = hostWithoutObjects, onMapProgress, keepChildren = false } = options;
    this.#children = new ChildExecutions({
      host: mapHost,
      onProgress: (progress) => onMapProgress?.(progress),
      begin: (...args) => this.#begin(...args),
      uuid: () => this.#host.uuid(),
      now: () => clock.now(),
      isKeeping: keepChildren,
    });
  }

  /** Tasks that wait for SendTaskSuccess or SendTaskFailure now. */
  get waitingTasks(): number {
    return this.#tasks.tokens.size;
  }

  /** The execution of each of them, by its token. */
  get openTokens(): ReadonlyMap<string, string> {
    return this.#tasks.tokens.waiting;
  }

  /**
   * Starts an execution; it enters its first state when the caller has yielded. The name and input
   * of an open execution answer that execution.
   * @throws ServiceError InvalidName, InvalidExecutionInput, ExecutionAlreadyExists
   */
  startExecution({ stateMachine, stateMachineArn, ...rest }: StartExecution): ExecutionStart {
    const { name = this.#host.uuid() } = rest;
    if (!validName.test(name)) throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
    const input = payload(
      rest.input === undefined ? {} : rest.input,
      'InvalidExecutionInput',
      'State Machine Execution Input',
    );
    const executionArn = executionArnOf(stateMachineArn, name);
    const startMs = this.#options.clock.now();
    const roleArn = this.#roleArn;
    const open = this.#openExecution(executionArn, input);
    if (open !== undefined) return open;
    const identity = { executionArn, stateMachineArn, name, startMs, input, roleArn };
    const { onExecutionEnd } = this.#options;
    this.#executions.set(executionArn, this.#begin(identity, stateMachine, onExecutionEnd));
    return { executionArn, startDate: new Date(startMs).toISOString() };
  }

  /** @throws ServiceError InvalidToken, TaskTimedOut, InvalidOutput */
  sendTaskSuccess(taskToken: string, output: unknown): void {
    const json = payload(output, 'InvalidOutput', 'Output');
    this.#waitingTask(taskToken).succeed(json);
  }

  /** @throws ServiceError InvalidToken, TaskTimedOut */
  sendTaskFailure(taskToken: string, { error, cause }: Reason = {}): void {
    this.#waitingTask(taskToken).fail(error, cause);
  }

  /** Starts the task's HeartbeatSeconds anew. @throws ServiceError InvalidToken, TaskTimedOut */
  sendTaskHeartbeat(taskToken: string): void {
    this.#waitingTask(taskToken).beat();
  }

  /** @throws ServiceError ExecutionDoesNotExist */
  stopExecution(executionArn: string, reason: Reason = {}): void {
    this.#find(executionArn).abort(reason);
  }

  /** @throws ServiceError ExecutionDoesNotExist */
  describe(executionArn: string): ExecutionDescription {
    return this.#find(executionArn).describe();
  }

  /** Child executions of Map Runs that are known: those that run, and with `keepChildren` all. */
  *childExecutions(): Iterable<ExecutionDescription> {
    for (const child of this.#children.all()) yield child.describe();
  }

  /** The events so far; empty when histories are not kept. @throws ServiceError ExecutionDoesNotExist */
  history(executionArn: string): readonly HistoryEvent[] {
    return this.#find(executionArn).events;
  }

  /** Every execution known, in the order of their starts, without the child executions of Map Runs. */
  *executions(): Iterable<ExecutionDescription> {
    for (const execution of this.#executions.values()) yield execution.describe();
  }

  #waitingTask(taskToken: string): WaitingTask {
    return this.#tasks.tokens.find(taskToken);
  }

  #find(executionArn: string): Execution {
    const execution = this.#executions.get(executionArn) ?? this.#children.find(executionArn);
    if (execution === undefined)
      throw new ServiceError(
        'ExecutionDoesNotExist',
        `Execution Does Not Exist: '${executionArn}'`,
      );
    return execution;
  }

  #openExecution(executionArn: string, input: Json): ExecutionStart | undefined {
    const known = this.#executions.get(executionArn);
    if (known === undefined) return undefined;
    const { startMs, input: knownInput } = known.identity;
    if (known.isRunning && isDeepStrictEqual(knownInput, input))
      return { executionArn, startDate: new Date(startMs).toISOString() };
    const freeMs = (known.stopMs ?? Infinity) + NAME_BLOCKED_MS;
    if (this.#options.clock.now() < freeMs)
      throw new ServiceError(
        'ExecutionAlreadyExists',
        `Execution Already Exists: '${executionArn}'`,
      );
    return undefined;
  }

  #begin(
    identity: ExecutionIdentity,
    stateMachine: StateMachine,
    onEnd: ((execution: ExecutionDescription) => void) | undefined,
  ): Execution {
    const { clock, onHistoryEvent, keepHistory = true } = this.#options;
    const { executionArn, stateMachineArn, roleArn } = identity;
    const runOptions = {
      executionArn,
      stateMachineArn,
      roleArn,
      maps: this.#children,
      clock,
      host: this.#host,
      tasks: this.#tasks,
      context: this.#context(identity),
      region: identity.stateMachineArn.split(':')[3] || this.#options.region || defaultRegion,
      keepEvents: keepHistory,
      onEvent: onHistoryEvent && ((event: HistoryEvent) => onHistoryEvent(event, executionArn)),
    };
    return new Execution(identity, stateMachine, runOptions, onEnd);
  }

  #context({
    executionArn,
    stateMachineArn,
    name,
    startMs,
    input,
    roleArn,
  }: ExecutionIdentity): JsonObject {
    return {
      Execution: {
        Id: executionArn,
        Input: input,
        StartTime: new Date(startMs).toISOString(),
        Name: name,
        RoleArn: roleArn,
        RedriveCount: 0,
      },
      StateMachine: { Id: stateMachineArn, Name: stateMachineArn.split(':')[6] ?? '' },
    };
  }
}

export const createEngine = (options: EngineOptions): Engine => new Engine(options);
