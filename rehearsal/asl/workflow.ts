import type { State, Workflow } from './definition.ts';
import { EngineFailure, ErrorName, matchesError, StateError } from './errors.ts';
import type { Frame } from './frame.ts';
import { evaluationFailed, stateEntered, stateExited } from './history.ts';
import type { Json } from './json.ts';
import { RetryPolicy } from './retry.ts';
import { runChoice } from './states/choice.ts';
import { runFail, runPass } from './states/simple.ts';
import { runMap } from './states/map.ts';
import { runParallel } from './states/parallel.ts';
import { runTask } from './states/task.ts';
import { runWait } from './states/wait.ts';
import { type Outcome, Visit } from './visit.ts';

const runState = (visit: Visit, state: State): Promise<Outcome> => {
  switch (state.type) {
    case 'Pass':
    case 'Succeed':
      return runPass(visit, state);
    case 'Fail':
      return runFail(visit, state);
    case 'Wait':
      return runWait(visit, state);
    case 'Choice':
      return runChoice(visit, state);
    case 'Task':
      return runTask(visit, state);
    case 'Parallel':
      return runParallel(visit, state, runWorkflow);
    case 'Map':
      return runMap(visit, state, runWorkflow);
  }
};

/** The engine's own failures are explained and, where an expression failed, recorded. */
const toFailure = (visit: Visit, thrown: unknown): StateError => {
  if (!(thrown instanceof StateError)) throw thrown;
  if (!(thrown instanceof EngineFailure)) return thrown;
  const failure = visit.explain(thrown);
  if (thrown.error === ErrorName.queryEvaluationError)
    visit.frame.record('EvaluationFailed', () =>
      evaluationFailed(visit.state.name, failure, thrown.location),
    );
  return failure;
};

/** No retrier takes the failure: a catcher does, or the chain of states ends with it. */
const giveUp = async (visit: Visit, failure: StateError): Promise<Outcome> => {
  const { state, frame } = visit;
  if (visit.hasFailedInside) frame.record(`${state.type}StateFailed`);
  const catchers = 'catch' in state ? state.catch : [];
  const catcher = catchers.find(({ errorEquals }) => matchesError(errorEquals, failure));
  if (catcher === undefined) throw failure;
  const errorOutput = { Error: failure.error ?? '', Cause: failure.cause ?? '' };
  try {
    return await visit.leave({ ...catcher, result: errorOutput }, { errorOutput });
  } catch (thrown) {
    throw toFailure(visit, thrown);
  }
};

const pauseBeforeRetry = async (visit: Visit, delaySeconds: number): Promise<void> => {
  const { frame } = visit;
  await frame.sleepUntil(frame.clock.now() + delaySeconds * 1000);
  visit.retryCount++;
  frame.run.stateTransitions++;
};

const attempt = async (visit: Visit): Promise<Outcome> => {
  const { state, frame } = visit;
  let policy: RetryPolicy | undefined;
  for (;;) {
    visit.hasFailedInside = false;
    try {
      return await runState(visit, state);
    } catch (thrown) {
      const failure = toFailure(visit, thrown);
      policy ??= new RetryPolicy('retry' in state ? state.retry : []);
      const delaySeconds = policy.nextDelay(failure, frame.run.host.random);
      if (delaySeconds === undefined) return giveUp(visit, failure);
      await pauseBeforeRetry(visit, delaySeconds);
    }
  }
};

const visitState = async (frame: Frame, state: State, input: Json): Promise<Outcome> => {
  frame.run.stateTransitions++;
  frame.activeState = state.type;
  const enteredEventId = frame.record(`${state.type}StateEntered`, () =>
    stateEntered(state.name, input),
  );
  const outcome = await attempt(new Visit(frame, state, input, enteredEventId));
  if (outcome.assigned) frame.scope.assign(outcome.assigned);
  frame.record(`${state.type}StateExited`, () =>
    stateExited(state.name, outcome.output, outcome.assigned),
  );
  frame.activeState = undefined;
  return outcome;
};

/** Runs one chain of states to its end and answers its output. */
export const runWorkflow = async (frame: Frame, workflow: Workflow, input: Json): Promise<Json> => {
  let value = input;
  let name: string | undefined = workflow.startAt;
  while (name !== undefined) {
    const state = workflow.states.get(name);
    if (state === undefined) throw new Error(`The loader let a missing state pass: ${name}.`);
    const outcome: Outcome = await visitState(frame, state, value);
    value = outcome.output;
    name = outcome.next;
  }
  return value;
};
