import { type Filter, type Token, TypeGuards, type Value } from 'liquidjs';

/** What was read is nothing that is written here, or is not there: Liquid itself knows what to make of it. */
export class BeyondPlain extends Error {
  override readonly name = 'BeyondPlain';
}

/** What names stand for at one place of a template. */
export interface Names {
  readonly told: object;
  readonly assigned: Map<string, unknown>;
  loop: Loop | undefined;
}

interface Loop {
  readonly variable: string;
  readonly item: unknown;
  readonly forloop: object;
  readonly outer: Loop | undefined;
}

type Read = (names: Names) => unknown;

/** Of what can be read, as Liquid has it: an empty text is true. */
export const isTrue = (value: unknown): boolean => value !== false && value !== null;

/** @param filters those of them that are applied */
export const valueOf = ({ initial, filters: all }: Value, filters = all): Read =>
  filters.reduce(filteredBy, expressionOf(initial.postfix));

const filteredBy = (read: Read, { name, args }: Filter): Read => {
  const apply = filterNamed.get(name);
  const [argument, ...more] = args;
  if (apply === undefined || more.length > 0 || Array.isArray(argument))
    throw new BeyondPlain(`the filter ${name}`);
  const by = argument === undefined ? () => null : tokenOf(argument);
  return (names) => apply(read(names), by(names));
};

/** In the order in which Liquid evaluates: both sides of an `and` are read. */
const expressionOf = (postfix: readonly Token[]): Read => {
  const stack: Read[] = [];
  for (const token of postfix)
    if (TypeGuards.isOperatorToken(token)) {
      const [left, right] = stack.splice(-2);
      const operate = operators.get(token.operator);
      if (operate === undefined || left === undefined || right === undefined)
        throw new BeyondPlain(`the operator ${token.operator}`);
      stack.push((names) => operate(left(names), right(names)));
    } else stack.push(tokenOf(token));
  const [read] = stack;
  if (read === undefined) throw new BeyondPlain('nothing to read');
  return read;
};

export const isSame = (left: unknown, right: unknown): boolean => {
  if (Array.isArray(left)) throw new BeyondPlain('lists to compare');
  return left === right;
};

const ofNumbers =
  <Result>(apply: (left: number, right: number) => Result) =>
  (left: unknown, right: unknown): Result => {
    if (typeof left !== 'number' || typeof right !== 'number')
      throw new BeyondPlain('what are no numbers');
    return apply(left, right);
  };

const isBlank = (value: unknown): boolean => {
  if (Array.isArray(value)) throw new BeyondPlain('a list that may be empty');
  return !isTrue(value) || value === '';
};

type Apply = (left: unknown, right: unknown) => unknown;

/** Of what our templates use; a filter or an operator beyond them has a template written by Liquid. */
const filterNamed: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ['default', (value, otherwise) => (isBlank(value) ? otherwise : value)],
  ['plus', ofNumbers((value, by) => value + by)],
  ['minus', ofNumbers((value, by) => value - by)],
  ['raw', (value) => value],
]);

const operators: ReadonlyMap<string, Apply> = new Map([
  ['==', isSame],
  ['!=', (left, right) => !isSame(left, right)],
  ['<', ofNumbers((left, right) => left < right)],
  ['>', ofNumbers((left, right) => left > right)],
  ['<=', ofNumbers((left, right) => left <= right)],
  ['>=', ofNumbers((left, right) => left >= right)],
  ['and', (left, right) => isTrue(left) && isTrue(right)],
  ['or', (left, right) => isTrue(left) || isTrue(right)],
]);

export const tokenOf = (token: Token): Read => {
  if (TypeGuards.isPropertyAccessToken(token)) {
    if (token.variable !== undefined) throw new BeyondPlain('a property of what is written out');
    return pathOf(token.props.map(constantOf));
  }
  const value = constantOf(token);
  return () => value;
};

/** `nil`, `empty` and `blank` are objects of Liquid, which compare in ways of their own. */
const constantOf = (token: Token): string | number | boolean => {
  const content: unknown = 'content' in token ? token.content : undefined;
  if (typeof content === 'string' || typeof content === 'number' || typeof content === 'boolean')
    return content;
  throw new BeyondPlain(`the value ${token.getText()}`);
};

const pathOf = ([name, ...keys]: readonly (string | number | boolean)[]): Read => {
  const root = String(name);
  const path = keys.map(String);
  return (names) => {
    let value = named(names, root);
    for (const key of path) value = propertyOf(value, key);
    return value;
  };
};

const named = ({ told, assigned, loop }: Names, name: string): unknown => {
  for (let inner = loop; inner !== undefined; inner = inner.outer) {
    if (inner.variable === name) return inner.item;
    if (name === 'forloop') return inner.forloop;
  }
  return assigned.has(name) ? assigned.get(name) : propertyOf(told, name);
};

const propertyOf = (of: unknown, key: string): unknown => {
  if (of === null) return null;
  if (Array.isArray(of)) {
    if (key === 'size') return of.length;
  } else if (isRecord(of) && Object.hasOwn(of, key)) {
    const value = of[key];
    if (value !== undefined && typeof value !== 'function') return value;
  }
  throw new BeyondPlain(`the property ${key}`);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
