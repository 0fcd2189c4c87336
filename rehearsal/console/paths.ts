import type { HistoryEvent } from '../asl/history.ts';

/** A stay in a state. */
export interface Step {
  readonly state: string;
  readonly enteredAt: string;
  leftAt: string | undefined;
}

/** An execution and the way that it has gone. */
export interface Journey {
  readonly executionArn: string;
  readonly name: string;
  /** Name of its state machine. */
  readonly machine: string;
  readonly startedAt: string;
  readonly steps: Step[];
  status: string;
  endedAt: string | undefined;
  error: string | undefined;
}

/** How many executions of a machine there were, are, and where they are. */
export interface Traffic {
  readonly started: number;
  readonly running: number;
  readonly now: Readonly<Record<string, number>>;
}

interface Counting {
  started: number;
  running: number;
  readonly now: Map<string, number>;
}

const ended: Readonly<Record<string, string>> = {
  ExecutionSucceeded: 'succeeded',
  ExecutionFailed: 'failed',
  ExecutionTimedOut: 'timed out',
  ExecutionAborted: 'aborted',
};

const keyOf = (shop: unknown, orderId: unknown): string => JSON.stringify([shop, orderId]);

/**
 * The ways of all executions, by the order that each is about, as the engine tells of every event. The child executions
 * of Distributed Maps are left out: there are thousands, and none is about an order.
 */
export class Paths {
  readonly #journeys = new Map<string, Journey>();
  readonly #byOrder = new Map<string, Journey[]>();
  readonly #machines = new Map<string, Counting>();
  #running = 0;

  /** Executions that have not ended. */
  get running(): number {
    return this.#running;
  }

  /** In the order of their starts. */
  ofOrder(shop: string, orderId: string): readonly Journey[] {
    return this.#byOrder.get(keyOf(shop, orderId)) ?? [];
  }

  trafficOf(machine: string): Traffic {
    const { started = 0, running = 0, now = [] } = this.#machines.get(machine) ?? {};
    return { started, running, now: Object.fromEntries([...now].filter(([, count]) => count > 0)) };
  }

  readonly hear = (event: HistoryEvent, executionArn: string): void => {
    if (event.type === 'ExecutionStarted') this.#start(event, executionArn);
    const journey = this.#journeys.get(executionArn);
    if (journey === undefined) return;
    if (event.type.endsWith('StateEntered')) this.#enter(journey, event);
    else if (event.type.endsWith('StateExited')) this.#leave(journey, event);
    else if (Object.hasOwn(ended, event.type)) this.#end(journey, event);
  };

  #start({ timestamp, executionStartedEventDetails }: HistoryEvent, executionArn: string): void {
    // `arn:aws:states:<region>:<account>:execution:<machine>:<name>`; of a child the machine is `<machine>/<label>`.
    const [, , , , , , machine = '', name = ''] = executionArn.split(':');
    if (machine.includes('/')) return;
    const journey: Journey = {
      executionArn,
      name,
      machine,
      startedAt: timestamp,
      steps: [],
      status: 'running',
      endedAt: undefined,
      error: undefined,
    };
    this.#journeys.set(executionArn, journey);
    this.#running += 1;
    const counting = this.#countingOf(machine);
    counting.started += 1;
    counting.running += 1;
    const { shop, orderId } = Object(
      JSON.parse(String(Object(executionStartedEventDetails).input)),
    );
    if (typeof orderId !== 'string') return;
    const key = keyOf(shop, orderId);
    this.#byOrder.set(key, [...(this.#byOrder.get(key) ?? []), journey]);
  }

  #enter({ machine, steps }: Journey, { timestamp, stateEnteredEventDetails }: HistoryEvent): void {
    const state = String(Object(stateEnteredEventDetails).name);
    steps.push({ state, enteredAt: timestamp, leftAt: undefined });
    this.#count(machine, state, 1);
  }

  #leave({ machine, steps }: Journey, { timestamp, stateExitedEventDetails }: HistoryEvent): void {
    const state = String(Object(stateExitedEventDetails).name);
    const step = steps.find((each) => each.state === state && each.leftAt === undefined);
    if (step === undefined) return;
    step.leftAt = timestamp;
    this.#count(machine, state, -1);
  }

  /** What it was in when it ended is where it ended: a failed state is never left. */
  #end(journey: Journey, event: HistoryEvent): void {
    const { machine, steps } = journey;
    const { timestamp, type } = event;
    journey.status = ended[type] ?? type;
    journey.endedAt = timestamp;
    const detail = Object(event[`${type.slice(0, 1).toLowerCase()}${type.slice(1)}EventDetails`]);
    if (typeof detail.error === 'string') journey.error = `${detail.error}: ${detail.cause ?? ''}`;
    for (const { state, leftAt } of steps)
      if (leftAt === undefined) this.#count(machine, state, -1);
    this.#running -= 1;
    this.#countingOf(machine).running -= 1;
  }

  #count(machine: string, state: string, by: number): void {
    const { now } = this.#countingOf(machine);
    now.set(state, (now.get(state) ?? 0) + by);
  }

  #countingOf(machine: string): Counting {
    const known = this.#machines.get(machine);
    if (known !== undefined) return known;
    const counting: Counting = { started: 0, running: 0, now: new Map() };
    this.#machines.set(machine, counting);
    return counting;
  }
}
