import type { Json, JsonObject } from './json.ts';

/**
 * One event as GetExecutionHistory returns it: `id` counts from 1, `timestamp` is ISO 8601, and
 * the details stand under the key AWS names for the type (`stateEnteredEventDetails`, …), with
 * inputs and outputs as JSON text.
 */
export interface HistoryEvent {
  readonly timestamp: string;
  readonly type: string;
  readonly id: number;
  readonly previousEventId: number;
  readonly [details: string]: Json;
}

/** Details of an event under their key; made only when somebody keeps or listens. */
export type Details = () => JsonObject;

const untruncated = { truncated: false } as const;

const text = (value: Json): string => JSON.stringify(value);

type Failure = { readonly error?: string | undefined; readonly cause?: string | undefined };

/** AWS leaves out an error or a cause that was not given. */
const failure = (error: string | undefined, cause: string | undefined): JsonObject => ({
  ...(cause === undefined ? {} : { cause }),
  ...(error === undefined ? {} : { error }),
});

export const executionStarted = (input: Json, roleArn: string): JsonObject => ({
  executionStartedEventDetails: { input: text(input), inputDetails: untruncated, roleArn },
});

export const executionSucceeded = (output: Json): JsonObject => ({
  executionSucceededEventDetails: { output: text(output), outputDetails: untruncated },
});

export type FailureKey =
  'executionFailedEventDetails' | 'executionAbortedEventDetails' | 'executionTimedOutEventDetails';

export const executionEnded = (key: FailureKey, { error, cause }: Failure): JsonObject => ({
  [key]: failure(error, cause),
});

export const stateEntered = (name: string, input: Json): JsonObject => ({
  stateEnteredEventDetails: { input: text(input), inputDetails: untruncated, name },
});

const assignedVariables = (assigned: JsonObject | undefined): JsonObject => {
  if (assigned === undefined || Object.keys(assigned).length === 0) return {};
  const texts = Object.entries(assigned).map(([name, value]) => [name, text(value)]);
  return {
    assignedVariables: Object.fromEntries(texts),
    assignedVariablesDetails: untruncated,
  };
};

export const stateExited = (
  name: string,
  output: Json,
  assigned: JsonObject | undefined,
): JsonObject => ({
  stateExitedEventDetails: {
    ...assignedVariables(assigned),
    name,
    output: text(output),
    outputDetails: untruncated,
  },
});

export const evaluationFailed = (
  state: string,
  { error, cause }: Failure,
  location: string | undefined,
): JsonObject => ({
  evaluationFailedEventDetails: {
    ...failure(error, cause),
    ...(location === undefined ? {} : { location }),
    state,
  },
});

export const mapStateStarted = (length: number): JsonObject => ({
  mapStateStartedEventDetails: { length },
});

export const mapRunStarted = (mapRunArn: string): JsonObject => ({
  mapRunStartedEventDetails: { mapRunArn },
});

export const mapRunFailed = ({ error, cause }: Failure): JsonObject => ({
  mapRunFailedEventDetails: failure(error, cause),
});

export const mapIteration = (
  moment: 'Started' | 'Succeeded' | 'Failed' | 'Aborted',
  name: string,
  index: number,
): JsonObject => ({ [`mapIteration${moment}EventDetails`]: { index, name } });

export { failure as failureDetails, text as jsonText, untruncated };
