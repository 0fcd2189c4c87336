import type { MapState, NumberField } from '../definition.ts';
import { EngineFailure, ErrorName, StateError } from '../errors.ts';
import { evaluateNumber, wrongType } from '../fields.ts';
import { isJsonArray, type Json } from '../json.ts';
import { evaluateTemplate } from '../template.ts';
import type { Visit } from '../visit.ts';

const MAX_COUNT = 100_000_000;

/** Without either tolerance the first failed iteration fails the state, with its own error. */
export type Limits = {
  readonly concurrency: number;
  readonly toleratedCount: number | undefined;
  readonly toleratedPercentage: number | undefined;
};

/** The array that an inline Map, or a Distributed Map without a reader, goes through. */
export const evaluateItems = async (visit: Visit, state: MapState): Promise<readonly Json[]> => {
  const { items } = state;
  const value = items === undefined ? visit.input : await evaluateTemplate(items, visit.bindings());
  if (isJsonArray(value)) return value;
  if (items?.kind === 'expression') throw wrongType(items, 'array', value);
  throw new EngineFailure(
    ErrorName.queryEvaluationError,
    `The Map state's items must be an array but were: ${JSON.stringify(value)}`,
    'Items',
  );
};

/** @param most AWS's ceiling for MaxConcurrency, also what 0 or none means */
export const evaluateLimits = async (
  visit: Visit,
  state: MapState,
  most: number,
): Promise<Limits> => {
  const bindings = visit.bindings();
  const evaluate = async (
    field: NumberField | undefined,
    name: string,
    max: number,
    isWhole = true,
  ): Promise<number | undefined> =>
    field === undefined
      ? undefined
      : evaluateNumber(field, { name, min: 0, max, isWhole }, bindings);
  const wanted = await evaluate(state.maxConcurrency, 'MaxConcurrency', MAX_COUNT);
  return {
    concurrency: Math.min(wanted || most, most),
    toleratedCount: await evaluate(state.toleratedFailureCount, 'ToleratedFailureCount', MAX_COUNT),
    toleratedPercentage: await evaluate(
      state.toleratedFailurePercentage,
      'ToleratedFailurePercentage',
      100,
      false,
    ),
  };
};

export const isTolerant = ({ toleratedCount, toleratedPercentage }: Limits): boolean =>
  toleratedCount !== undefined || toleratedPercentage !== undefined;

/** With both limits given, passing either one fails the state. */
export const isTolerated = (limits: Limits, failures: number, itemCount: number): boolean =>
  isTolerant(limits) &&
  failures <= (limits.toleratedCount ?? Infinity) &&
  (failures * 100) / itemCount <= (limits.toleratedPercentage ?? Infinity);

export const toleranceExceeded = (): StateError =>
  new StateError(
    ErrorName.exceedToleratedFailureThreshold,
    'The specified tolerated failure threshold was exceeded',
  );
