import type { ChoiceRule, State, Workflow } from './definition.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts';
import { loadDistribution } from './load-distribution.ts';
import { loadErrorHandling } from './load-errors.ts';
import { checkFields, isStateType, stateFields, type StateType } from './load-fields.ts';
import { loadResource } from './load-resource.ts';
import {
  field,
  loadAssign,
  loadCondition,
  loadNumberField,
  loadOptionalTemplate,
  loadTextField,
  type Reach,
} from './load-templates.ts';
import type { Place } from './problems.ts';
import { parseTimestamp } from './timestamp.ts';

const MAX_SECONDS = 99_999_999;
const MAX_COUNT = 100_000_000;

/** What loading a state needs from its surroundings. */
export type LoadContext = {
  /** The state machine's QueryLanguage; undefined means AWS's default, JSONPath. */
  readonly queryLanguage: Json | undefined;
  readonly loadWorkflow: (
    value: Json | undefined,
    place: Place,
    extraFields?: readonly string[],
  ) => Workflow;
};

type Source = { readonly value: JsonObject; readonly place: Place; readonly name: string };

const hasResult = new Set<StateType>(['Task', 'Parallel', 'Map']);

const loadNext = ({ value, place }: Source): string | undefined => {
  const { Next: next, End: end } = value;
  if (end !== undefined && typeof end !== 'boolean') place.at('End').mismatch(end, 'true or false');
  if (end === true && next !== undefined)
    place.refuse('has both Next and End; one of them is supported.');
  if (end === true) return undefined;
  if (typeof next === 'string') return next;
  if (next === undefined) place.refuse('has neither Next nor End: true; one of them is needed.');
  else place.at('Next').mismatch(next, 'the name of a state');
  return undefined;
};

const loadBase = (source: Source, type: StateType) => {
  const { value, place, name } = source;
  const reach: Reach = hasResult.has(type) ? 'result' : 'input';
  return {
    name,
    assign: loadAssign(value['Assign'], field(place.at('Assign'), 'Assign', reach)),
    output: loadOptionalTemplate(value['Output'], field(place.at('Output'), 'Output', reach)),
  };
};

const loadSeconds = ({ value, place }: Source, name: string, min: number) =>
  loadNumberField(
    value[name],
    { min, max: MAX_SECONDS, isWhole: true },
    field(place.at(name), name),
  );

const loadTask = (source: Source): State => {
  const { value, place } = source;
  const credentials = value['Credentials'];
  const roleArn = isJsonObject(credentials) ? credentials['RoleArn'] : undefined;
  if (credentials !== undefined && roleArn === undefined)
    place.at('Credentials').mismatch(credentials, 'an object with RoleArn');
  const timeoutSeconds = loadSeconds(source, 'TimeoutSeconds', 1);
  const heartbeatSeconds = loadSeconds(source, 'HeartbeatSeconds', 1);
  if (
    typeof timeoutSeconds === 'number' &&
    typeof heartbeatSeconds === 'number' &&
    heartbeatSeconds >= timeoutSeconds
  )
    place
      .at('HeartbeatSeconds')
      .mismatch(heartbeatSeconds, `less than TimeoutSeconds (${timeoutSeconds})`);
  return {
    type: 'Task',
    ...loadBase(source, 'Task'),
    ...loadErrorHandling(value, place),
    next: loadNext(source),
    resource: loadResource(value['Resource'], place.at('Resource')) ?? {
      arn: '',
      family: 'Task',
      resourceType: '',
      resource: '',
      pattern: 'requestResponse',
    },
    arguments: loadOptionalTemplate(value['Arguments'], field(place.at('Arguments'), 'Arguments')),
    roleArn: loadTextField(roleArn, field(place.at('Credentials/RoleArn'), 'Credentials/RoleArn')),
    timeoutSeconds,
    heartbeatSeconds,
  };
};

const loadWait = (source: Source): State => {
  const { value, place } = source;
  const timestamp = loadTextField(value['Timestamp'], field(place.at('Timestamp'), 'Timestamp'));
  if (typeof timestamp === 'string' && parseTimestamp(timestamp) === undefined)
    place.at('Timestamp').mismatch(timestamp, 'an RFC 3339 time such as 2026-08-18T17:33:00Z');
  if ('Seconds' in value === 'Timestamp' in value)
    place.refuse('needs exactly one of Seconds and Timestamp.');
  return {
    type: 'Wait',
    ...loadBase(source, 'Wait'),
    next: loadNext(source),
    seconds: loadSeconds(source, 'Seconds', 0),
    timestamp,
  };
};

const loadRule = (value: Json, place: Place, index: number): ChoiceRule | undefined => {
  if (!isJsonObject(value)) return place.mismatch(value, 'an object with Condition and Next');
  checkFields(value, ['Condition', 'Next', 'Assign', 'Output', 'Comment'], place);
  const location = `Choices[${index}]`;
  const at = (name: string) => field(place.at(name), `${location}/${name}`);
  const { Next: next } = value;
  if (typeof next !== 'string') place.at('Next').mismatch(next, 'the name of a state');
  return {
    condition: loadCondition(value['Condition'], at('Condition')) ?? false,
    next: typeof next === 'string' ? next : '',
    assign: loadAssign(value['Assign'], at('Assign')),
    output: loadOptionalTemplate(value['Output'], at('Output')),
  };
};

const loadChoice = (source: Source): State => {
  const { value, place } = source;
  const { Choices: choices, Default: fallback } = value;
  const rules = isJsonArray(choices) ? choices : [];
  if (rules.length === 0) place.at('Choices').mismatch(choices, 'a list of at least one rule');
  if (fallback !== undefined && typeof fallback !== 'string')
    place.at('Default').mismatch(fallback, 'the name of a state');
  return {
    type: 'Choice',
    ...loadBase(source, 'Choice'),
    next: typeof fallback === 'string' ? fallback : undefined,
    choices: rules
      .map((rule, index) => loadRule(rule, place.at('Choices').item(index), index))
      .filter((rule) => rule !== undefined),
  };
};

const loadFail = (source: Source): State => {
  const { value, place } = source;
  return {
    type: 'Fail',
    ...loadBase(source, 'Fail'),
    next: undefined,
    error: loadTextField(value['Error'], field(place.at('Error'), 'Error')),
    cause: loadTextField(value['Cause'], field(place.at('Cause'), 'Cause')),
  };
};

const loadParallel = (source: Source, { loadWorkflow }: LoadContext): State => {
  const { value, place } = source;
  const { Branches: branches } = value;
  if (!isJsonArray(branches) || branches.length === 0)
    place.at('Branches').mismatch(branches, 'a list of at least one branch');
  return {
    type: 'Parallel',
    ...loadBase(source, 'Parallel'),
    ...loadErrorHandling(value, place),
    next: loadNext(source),
    arguments: loadOptionalTemplate(value['Arguments'], field(place.at('Arguments'), 'Arguments')),
    branches: (isJsonArray(branches) ? branches : []).map((branch, index) =>
      loadWorkflow(branch, place.at('Branches').item(index)),
    ),
  };
};

const loadMap = (source: Source, { loadWorkflow }: LoadContext): State => {
  const { value, place } = source;
  const processorName = 'Iterator' in value ? 'Iterator' : 'ItemProcessor';
  const processor = value[processorName];
  if ('Iterator' in value && 'ItemProcessor' in value)
    place.refuse('has both ItemProcessor and its old name Iterator; one of them is supported.');
  const at = place.at(processorName);
  const distribution = loadDistribution(source, processor, at.at('ProcessorConfig'));
  const { Items: items } = value;
  const template = loadOptionalTemplate(items, field(place.at('Items'), 'Items'));
  if (template?.kind === 'object' || (template?.kind === 'literal' && !isJsonArray(template.value)))
    place.at('Items').mismatch(items, 'an array or an expression "{% … %}"');
  const count = (name: string, max: number, isWhole = true) =>
    loadNumberField(value[name], { min: 0, max, isWhole }, field(place.at(name), name));
  return {
    type: 'Map',
    ...loadBase(source, 'Map'),
    ...loadErrorHandling(value, place),
    next: loadNext(source),
    items: template,
    itemSelector: loadOptionalTemplate(
      value['ItemSelector'],
      field(place.at('ItemSelector'), 'ItemSelector'),
    ),
    processor: loadWorkflow(processor, at, ['ProcessorConfig']),
    maxConcurrency: count('MaxConcurrency', MAX_COUNT),
    toleratedFailureCount: count('ToleratedFailureCount', MAX_COUNT),
    toleratedFailurePercentage: count('ToleratedFailurePercentage', 100, false),
    distribution,
  };
};

const loadByType = (type: StateType, source: Source, context: LoadContext): State => {
  switch (type) {
    case 'Pass':
      return { type, ...loadBase(source, type), next: loadNext(source) };
    case 'Succeed':
      return { type, ...loadBase(source, type), next: undefined };
    case 'Task':
      return loadTask(source);
    case 'Wait':
      return loadWait(source);
    case 'Choice':
      return loadChoice(source);
    case 'Fail':
      return loadFail(source);
    case 'Parallel':
      return loadParallel(source, context);
    case 'Map':
      return loadMap(source, context);
  }
};

const checkQueryLanguage = ({ value, place }: Source, { queryLanguage }: LoadContext): void => {
  const own = value['QueryLanguage'];
  if (own !== undefined && own !== 'JSONata') place.at('QueryLanguage').mismatch(own, '"JSONata"');
  if (own === undefined && queryLanguage === undefined)
    place.refuse(
      'has no QueryLanguage, which means JSONPath; supported: "QueryLanguage": "JSONata" here or at the top.',
    );
};

export const loadState = (
  name: string,
  value: Json,
  place: Place,
  context: LoadContext,
): State | undefined => {
  if (!isJsonObject(value)) return place.mismatch(value, 'an object with a Type');
  const { Type: type } = value;
  if (!isStateType(type))
    return place.at('Type').mismatch(type, Object.keys(stateFields).join(', '));
  const source = { value, place, name };
  checkFields(value, stateFields[type], place);
  checkQueryLanguage(source, context);
  return loadByType(type, source, context);
};
