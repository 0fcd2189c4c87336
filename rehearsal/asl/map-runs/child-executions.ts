import type { StateMachine, Workflow } from '../definition.ts';
import type { Execution, ExecutionDescription, ExecutionIdentity } from '../execution.ts';
import type { Json } from '../json.ts';
import type { MapHost, MapProgress } from './map-host.ts';

/** An Express execution lasts five minutes at most (developer guide, "Quotas"). */
const EXPRESS_SECONDS = 5 * 60;

/** A child execution that a Map Run starts. */
export type ChildStart = {
  /** Of the execution that the map is a state of. */
  readonly stateMachineArn: string;
  readonly label: string;
  readonly isExpress: boolean;
  readonly workflow: Workflow;
  readonly input: Json;
  readonly roleArn: string;
  readonly onEnd: (execution: ExecutionDescription) => void;
};

/** What the Distributed Maps of all executions of an engine need. */
export interface MapRunServices {
  readonly host: MapHost;
  readonly onProgress: (progress: MapProgress) => void;
  readonly newId: () => string;
  /** Starts a child execution; it enters its first state when the clock comes to it. */
  readonly start: (child: ChildStart) => Execution;
}

export type ChildExecutionsOptions = {
  readonly host: MapHost;
  readonly onProgress: (progress: MapProgress) => void;
  readonly begin: (
    identity: ExecutionIdentity,
    stateMachine: StateMachine,
    onEnd: (execution: ExecutionDescription) => void,
  ) => Execution;
  readonly uuid: () => string;
  readonly now: () => number;
  /** Whether children are known after their end. */
  readonly isKeeping: boolean;
};

/** `arn:…:stateMachine:orders` or `arn:…:stateMachine:orders/label` → its parts, the name without a label */
const partsOf = (stateMachineArn: string): { readonly head: string; readonly machine: string } => {
  const parts = stateMachineArn.split(':');
  const [machine = ''] = (parts[6] ?? '').split('/');
  return { head: parts.slice(0, 5).join(':'), machine };
};

/** `arn:aws:states:<region>:<account>:mapRun:<machine>/<label>:<id>` */
export const mapRunArnOf = (stateMachineArn: string, label: string, id: string): string => {
  const { head, machine } = partsOf(stateMachineArn);
  return `${head}:mapRun:${machine}/${label}:${id}`;
};

/** The child executions of Map Runs: known while they run, so that memory does not grow with the items. */
export class ChildExecutions implements MapRunServices {
  readonly host: MapHost;
  readonly onProgress: (progress: MapProgress) => void;
  readonly newId: () => string;
  readonly #options: ChildExecutionsOptions;
  readonly #executions = new Map<string, Execution>();

  constructor(options: ChildExecutionsOptions) {
    this.#options = options;
    this.host = options.host;
    this.onProgress = options.onProgress;
    this.newId = options.uuid;
  }

  find(executionArn: string): Execution | undefined {
    return this.#executions.get(executionArn);
  }

  all(): Iterable<Execution> {
    return this.#executions.values();
  }

  readonly start = ({ stateMachineArn, label, isExpress, ...child }: ChildStart): Execution => {
    const { begin, uuid, now, isKeeping } = this.#options;
    const { head, machine } = partsOf(stateMachineArn);
    const name = uuid();
    const executionArn = isExpress
      ? `${head}:express:${machine}/${label}:${name}:${uuid()}`
      : `${head}:execution:${machine}/${label}:${name}`;
    const identity = {
      executionArn,
      stateMachineArn: `${head}:stateMachine:${machine}/${label}`,
      name,
      startMs: now(),
      input: child.input,
      roleArn: child.roleArn,
    };
    const stateMachine = {
      source: {},
      workflow: child.workflow,
      timeoutSeconds: isExpress ? EXPRESS_SECONDS : undefined,
    };
    const execution = begin(identity, stateMachine, (ended) => {
      if (!isKeeping) this.#executions.delete(executionArn);
      child.onEnd(ended);
    });
    this.#executions.set(executionArn, execution);
    return execution;
  };
}
