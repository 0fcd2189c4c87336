import type { NumberField, TextField } from './definition.ts';
import { EngineFailure, ErrorName } from './errors.ts';
import type { Bindings } from './expression.ts';
import type { Json } from './json.ts';
import { evaluateTemplate, evaluationError, type ExpressionTemplate } from './template.ts';

const typeName = (value: Json): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};

/** AWS's wording for a field whose expression answers the wrong type. */
export const wrongType = (
  template: ExpressionTemplate,
  expected: string,
  value: Json,
): EngineFailure =>
  evaluationError(
    template,
    `returned an unexpected result type. Expected '${expected}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
  );

/** A number within AWS's bounds. */
type Bounds = {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** @default true */
  readonly isWhole?: boolean;
};

/** Seconds, a concurrency, a count or a percentage. */
export const evaluateNumber = async (
  field: NumberField,
  { name, min, max, isWhole = true }: Bounds,
  bindings: Bindings,
): Promise<number> => {
  if (typeof field === 'number') return field;
  const value = await evaluateTemplate(field, bindings);
  if (typeof value !== 'number') throw wrongType(field, 'number', value);
  const refuse = (problem: string): never => {
    throw new EngineFailure(ErrorName.queryEvaluationError, problem, name);
  };
  if (isWhole && !Number.isInteger(value))
    return refuse(`The ${name} field cannot be parsed as an integer: ${value}`);
  if (value < min || value > max)
    return refuse(`${name} must be between ${min} and ${max} but was: ${value}`);
  return value;
};

export const evaluateText = async (field: TextField, bindings: Bindings): Promise<string> => {
  if (typeof field === 'string') return field;
  const value = await evaluateTemplate(field, bindings);
  if (typeof value !== 'string') throw wrongType(field, 'string', value);
  return value;
};
