import type { NumberField, TextField, Variables } from './definition.ts';
import { type CompiledExpression, compileExpression } from './expression.ts';
import { isJsonArray, isJsonObject, type Json } from './json.ts';
import type { Place } from './problems.ts';
import type { ExpressionTemplate, Template } from './template.ts';

/** Which members of `$states` a field may read beside `input` and `context`. */
export type Reach = 'input' | 'result' | 'errorOutput';

/** A field that is being compiled: where it stands, and the name AWS gives it within its state. */
export type Field = { readonly place: Place; readonly location: string; readonly reach: Reach };

export const field = (place: Place, location: string, reach: Reach = 'input'): Field => ({
  place,
  location,
  reach,
});

const member = ({ place, location, reach }: Field, name: string): Field => ({
  place: place.at(name),
  location: `${location}/${name}`,
  reach,
});

const element = ({ place, location, reach }: Field, index: number): Field => ({
  place: place.item(index),
  location: `${location}[${index}]`,
  reach,
});

const isExpression = (text: string): boolean =>
  text.length >= 4 && text.startsWith('{%') && text.endsWith('%}');

const compile = (source: string, place: Place): CompiledExpression | undefined => {
  try {
    return compileExpression(source);
  } catch (thrown) {
    const detail =
      typeof thrown === 'object' && thrown !== null && 'message' in thrown
        ? String(thrown.message)
        : String(thrown);
    place.refuse(`got the expression ${source}, which is not JSONata: ${detail}`);
    return undefined;
  }
};

const reachable: Readonly<Record<Reach, readonly string[]>> = {
  input: ['input', 'context'],
  result: ['input', 'context', 'result'],
  errorOutput: ['input', 'context', 'errorOutput'],
};

const checkReach = (
  { statesMembers, refusals }: CompiledExpression,
  { place, reach }: Field,
): void => {
  for (const refusal of refusals) place.refuse(refusal);
  for (const name of statesMembers)
    if (!reachable[reach].includes(name))
      place.refuse(
        `got $states.${name}; this field can read ${reachable[reach].map((known) => `$states.${known}`).join(', ')}.`,
      );
};

const loadExpression = (text: string, at: Field): ExpressionTemplate | undefined => {
  const source = text.slice(2, -2).trim();
  const expression = compile(source, at.place);
  if (expression === undefined) return undefined;
  checkReach(expression, at);
  return { kind: 'expression', source, location: at.location, expression };
};

const isLiteral = (template: Template): template is Template & { readonly kind: 'literal' } =>
  template.kind === 'literal';

const loadMembers = (
  value: Readonly<Record<string, Json>>,
  at: Field,
): ReadonlyMap<string, Template> => {
  const members = new Map<string, Template>();
  for (const [name, part] of Object.entries(value))
    members.set(name, loadTemplate(part, member(at, name)));
  return members;
};

/** A part without any expression is kept as it stands, so that evaluating it costs nothing. */
const loadObject = (value: Readonly<Record<string, Json>>, at: Field): Template => {
  const members = loadMembers(value, at);
  return [...members.values()].every(isLiteral)
    ? { kind: 'literal', value }
    : { kind: 'object', members };
};

const loadArray = (value: readonly Json[], at: Field): Template => {
  const items = value.map((item, index) => loadTemplate(item, element(at, index)));
  return items.every(isLiteral) ? { kind: 'literal', value } : { kind: 'array', items };
};

/** Any JSON value in which whole strings `{% … %}` are expressions. */
const loadTemplate = (value: Json, at: Field): Template => {
  const unusable = { kind: 'literal', value: null } as const;
  if (typeof value === 'string')
    return isExpression(value)
      ? (loadExpression(value, at) ?? unusable)
      : { kind: 'literal', value };
  if (isJsonArray(value)) return loadArray(value, at);
  return isJsonObject(value) ? loadObject(value, at) : { kind: 'literal', value };
};

export const loadOptionalTemplate = (value: Json | undefined, at: Field): Template | undefined =>
  value === undefined ? undefined : loadTemplate(value, at);

/** AWS: a Unicode identifier of at most 80 characters. */
const variableName = /^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u;

/** An Assign: an object whose keys are variable names. */
export const loadAssign = (value: Json | undefined, at: Field): Variables | undefined => {
  if (value === undefined) return undefined;
  if (!isJsonObject(value))
    return at.place.mismatch(value, 'an object of variable names and values');
  for (const name of Object.keys(value)) {
    if (name === 'states') at.place.at(name).refuse('"states" is reserved; choose another name.');
    else if (!variableName.test(name))
      at.place
        .at(name)
        .refuse(
          'is no variable name; supported: up to 80 letters, digits and _, not starting with a digit.',
        );
  }
  return loadMembers(value, at);
};

type Bounds = { readonly min: number; readonly max: number; readonly isWhole: boolean };

const isNumberWithin = (value: Json, { min, max, isWhole }: Bounds): value is number =>
  typeof value === 'number' &&
  value >= min &&
  value <= max &&
  (!isWhole || Number.isInteger(value));

/** A number of the definition itself. */
export const loadNumber = (
  value: Json | undefined,
  bounds: Bounds,
  place: Place,
): number | undefined => {
  if (value === undefined || isNumberWithin(value, bounds)) return value;
  const kind = bounds.isWhole ? 'a whole number' : 'a number';
  return place.mismatch(value, `${kind} from ${bounds.min} to ${bounds.max}`);
};

export const loadNumberField = (
  value: Json | undefined,
  bounds: Bounds,
  at: Field,
): NumberField | undefined => {
  if (typeof value === 'string' && isExpression(value)) return loadExpression(value, at);
  if (value === undefined || isNumberWithin(value, bounds)) return value;
  return at.place.mismatch(
    value,
    `a whole number from ${bounds.min} to ${bounds.max}, or an expression "{% … %}"`,
  );
};

export const loadTextField = (value: Json | undefined, at: Field): TextField | undefined => {
  if (value === undefined) return undefined;
  if (typeof value !== 'string')
    return at.place.mismatch(value, 'a string or an expression "{% … %}"');
  return isExpression(value) ? loadExpression(value, at) : value;
};

export const loadCondition = (
  value: Json | undefined,
  at: Field,
): boolean | ExpressionTemplate | undefined => {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && isExpression(value)) return loadExpression(value, at);
  return at.place.mismatch(value, 'true, false or an expression "{% … %}"');
};
