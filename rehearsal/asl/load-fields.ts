import type { Place } from './problems.ts';
import type { JsonObject } from './json.ts';

const everyState = ['Type', 'Comment', 'QueryLanguage'];
const moving = ['Next', 'End', 'Assign', 'Output'];
const handling = ['Retry', 'Catch'];

/** The fields of each state type that the engine runs. */
export const stateFields = {
  Pass: [...everyState, ...moving],
  Task: [
    ...everyState,
    ...moving,
    ...handling,
    'Resource',
    'Arguments',
    'Credentials',
    'TimeoutSeconds',
    'HeartbeatSeconds',
  ],
  Choice: [...everyState, 'Choices', 'Default', 'Assign', 'Output'],
  Wait: [...everyState, ...moving, 'Seconds', 'Timestamp'],
  Succeed: [...everyState, 'Output'],
  Fail: [...everyState, 'Error', 'Cause'],
  Parallel: [...everyState, ...moving, ...handling, 'Branches', 'Arguments'],
  Map: [
    ...everyState,
    ...moving,
    ...handling,
    'Items',
    'ItemSelector',
    'ItemProcessor',
    'Iterator',
    'MaxConcurrency',
    'ToleratedFailureCount',
    'ToleratedFailurePercentage',
    'ItemReader',
    'ItemBatcher',
    'ResultWriter',
    'Label',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type StateType = keyof typeof stateFields;

export const isStateType = (value: unknown): value is StateType =>
  typeof value === 'string' && Object.hasOwn(stateFields, value);

const jsonPathFields = new Set([
  'InputPath',
  'OutputPath',
  'ResultPath',
  'ResultSelector',
  'Parameters',
  'Result',
  'ItemsPath',
  'Variable',
]);

const reasonAgainst = (name: string, supported: readonly string[]): string => {
  if (jsonPathFields.has(name) || name.endsWith('Path'))
    return 'is a JSONPath field; only JSONata is supported (Arguments, Output, Assign, "{% … %}").';
  return `is not supported here; supported: ${supported.join(', ')}.`;
};

/** Refuses every field that is not in the list, saying why. */
export const checkFields = (
  value: JsonObject,
  supported: readonly string[],
  place: Place,
): void => {
  for (const name of Object.keys(value))
    if (!supported.includes(name)) place.at(name).refuse(reasonAgainst(name, supported));
};
