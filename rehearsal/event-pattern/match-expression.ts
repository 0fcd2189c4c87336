import { compileAnythingBut } from './anything-but.ts';
import { comparableNumber } from './comparable-number.ts';
import { InvalidEventPattern } from './invalid-event-pattern.ts';
import { addressDigits, cidrRange } from './ip-address.ts';
import type { JsonMember, JsonNode } from './json-text.ts';
import { compileNumeric } from './numeric-range.ts';
import {
  exactText,
  ignoreCase,
  prefix,
  prefixIgnoreCase,
  suffix,
  suffixIgnoreCase,
  wildcard,
} from './text-pattern.ts';
import type { ValuePattern } from './value-pattern.ts';

/**
 * Compiles one entry of a field's list, after `writeRules` and `processMatchExpression` of event-ruler's
 * JsonRuleCompiler. Throws InvalidEventPattern.
 */
export const compileValue = (node: JsonNode): ValuePattern => {
  switch (node.kind) {
    case 'string':
      return compileText(node.value);
    case 'number':
      return compileNumber(node.lexeme);
    case 'literal':
      return { kind: 'exact', token: node.text };
    case 'object':
      return compileExpression(node.members);
    case 'array':
      throw new InvalidEventPattern('Match value must be String, number, true, false, or null');
  }
};

/** A text that is an IP address stands for the address: "::1" also accepts "0:0:0:0:0:0:0:1". */
const compileText = (text: string): ValuePattern => {
  const digits = addressDigits(text);
  return digits === undefined ? exactText(text) : { kind: 'address', bottom: digits, top: digits };
};

/**
 * The user guide still says that 300 and 3.0e2 are not equal, from before event-ruler compared values; here they are.
 */
const compileNumber = (lexeme: string): ValuePattern => {
  const value = comparableNumber(lexeme);
  return value === undefined ? { kind: 'exact', token: lexeme } : { kind: 'number', value };
};

type Operator = { readonly compile: (operand: JsonNode) => ValuePattern; readonly surplus: string };

const ONE_KEY = 'Only one key allowed in match expression';
const TOO_MANY = 'Too many elements in numeric expression';
const IGNORE_CASE_TYPE = 'equals-ignore-case match pattern must be a string';

/** The wrong operator in the words for `cidr`, and for a surplus key after `anything-but`, are event-ruler's own. */
const operators: ReadonlyMap<string, Operator> = new Map([
  ['exactly', onText(exactText, 'exact match pattern must be a string')],
  ['prefix', onAffix('prefix', prefix, prefixIgnoreCase)],
  ['suffix', onAffix('suffix', suffix, suffixIgnoreCase)],
  ['equals-ignore-case', onText(ignoreCase, IGNORE_CASE_TYPE)],
  ['wildcard', onText(wildcard, 'wildcard match pattern must be a string')],
  ['cidr', onText(compileCidr, 'prefix match pattern must be a string')],
  ['exists', { compile: compileExists, surplus: ONE_KEY }],
  ['numeric', { compile: compileNumeric, surplus: TOO_MANY }],
  ['anything-but', { compile: compileAnythingBut, surplus: TOO_MANY }],
]);

/** The operand is judged before the number of keys, as by a parser that reads on. */
const compileExpression = ([first, ...rest]: readonly JsonMember[]): ValuePattern => {
  if (first === undefined) throw new InvalidEventPattern('Match expression name not found');
  const operator = operators.get(first.name);
  if (operator === undefined) {
    throw new InvalidEventPattern(`Unrecognized match type ${first.name}`);
  }
  const pattern = operator.compile(first.value);
  if (rest.length > 0) throw new InvalidEventPattern(operator.surplus);
  return pattern;
};

function onText(compile: (text: string) => ValuePattern, wrongType: string): Operator {
  return { compile: (operand) => compile(textOf(operand, wrongType)), surplus: ONE_KEY };
}

function onAffix(
  name: 'prefix' | 'suffix',
  caseful: (text: string) => ValuePattern,
  caseless: (text: string) => ValuePattern,
): Operator {
  const compile = (operand: JsonNode): ValuePattern =>
    operand.kind === 'object'
      ? caseless(ignoreCaseOperand(name, operand.members))
      : caseful(textOf(operand, `${name} match pattern must be a string`));
  return { compile, surplus: ONE_KEY };
}

const ignoreCaseOperand = (
  name: 'prefix' | 'suffix',
  [first, ...rest]: readonly JsonMember[],
): string => {
  if (first === undefined) {
    const title = name === 'prefix' ? 'Prefix' : 'Suffix';
    throw new InvalidEventPattern(`${title} expression name not found`);
  }
  if (first.name !== 'equals-ignore-case') {
    throw new InvalidEventPattern(`Unsupported ${name} pattern: ${first.name}`);
  }
  const text = textOf(first.value, IGNORE_CASE_TYPE);
  if (rest.length > 0) throw new InvalidEventPattern(ONE_KEY);
  return text;
};

function textOf(node: JsonNode, wrongType: string): string {
  if (node.kind === 'string') return node.value;
  throw new InvalidEventPattern(wrongType);
}

function compileCidr(cidr: string): ValuePattern {
  return { kind: 'address', ...cidrRange(cidr) };
}

function compileExists(operand: JsonNode): ValuePattern {
  if (operand.kind === 'literal' && operand.text === 'true') return { kind: 'exists' };
  if (operand.kind === 'literal' && operand.text === 'false') return { kind: 'absent' };
  throw new InvalidEventPattern('exists match pattern must be either true or false.');
}
