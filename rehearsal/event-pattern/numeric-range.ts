import { comparableNumber } from './comparable-number.ts';
import { InvalidEventPattern } from './invalid-event-pattern.ts';
import type { JsonNode } from './json-text.ts';
import type { NumericRange, ValuePattern } from './value-pattern.ts';

const EVERYTHING = {
  bottom: -Infinity,
  openBottom: false,
  top: Infinity,
  openTop: false,
} satisfies NumericRange;

/**
 * Compiles `{"numeric": [...]}`: `=`, `<` or `<=` and a number, or `>` or `>=` and a number which may be followed by `<`
 * or `<=` and another. No other order exists. Limits are any doubles, as in event-ruler today; the user guide still
 * gives its earlier bounds of five billion either way. Checks run in event-ruler's order, so the first fault is the one named.
 */
export const compileNumeric = (operand: JsonNode): ValuePattern => {
  if (operand.kind !== 'array') throw new InvalidEventPattern('Value of numeric must be an array.');
  const [operator, limit, ...rest] = operand.items;
  if (operator?.kind !== 'string') {
    throw new InvalidEventPattern(`Invalid member in numeric match: ${tokenText(operator)}`);
  }
  switch (operator.value) {
    case '=':
      return { kind: 'number', value: lastNumber(limit, rest, 'equals') };
    case '<':
      return range({ ...EVERYTHING, top: lastNumber(limit, rest, '<'), openTop: true });
    case '<=':
      return range({ ...EVERYTHING, top: lastNumber(limit, rest, '<=') });
    case '>':
    case '>=':
      return compileRange(operator.value, numberLexeme(limit, operator.value), rest);
    default:
      throw new InvalidEventPattern(`Unrecognized numeric range operator: ${operator.value}`);
  }
};

const compileRange = (
  lower: '>' | '>=',
  lexeme: string,
  rest: readonly JsonNode[],
): ValuePattern => {
  const openBottom = lower === '>';
  if (rest.length === 0) return range({ ...EVERYTHING, bottom: comparable(lexeme), openBottom });
  const [operator, limit, ...surplus] = rest;
  if (operator?.kind !== 'string') {
    throw new InvalidEventPattern(`Bad value in numeric range: ${tokenText(operator)}`);
  }
  if (operator.value !== '<' && operator.value !== '<=') {
    throw new InvalidEventPattern(`Bad numeric range operator: ${operator.value}`);
  }
  const topLexeme = numberLexeme(limit, operator.value);
  if (surplus.length > 0) {
    throw new InvalidEventPattern('Too many terms in numeric range expression');
  }
  const [bottom, top] = [comparable(lexeme), comparable(topLexeme)];
  if (bottom >= top) throw new InvalidEventPattern('Bottom must be less than top');
  return range({ bottom, openBottom, top, openTop: operator.value === '<' });
};

const range = (limits: NumericRange): ValuePattern => ({ kind: 'numeric-range', ...limits });

const lastNumber = (
  node: JsonNode | undefined,
  rest: readonly JsonNode[],
  operator: string,
): number => {
  const lexeme = numberLexeme(node, operator);
  if (rest.length > 0) throw new InvalidEventPattern('Too many elements in numeric expression');
  return comparable(lexeme);
};

const numberLexeme = (node: JsonNode | undefined, operator: string): string => {
  if (node?.kind === 'number') return node.lexeme;
  throw new InvalidEventPattern(`Value of ${operator} must be numeric`);
};

/** Throws on a number that no double holds exactly; event-ruler cannot order it. */
export const comparable = (lexeme: string): number => {
  const value = comparableNumber(lexeme);
  if (value === undefined) throw new InvalidEventPattern(`Cannot compare number : ${lexeme}`);
  return value;
};

/** The token that a streaming parser stands on; past the last item that is the closing bracket. */
const tokenText = (node: JsonNode | undefined): string => {
  switch (node?.kind) {
    case undefined:
      return ']';
    case 'string':
      return node.value;
    case 'number':
      return node.lexeme;
    case 'literal':
      return node.text;
    case 'array':
      return '[';
    case 'object':
      return '{';
  }
};
