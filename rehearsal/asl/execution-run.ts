import type { VirtualClock } from '../clock.ts';
import { ErrorName, StateError } from './errors.ts';
import type { Host } from './expression.ts';
import type { Details, HistoryEvent } from './history.ts';
import type { JsonObject } from './json.ts';
import type { MapRunServices } from './map-runs/child-executions.ts';
import type { TaskRunner } from './task-runner.ts';

/** AWS ends an execution whose history would grow longer. */
const MAX_HISTORY_EVENTS = 25_000;

export type ExecutionRunOptions = {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly roleArn: string;
  readonly clock: VirtualClock;
  readonly host: Host;
  readonly tasks: TaskRunner;
  readonly maps: MapRunServices;
  readonly context: JsonObject;
  readonly region: string;
  readonly keepEvents: boolean;
  readonly onEvent: ((event: HistoryEvent) => void) | undefined;
};

/** What a running execution needs, and drops when it ends. */
export class ExecutionRun {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly roleArn: string;
  readonly clock: VirtualClock;
  readonly host: Host;
  readonly tasks: TaskRunner;
  /** What Distributed Maps need beside their state. */
  readonly maps: MapRunServices;
  readonly region: string;
  /** The constant part of `$states.context`: Execution and StateMachine. */
  readonly context: JsonObject;
  readonly events: HistoryEvent[] = [];
  eventCount = 0;
  stateTransitions = 0;
  readonly #keepEvents: boolean;
  readonly #onEvent: ((event: HistoryEvent) => void) | undefined;

  constructor(options: ExecutionRunOptions) {
    this.executionArn = options.executionArn;
    this.stateMachineArn = options.stateMachineArn;
    this.roleArn = options.roleArn;
    this.clock = options.clock;
    this.host = options.host;
    this.tasks = options.tasks;
    this.maps = options.maps;
    this.region = options.region;
    this.context = options.context;
    this.#keepEvents = options.keepEvents;
    this.#onEvent = options.onEvent;
  }

  /** Records one event; the last place of a full history is kept for the event that ends it. */
  record(type: string, previousEventId: number, details?: Details): number {
    if (this.eventCount >= MAX_HISTORY_EVENTS - 1)
      throw new StateError(
        ErrorName.runtime,
        `The execution reached the maximum number of history events (${MAX_HISTORY_EVENTS}).`,
      );
    return this.recordLast(type, previousEventId, details);
  }

  recordLast(type: string, previousEventId: number, details?: Details): number {
    const id = ++this.eventCount;
    if (!this.#keepEvents && this.#onEvent === undefined) return id;
    const timestamp = new Date(this.clock.now()).toISOString();
    const event = { timestamp, type, id, previousEventId, ...details?.() };
    if (this.#keepEvents) this.events.push(event);
    this.#onEvent?.(event);
    return id;
  }
}
