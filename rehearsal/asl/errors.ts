/** The error names that Step Functions itself raises or matches. */
export const ErrorName = {
  all: 'States.ALL',
  dataLimitExceeded: 'States.DataLimitExceeded',
  exceedToleratedFailureThreshold: 'States.ExceedToleratedFailureThreshold',
  heartbeatTimeout: 'States.HeartbeatTimeout',
  itemReaderFailed: 'States.ItemReaderFailed',
  permissions: 'States.Permissions',
  queryEvaluationError: 'States.QueryEvaluationError',
  resultWriterFailed: 'States.ResultWriterFailed',
  runtime: 'States.Runtime',
  taskFailed: 'States.TaskFailed',
  timeout: 'States.Timeout',
} as const;

type StateErrorOptions = {
  /** The field an expression failed in, for the EvaluationFailed event. */
  readonly location?: string;
  /** True when a HeartbeatSeconds ran out: AWS names it States.Timeout and matches both names. */
  readonly isHeartbeat?: boolean;
};

/** A failure inside an execution, as Retry and Catch see it. */
export class StateError extends Error {
  override readonly name: string = 'StateError';
  /** Undefined only for a Fail state without an Error. */
  readonly error: string | undefined;
  override readonly cause: string | undefined;
  readonly location: string | undefined;
  readonly isHeartbeat: boolean;

  constructor(
    error: string | undefined,
    cause: string | undefined,
    options: StateErrorOptions = {},
  ) {
    super(`${error ?? ''}: ${cause ?? ''}`);
    this.error = error;
    this.cause = cause;
    this.location = options.location;
    this.isHeartbeat = options.isHeartbeat ?? false;
  }
}

/** A failure the engine itself found; the state it happened in still has to be named in the cause. */
export class EngineFailure extends StateError {
  constructor(
    error: typeof ErrorName.queryEvaluationError | typeof ErrorName.runtime,
    cause: string,
    location?: string,
  ) {
    super(error, cause, location === undefined ? {} : { location });
  }
}

/**
 * What an invoker throws when the called service answered with an error. `error` is the name that
 * Retry and Catch match (a Lambda's own error name, `DynamoDB.ConditionalCheckFailedException`, …);
 * `cause` is the text a Catch gets (of a Lambda: the JSON of errorMessage, errorType and trace).
 */
export class TaskError extends Error {
  override readonly name = 'TaskError';
  readonly error: string;
  override readonly cause: string | undefined;

  constructor(error: string, cause?: string) {
    super(`${error}: ${cause ?? ''}`);
    this.error = error;
    this.cause = cause;
  }
}

/** The error names of the API calls the engine answers. */
export type ServiceErrorCode =
  | 'ExecutionAlreadyExists'
  | 'ExecutionDoesNotExist'
  | 'InvalidExecutionInput'
  | 'InvalidName'
  | 'InvalidOutput'
  | 'InvalidToken'
  | 'TaskDoesNotExist'
  | 'TaskTimedOut';

/** An API call was refused; `code` is the AWS name of the refusal. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ServiceErrorCode;

  constructor(code: ServiceErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The state that was running was stopped from outside; no Catch or Retry may see this. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Only their own names match these, no wildcard. */
const isTerminal = (error: string | undefined): boolean =>
  error === ErrorName.dataLimitExceeded || error === ErrorName.runtime;

const matchesName = (name: string, failure: StateError): boolean => {
  if (name === failure.error) return true;
  if (name === ErrorName.all) return !isTerminal(failure.error);
  if (name === ErrorName.taskFailed)
    return failure.error !== ErrorName.timeout && !isTerminal(failure.error);
  return name === ErrorName.heartbeatTimeout && failure.isHeartbeat;
};

/**
 * Does a Retry or Catch with these names apply? States.ALL matches all but the terminal errors
 * States.DataLimitExceeded and States.Runtime, States.TaskFailed all but those and timeouts. A
 * missed heartbeat is a States.Timeout that also answers to States.HeartbeatTimeout.
 */
export const matchesError = (errorEquals: readonly string[], failure: StateError): boolean =>
  errorEquals.some((name) => matchesName(name, failure));
