import { InvalidEventPattern } from './invalid-event-pattern.ts';
import type { JsonMember, JsonNode } from './json-text.ts';
import { comparable } from './numeric-range.ts';
import { exactText, ignoreCase, prefix, suffix, wildcard } from './text-pattern.ts';
import type { ValuePattern } from './value-pattern.ts';

/**
 * Compiles `{"anything-but": ...}` over one string or number, a list of either, or one of prefix, suffix,
 * equals-ignore-case and wildcard with a text or a list of texts.
 */
export const compileAnythingBut = (operand: JsonNode): ValuePattern => {
  switch (operand.kind) {
    case 'object':
      return { kind: 'anything-but', excluded: compileNested(operand.members) };
    case 'array':
      return { kind: 'anything-but', excluded: compileList(operand.items) };
    case 'string':
    case 'number':
      return { kind: 'anything-but', excluded: [compileScalar(operand)] };
    case 'literal':
      throw wrongOperand();
  }
};

const wrongOperand = (): InvalidEventPattern =>
  new InvalidEventPattern('Value of anything-but must be an array or single string/number value.');

const compileList = (items: readonly JsonNode[]): readonly ValuePattern[] => {
  const excluded = items.map(compileScalar);
  if (new Set(excluded.map(({ kind }) => kind)).size !== 1) {
    throw new InvalidEventPattern(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  }
  return excluded;
};

const compileScalar = (node: JsonNode): ValuePattern => {
  if (node.kind === 'string') return exactText(node.value);
  if (node.kind === 'number') return { kind: 'number', value: comparable(node.lexeme) };
  throw new InvalidEventPattern('Inside anything but list, start|null|boolean is not supported.');
};

type NestedOperator = {
  readonly compile: (text: string) => ValuePattern;
  readonly wrongType: string;
};

const AFFIX_TYPE = 'prefix/suffix match pattern must be a string';

const nestedOperators: ReadonlyMap<string, NestedOperator> = new Map([
  ['prefix', { compile: (text) => prefix(filled(text)), wrongType: AFFIX_TYPE }],
  ['suffix', { compile: (text) => suffix(filled(text)), wrongType: AFFIX_TYPE }],
  ['wildcard', { compile: wildcard, wrongType: 'wildcard match pattern must be a string' }],
  [
    'equals-ignore-case',
    {
      compile: ignoreCase,
      wrongType:
        'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    },
  ],
]);

const filled = (text: string): string => {
  if (text === '') throw new InvalidEventPattern('Null prefix/suffix not allowed');
  return text;
};

const compileNested = ([first, ...rest]: readonly JsonMember[]): readonly ValuePattern[] => {
  if (first === undefined) throw new InvalidEventPattern('Anything-But expression name not found');
  const operator = nestedOperators.get(first.name);
  if (operator === undefined) {
    throw new InvalidEventPattern(`Unsupported anything-but pattern: ${first.name}`);
  }
  const excluded = nestedOperands(first.value).map((node) => {
    if (node.kind === 'string') return operator.compile(node.value);
    throw new InvalidEventPattern(operator.wrongType);
  });
  // event-ruler's compiler takes an empty list and its machine then fails on it.
  if (excluded.length === 0) throw new InvalidEventPattern('Empty arrays are not allowed');
  if (rest.length > 0) throw new InvalidEventPattern('Too many elements in numeric expression');
  return excluded;
};

const nestedOperands = (node: JsonNode): readonly JsonNode[] => {
  if (node.kind === 'array') return node.items;
  if (node.kind === 'string' || node.kind === 'number') return [node];
  throw wrongOperand();
};
