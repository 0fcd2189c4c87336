import { InvalidEventPattern } from './invalid-event-pattern.ts';
import type { JsonMember, JsonNode } from './json-text.ts';
import { InvalidJson, jsonText, parseJson } from './json-text.ts';
import { compileValue } from './match-expression.ts';
import type { ValuePattern } from './value-pattern.ts';
import { refuseComplexWildcards } from './wildcard-complexity.ts';

/**
 * A compiled pattern: it matches when one alternative does. `$or` is spread into alternatives here, as in event-ruler;
 * it is not a test made at matching time.
 */
export type EventPattern = { readonly alternatives: readonly Alternative[] };

/** Every field has to be satisfied. Sorted by path: `exists: false` looks at what the fields before it settled. */
export type Alternative = readonly FieldPattern[];

/** `path` is the names on the way joined by dots; one of the values has to accept the field. */
export type FieldPattern = { readonly path: string; readonly values: readonly ValuePattern[] };

export type CompileOptions = {
  /**
   * What a path that is constrained twice in one alternative means. EventBridge uses the last; event-ruler can be told
   * to refuse (`withRuleOverriding(false)`), which finds a mistake.
   * @default 'last-wins'
   */
  readonly duplicatePaths?: 'last-wins' | 'refuse';
};

/** `EventPattern` in the PutRule and TestEventPattern APIs: at most 4096 characters (the default quota is half of it). */
const MAX_LENGTH = 4096;

/** EventBridge user guide, "Or matching": the sizes of all `$or` arrays, multiplied, may not exceed 1000. */
const MAX_COMBINATIONS = 1000;

/** event-ruler, `GenericMachine.MAXIMUM_RULE_SIZE`: fields in one alternative. */
const MAX_FIELDS = 256;

/** Names that an object inside `$or` may not use (event-ruler, Constants.java). */
const RESERVED_INSIDE_OR: ReadonlySet<string> = new Set(
  (
    'exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex ' +
    'not-wildcard not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ' +
    'ip-address-in-range ip-address-not-in-range'
  ).split(' '),
);

/**
 * Compiles an EventBridge event pattern from a plain object or from JSON text. Text keeps what `JSON.parse` drops and
 * EventBridge sees: digits beyond a double, and the order of repeated names. Throws {@link InvalidEventPattern}, and
 * nothing else, on whatever EventBridge refuses. After aws/event-ruler's JsonRuleCompiler.java; like EventBridge, a
 * pattern whose `$or` is not the operator is read again with `$or` as an ordinary field name.
 */
export const compileEventPattern = (
  pattern: unknown,
  { duplicatePaths = 'last-wins' }: CompileOptions = {},
): EventPattern => {
  const members = readPattern(pattern);
  if (orCombinations(members) > MAX_COMBINATIONS) {
    throw new InvalidEventPattern(
      `Event pattern contains more than ${MAX_COMBINATIONS} rule combinations`,
    );
  }
  const alternatives = compileEither(members, duplicatePaths);
  if (alternatives.some((fields) => fields.length > MAX_FIELDS)) {
    throw new InvalidEventPattern(`Size of rule exceeds max value of ${MAX_FIELDS}`);
  }
  refuseComplexWildcards(alternatives);
  return { alternatives };
};

const readPattern = (pattern: unknown): readonly JsonMember[] => {
  const text = asInvalidPattern(() => jsonText(pattern));
  if (text.length > MAX_LENGTH) {
    throw new InvalidEventPattern(
      `Member must have length less than or equal to ${MAX_LENGTH}, got ${text.length}`,
    );
  }
  const node = asInvalidPattern(() => parseJson(text));
  if (node.kind !== 'object') throw new InvalidEventPattern('Filter is not an object');
  return node.members;
};

const asInvalidPattern = <T>(read: () => T): T => {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof InvalidJson) throw new InvalidEventPattern(cause.message, { cause });
    throw cause;
  }
};

const orCombinations = (members: readonly JsonMember[]): number =>
  members.map(combinationsOf).reduce((product, count) => product * count, 1);

const combinationsOf = ({ name, value }: JsonMember): number => {
  if (value.kind === 'object') return orCombinations(value.members);
  if (name !== '$or' || value.kind !== 'array' || value.items.length === 0) return 1;
  const nested = value.items.map((item) =>
    item.kind === 'object' ? orCombinations(item.members) : 1,
  );
  return nested.reduce((product, count) => product * count, value.items.length);
};

/** The reason that names the `$or` is kept when reading it as a field fails too: it is the one that helps. */
const compileEither = (
  members: readonly JsonMember[],
  duplicatePaths: 'last-wins' | 'refuse',
): readonly Alternative[] => {
  try {
    return compileRoot(members, { orIsOperator: true, insideOr: false, duplicatePaths });
  } catch (error) {
    if (!(error instanceof InvalidEventPattern)) throw error;
    try {
      return compileRoot(members, { orIsOperator: false, insideOr: false, duplicatePaths });
    } catch {
      throw error;
    }
  }
};

/** An alternative in the making, by path. */
type Draft = ReadonlyMap<string, readonly ValuePattern[]>;

type Reading = {
  readonly orIsOperator: boolean;
  readonly insideOr: boolean;
  readonly duplicatePaths: 'last-wins' | 'refuse';
};

const compileRoot = (members: readonly JsonMember[], reading: Reading): readonly Alternative[] =>
  compileObject([new Map()], [], members, reading).map((draft) =>
    [...draft]
      .map(([path, values]) => ({ path, values }))
      // By UTF-16 unit, as Java sorts strings.
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  );

const compileObject = (
  drafts: readonly Draft[],
  steps: readonly string[],
  members: readonly JsonMember[],
  reading: Reading,
): readonly Draft[] => {
  if (members.length === 0) throw new InvalidEventPattern('Empty objects are not allowed');
  let written = drafts;
  for (const member of members) written = compileMember(written, steps, member, reading);
  return written;
};

const compileMember = (
  drafts: readonly Draft[],
  steps: readonly string[],
  { name, value }: JsonMember,
  reading: Reading,
): readonly Draft[] => {
  if (name === '$or' && reading.orIsOperator) return compileOr(drafts, steps, value, reading);
  if (reading.insideOr && RESERVED_INSIDE_OR.has(name)) {
    throw new InvalidEventPattern(
      `${name} is Ruler reserved fieldName which cannot be used inside $or.`,
    );
  }
  if (value.kind === 'object') {
    return compileObject(drafts, [...steps, name], value.members, reading);
  }
  if (value.kind !== 'array') {
    throw new InvalidEventPattern(`"${name}" must be an object or an array`);
  }
  return writeField(drafts, [...steps, name].join('.'), value.items, reading);
};

const compileOr = (
  drafts: readonly Draft[],
  steps: readonly string[],
  value: JsonNode,
  reading: Reading,
): readonly Draft[] => {
  if (value.kind !== 'array') {
    throw new InvalidEventPattern('It must be an Array followed with $or.');
  }
  const branches = value.items.flatMap((item) => {
    if (item.kind === 'object') {
      return compileObject(drafts, steps, item.members, { ...reading, insideOr: true });
    }
    throw new InvalidEventPattern('Only JSON object is allowed in array of $or relationship.');
  });
  if (value.items.length < 2) {
    throw new InvalidEventPattern('There must have at least 2 Objects in $or relationship.');
  }
  return branches;
};

const writeField = (
  drafts: readonly Draft[],
  path: string,
  items: readonly JsonNode[],
  { duplicatePaths }: Reading,
): readonly Draft[] => {
  const values = items.map(compileValue);
  if (values.length === 0) throw new InvalidEventPattern('Empty arrays are not allowed');
  if (duplicatePaths === 'refuse' && drafts.some((draft) => draft.has(path))) {
    throw new InvalidEventPattern(`Path \`${path}\` cannot be allowed multiple times`);
  }
  return drafts.map((draft) => new Map([...draft, [path, values]]));
};
