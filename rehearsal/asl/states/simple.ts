import type { FailState, PassState, SucceedState } from '../definition.ts';
import { StateError } from '../errors.ts';
import { evaluateText } from '../fields.ts';
import type { Outcome, Visit } from '../visit.ts';

export const runPass = (visit: Visit, state: PassState | SucceedState): Promise<Outcome> =>
  visit.leave({ ...state, result: visit.input });

export const runFail = async (visit: Visit, state: FailState): Promise<Outcome> => {
  const bindings = visit.bindings();
  const error = state.error === undefined ? undefined : await evaluateText(state.error, bindings);
  const cause = state.cause === undefined ? undefined : await evaluateText(state.cause, bindings);
  throw new StateError(error, cause);
};
