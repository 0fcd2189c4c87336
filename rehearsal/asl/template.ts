import { type Bindings, type CompiledExpression, evaluateExpression } from './expression.ts';
import { EngineFailure, ErrorName } from './errors.ts';
import { type Json, type JsonObject, toJson } from './json.ts';

/** A field of a definition, ready to be evaluated. `location` is the field as AWS names it. */
export type Template =
  | { readonly kind: 'literal'; readonly value: Json }
  | ExpressionTemplate
  | { readonly kind: 'array'; readonly items: readonly Template[] }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Template> };

export type ExpressionTemplate = {
  readonly kind: 'expression';
  readonly source: string;
  readonly location: string;
  readonly expression: CompiledExpression;
};

export const evaluationError = (template: ExpressionTemplate, problem: string): EngineFailure =>
  new EngineFailure(
    ErrorName.queryEvaluationError,
    `The JSONata expression '${template.source}' specified for the field '${template.location}' ${problem}`,
    template.location,
  );

const messageOf = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'message' in thrown
    ? String(thrown.message)
    : String(thrown);

const checkResult = (template: ExpressionTemplate, result: unknown): Json => {
  if (result === undefined) throw evaluationError(template, 'returned nothing (undefined).');
  const json = toJson(result);
  if (json === undefined) throw evaluationError(template, 'returned an unsupported result type.');
  return json;
};

const awaitResult = async (
  template: ExpressionTemplate,
  pending: Promise<unknown>,
): Promise<Json> => {
  let result: unknown;
  try {
    result = await pending;
  } catch (thrown) {
    throw evaluationError(template, `threw an error during evaluation: ${messageOf(thrown)}`);
  }
  return checkResult(template, result);
};

const evaluateTerm = (template: ExpressionTemplate, bindings: Bindings): Json | Promise<Json> => {
  const result = evaluateExpression(template.expression, bindings);
  return result instanceof Promise ? awaitResult(template, result) : checkResult(template, result);
};

const finishObject = async (
  members: ReadonlyMap<string, Template>,
  done: Record<string, Json>,
  pending: Promise<Json>,
  bindings: Bindings,
): Promise<Json> => {
  let skip = Object.keys(done).length;
  for (const [name, member] of members) {
    if (skip-- > 0) continue;
    done[name] = skip === -1 ? await pending : await evaluateTemplate(member, bindings);
  }
  return done;
};

const evaluateObject = (
  members: ReadonlyMap<string, Template>,
  bindings: Bindings,
): Json | Promise<Json> => {
  const done: Record<string, Json> = {};
  for (const [name, member] of members) {
    const value = evaluateTemplate(member, bindings);
    if (value instanceof Promise) return finishObject(members, done, value, bindings);
    done[name] = value;
  }
  return done;
};

const evaluateArray = async (
  items: readonly Template[],
  bindings: Bindings,
): Promise<readonly Json[]> => {
  const done: Json[] = [];
  for (const item of items) done.push(await evaluateTemplate(item, bindings));
  return done;
};

/**
 * Evaluates in the order of the fields, at once where no JSONata is needed.
 * @throws StateError States.QueryEvaluationError, naming expression and field
 */
export const evaluateTemplate = (template: Template, bindings: Bindings): Json | Promise<Json> => {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'expression':
      return evaluateTerm(template, bindings);
    case 'array':
      return evaluateArray(template.items, bindings);
    case 'object':
      return evaluateObject(template.members, bindings);
  }
};

/** Assign is always an object; the loader has seen to it. */
export const evaluateMembers = async (
  members: ReadonlyMap<string, Template>,
  bindings: Bindings,
): Promise<JsonObject> => {
  const done: Record<string, Json> = {};
  for (const [name, member] of members) done[name] = await evaluateTemplate(member, bindings);
  return done;
};
