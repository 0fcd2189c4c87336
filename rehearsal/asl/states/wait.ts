import type { WaitState } from '../definition.ts';
import { EngineFailure, ErrorName } from '../errors.ts';
import { evaluateNumber, evaluateText } from '../fields.ts';
import { parseTimestamp } from '../timestamp.ts';
import type { Outcome, Visit } from '../visit.ts';

/** AWS's upper bound for every field in seconds: a bit over three years. */
export const MAX_SECONDS = 99_999_999;

const untilTimestamp = async (visit: Visit, state: WaitState): Promise<number> => {
  const text = await evaluateText(state.timestamp ?? '', visit.bindings());
  const dueMs = parseTimestamp(text);
  if (dueMs === undefined)
    throw new EngineFailure(
      ErrorName.queryEvaluationError,
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
      'Timestamp',
    );
  return dueMs;
};

const dueMsOf = async (visit: Visit, state: WaitState): Promise<number> => {
  if (state.seconds === undefined) return untilTimestamp(visit, state);
  const bounds = { name: 'Seconds', min: 0, max: MAX_SECONDS };
  const seconds = await evaluateNumber(state.seconds, bounds, visit.bindings());
  return visit.frame.clock.now() + seconds * 1000;
};

/** A time that is past does not wait. */
export const runWait = async (visit: Visit, state: WaitState): Promise<Outcome> => {
  const dueMs = await dueMsOf(visit, state);
  if (dueMs > visit.frame.clock.now()) await visit.frame.sleepUntil(dueMs);
  return visit.leave({ ...state, result: visit.input });
};
