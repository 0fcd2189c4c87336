import type { Catcher, ErrorHandling, Retrier } from './definition.ts';
import { ErrorName } from './errors.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts';
import { checkFields } from './load-fields.ts';
import { field, loadAssign, loadNumber, loadOptionalTemplate } from './load-templates.ts';
import type { Place } from './problems.ts';
import { retryDefaults } from './retry.ts';

const MAX_RETRY_SECONDS = 99_999_999;
/** AWS: MaxDelaySeconds is above 0 and below a year. */
const MAX_DELAY_SECONDS = 31_622_400;

const retrierFields = [
  'ErrorEquals',
  'IntervalSeconds',
  'MaxAttempts',
  'BackoffRate',
  'MaxDelaySeconds',
  'JitterStrategy',
  'Comment',
];

const isText = (value: Json): value is string => typeof value === 'string';

const loadErrorEquals = (value: Json | undefined, place: Place): readonly string[] => {
  if (isJsonArray(value) && value.length > 0 && value.every(isText)) return value;
  place.mismatch(value, 'a list of at least one error name');
  return [];
};

/** States.ALL swallows what follows it, so AWS takes it only alone and in the last place. */
const checkStatesAll = (lists: readonly (readonly string[])[], place: Place): void => {
  lists.forEach((names, index) => {
    if (!names.includes(ErrorName.all)) return;
    if (names.length > 1 || index < lists.length - 1)
      place
        .item(index)
        .at('ErrorEquals')
        .refuse('States.ALL must stand alone in its list and in the last entry.');
  });
};

const loadRetrier = (value: JsonObject, place: Place): Retrier => {
  checkFields(value, retrierFields, place);
  const number = (name: string, min: number, max: number, isWhole = true): number | undefined =>
    loadNumber(value[name], { min, max, isWhole }, place.at(name));
  const jitter = value['JitterStrategy'];
  if (jitter !== undefined && jitter !== 'FULL' && jitter !== 'NONE')
    place.at('JitterStrategy').mismatch(jitter, '"FULL" or "NONE"');
  return {
    errorEquals: loadErrorEquals(value['ErrorEquals'], place.at('ErrorEquals')),
    intervalSeconds:
      number('IntervalSeconds', 1, MAX_RETRY_SECONDS) ?? retryDefaults.intervalSeconds,
    maxAttempts: number('MaxAttempts', 0, MAX_RETRY_SECONDS) ?? retryDefaults.maxAttempts,
    backoffRate: number('BackoffRate', 1, Number.MAX_VALUE, false) ?? retryDefaults.backoffRate,
    maxDelaySeconds: number('MaxDelaySeconds', 1, MAX_DELAY_SECONDS),
    hasFullJitter: jitter === 'FULL',
  };
};

const loadCatcher = (value: JsonObject, place: Place, index: number): Catcher => {
  checkFields(value, ['ErrorEquals', 'Next', 'Output', 'Assign', 'Comment'], place);
  const next = value['Next'];
  if (typeof next !== 'string') place.at('Next').mismatch(next, 'the name of a state');
  const location = `Catch[${index}]`;
  return {
    errorEquals: loadErrorEquals(value['ErrorEquals'], place.at('ErrorEquals')),
    next: typeof next === 'string' ? next : '',
    assign: loadAssign(
      value['Assign'],
      field(place.at('Assign'), `${location}/Assign`, 'errorOutput'),
    ),
    output: loadOptionalTemplate(
      value['Output'],
      field(place.at('Output'), `${location}/Output`, 'errorOutput'),
    ),
  };
};

const loadList = <T extends { readonly errorEquals: readonly string[] }>(
  value: Json | undefined,
  place: Place,
  loadItem: (item: JsonObject, place: Place, index: number) => T,
): readonly T[] => {
  if (value === undefined) return [];
  if (!isJsonArray(value)) return place.mismatch(value, 'a list') ?? [];
  const items: T[] = [];
  value.forEach((item, index) => {
    if (isJsonObject(item)) items.push(loadItem(item, place.item(index), index));
    else place.item(index).mismatch(item, 'an object with ErrorEquals');
  });
  checkStatesAll(
    items.map(({ errorEquals }) => errorEquals),
    place,
  );
  return items;
};

/** Retry and Catch. */
export const loadErrorHandling = (state: JsonObject, place: Place): ErrorHandling => ({
  retry: loadList(state['Retry'], place.at('Retry'), loadRetrier),
  catch: loadList(state['Catch'], place.at('Catch'), loadCatcher),
});
