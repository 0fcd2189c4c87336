import type { JsonObject } from './json.ts';
import type { ExpressionTemplate, Template } from './template.ts';

/** A validated, compiled definition: what `loadStateMachine` makes and the engine runs. */
export type StateMachine = {
  readonly source: JsonObject;
  readonly workflow: Workflow;
  readonly timeoutSeconds: number | undefined;
};

/** A graph of states: the whole machine, a Parallel's branch, a Map's processor. */
export type Workflow = {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
};

export type Variables = ReadonlyMap<string, Template>;

type StateBase = {
  readonly name: string;
  /** Undefined when the state ends its workflow. */
  readonly next: string | undefined;
  readonly assign: Variables | undefined;
  readonly output: Template | undefined;
};

/** A number in the definition, or an expression that must answer one. */
export type NumberField = number | ExpressionTemplate;
export type TextField = string | ExpressionTemplate;

export type Retrier = {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly hasFullJitter: boolean;
};

export type Catcher = {
  readonly errorEquals: readonly string[];
  readonly next: string;
  readonly assign: Variables | undefined;
  readonly output: Template | undefined;
};

export type ErrorHandling = {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
};

export type PassState = StateBase & { readonly type: 'Pass' };

export type SucceedState = StateBase & { readonly type: 'Succeed' };

export type FailState = StateBase & {
  readonly type: 'Fail';
  readonly error: TextField | undefined;
  readonly cause: TextField | undefined;
};

export type WaitState = StateBase & {
  readonly type: 'Wait';
  readonly seconds: NumberField | undefined;
  readonly timestamp: TextField | undefined;
};

export type ChoiceRule = {
  readonly condition: boolean | ExpressionTemplate;
  readonly next: string;
  readonly assign: Variables | undefined;
  readonly output: Template | undefined;
};

/** `next` is the Default. */
export type ChoiceState = StateBase & {
  readonly type: 'Choice';
  readonly choices: readonly ChoiceRule[];
};

/** How the engine talks to a Task's resource, and which events its history gets. */
export type TaskResource = {
  readonly arn: string;
  /** The history's event family: `Task…`, `LambdaFunction…` or `Activity…`. */
  readonly family: 'Task' | 'LambdaFunction' | 'Activity';
  /** Of `arn:aws:states:::sqs:sendMessage.waitForTaskToken`: `sqs`. */
  readonly resourceType: string;
  /** Of the same: `sendMessage.waitForTaskToken`. */
  readonly resource: string;
  readonly pattern: 'requestResponse' | 'sync' | 'waitForTaskToken';
};

export type TaskState = StateBase &
  ErrorHandling & {
    readonly type: 'Task';
    readonly resource: TaskResource;
    readonly arguments: Template | undefined;
    readonly roleArn: TextField | undefined;
    readonly timeoutSeconds: NumberField | undefined;
    readonly heartbeatSeconds: NumberField | undefined;
  };

export type ParallelState = StateBase &
  ErrorHandling & {
    readonly type: 'Parallel';
    readonly branches: readonly Workflow[];
    readonly arguments: Template | undefined;
  };

export type MapState = StateBase &
  ErrorHandling & {
    readonly type: 'Map';
    readonly processor: Workflow;
    readonly items: Template | undefined;
    readonly itemSelector: Template | undefined;
    readonly maxConcurrency: NumberField | undefined;
    readonly toleratedFailureCount: NumberField | undefined;
    readonly toleratedFailurePercentage: NumberField | undefined;
    /** Of a Distributed Map, whose iterations are executions of their own. */
    readonly distribution: Distribution | undefined;
  };

/** What only a Distributed Map has. */
export type Distribution = {
  /** Whether its child executions are Express ones, of at most five minutes. */
  readonly isExpress: boolean;
  /** Names the map in the ARNs of its runs and of its child executions. */
  readonly label: string;
  readonly reader: ItemReader | undefined;
  readonly batcher: ItemBatcher | undefined;
  readonly writer: ResultWriter | undefined;
};

/** How an object's text becomes items. */
export type ItemFormat =
  | { readonly type: 'JSON' }
  | { readonly type: 'JSONL' }
  | {
      readonly type: 'CSV';
      readonly delimiter: string;
      /** Undefined when the first row has them. */
      readonly headers: readonly string[] | undefined;
    };

export type ItemReader = {
  /** The format of the one object to read; undefined when the items are the objects of a prefix. */
  readonly format: ItemFormat | undefined;
  readonly arguments: Template;
  readonly maxItems: NumberField | undefined;
};

export type ItemBatcher = {
  readonly maxItems: NumberField | undefined;
  readonly maxBytes: NumberField | undefined;
  readonly batchInput: Template | undefined;
};

export type ResultWriter = {
  readonly arguments: Template;
  readonly transformation: 'NONE' | 'COMPACT' | 'FLATTEN';
  readonly outputType: 'JSON' | 'JSONL';
};

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;
