import {
  createEngine,
  type Engine,
  type EngineOptions,
  type ExecutionStart,
} from '#rehearsal/asl/engine.ts';
import { ServiceError } from '#rehearsal/asl/errors.ts';
import { loadStateMachine } from '#rehearsal/asl/load.ts';
import type { InvokeRequest } from '#rehearsal/asl/task-runner.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { machine } from './run.ts';

export const stateMachineArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';
type SetUp = {
  readonly clock: VirtualClock;
  readonly engine: Engine;
  readonly requests: readonly InvokeRequest[];
  readonly start: (name?: string, input?: unknown) => ExecutionStart;
};

/** An engine whose tasks answer {} unless told otherwise, at the start of 2026. */
export const setUp = (
  states: Readonly<Record<string, unknown>>,
  options: Partial<EngineOptions> = {},
): SetUp => {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1));
  const requests: InvokeRequest[] = [];
  const engine = createEngine({
    clock,
    invoke: async (request) => {
      requests.push(request);
      return {};
    },
    ...options,
  });
  const stateMachine = loadStateMachine(JSON.parse(JSON.stringify(machine(states))));
  const start = (name?: string, input?: unknown) =>
    engine.startExecution({
      stateMachine,
      stateMachineArn,
      ...(name === undefined ? {} : { name }),
      input,
    });
  return { clock, engine, requests, start };
};

/** The AWS name of a refusal. */
export const codeOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (thrown) {
    return thrown instanceof ServiceError ? thrown.code : String(thrown);
  }
};

/** The token of the last task that was started. */
export const tokenOf = (requests: readonly InvokeRequest[]): string =>
  requests.at(-1)?.taskToken ?? '';
