import validations, { type Custom } from 'dynalite/validations/index.js';

type Members = Readonly<Record<string, unknown>>;

/** Makes again what was read of expressions, of the values of another call. */
type Fill = (values: Members) => unknown;

/** Of expressions that dynalite has read. */
const readings = new Map<string, Fill>();

/** The functions have some dozens of expressions. */
const MOST_READINGS = 1000;

/** How these are read depends on what values are, and not on their types alone. */
const LOOKS_AT_VALUES = /between|attribute_type/i;

/**
 * Checks an input whose types are right, and reads its expressions, as dynalite does. Expressions that it has read
 * once are read the same again, while their names and the types of their values are: the values are put in.
 *
 * @param plain may be changed
 * @returns nothing where dynalite refuses it
 */
export const readExpressions = (
  operation: string,
  plain: Members,
  custom: Custom,
  store: object,
): Members | undefined => {
  const checked = (input: Members) => (custom(input, store) === undefined ? input : undefined);
  if (EXPRESSIONS.every((name) => plain[name] === undefined)) return checked(plain);
  const values: Members = Object(plain['ExpressionAttributeValues']);
  const key = keyOf(operation, plain, values);
  const reading = readings.get(key);
  if (reading === undefined) {
    // Conditions of another kind are not told from those that were read.
    const isOwn =
      plain['KeyConditions'] === undefined &&
      !EXPRESSIONS.some((name) => LOOKS_AT_VALUES.test(String(plain[name])));
    const read = checked(plain);
    if (isOwn && read !== undefined) keep(key, read, values);
    return read;
  }
  const isValid = Object.values(values).every(
    (value) => validations.validateAttributeValue(Object(value)) === undefined,
  );
  return isValid
    ? checked({ ...withoutExpressions(plain), ...Object(reading(values)) })
    : undefined;
};

const EXPRESSIONS = [
  'UpdateExpression',
  'ConditionExpression',
  'KeyConditionExpression',
  'FilterExpression',
  'ProjectionExpression',
];

const MEMBERS_OF_EXPRESSIONS = new Set([
  ...EXPRESSIONS,
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
]);

const withoutExpressions = (plain: Members): Members => {
  const rest: Record<string, unknown> = {};
  for (const name of Object.keys(plain))
    if (!MEMBERS_OF_EXPRESSIONS.has(name)) rest[name] = plain[name];
  return rest;
};

/** What a reading depends on; texts with their lengths, so that none looks like two others. */
const keyOf = (operation: string, plain: Members, values: Members): string => {
  let key = operation;
  for (const name of Object.keys(plain)) {
    const text = plain[name];
    key += EXPRESSIONS.includes(name) ? ` ${name}=${lengthy(text)}` : ` ${name}`;
  }
  for (const [name, attribute] of Object.entries(Object(plain['ExpressionAttributeNames'])))
    key += lengthy(name) + lengthy(attribute);
  for (const name of Object.keys(values)) {
    key += ` ${lengthy(name)}`;
    for (const type of Object.keys(Object(values[name]))) key += ` ${type}`;
  }
  return key;
};

const lengthy = (text: unknown): string => `${String(text).length}:${String(text)}`;

const keep = (key: string, read: Members, values: Members): void => {
  const { _updates, _condition, _filter, _projection, KeyConditions } = read;
  const all = { _updates, _condition, _filter, _projection, KeyConditions };
  const found = Object.fromEntries(Object.entries(all).filter(([, each]) => each !== undefined));
  const names = new Map(Object.entries(values).map(([name, value]) => [value, name] as const));
  if (readings.size >= MOST_READINGS) readings.clear();
  readings.set(key, fillOf(found, names) ?? (() => found));
};

/** Nothing of what is the same for all values: it is handed out again as it is. */
const fillOf = (node: unknown, names: ReadonlyMap<unknown, string>): Fill | undefined => {
  const name = names.get(node);
  if (name !== undefined) return (values) => values[name];
  if (typeof node !== 'object' || node === null) return undefined;
  const fills = Object.entries(node).flatMap(([member, each]) => {
    const fill = fillOf(each, names);
    return fill === undefined ? [] : [{ member, fill }];
  });
  if (fills.length === 0 && !isWrittenInto(node)) return undefined;
  const kept = copyOf(node);
  return (values) => {
    const copy = copyOf(kept);
    for (const { member, fill } of fills) copy[member] = fill(values);
    return copy;
  };
};

/** Dynalite puts what it sets into the section of the expression that says so. */
const isWrittenInto = (node: object): boolean => 'type' in node && node.type === 'set';

const copyOf = (node: object): Record<string, unknown> => {
  if (Array.isArray(node)) return Object([...node]);
  return Object.getPrototypeOf(node) === null
    ? Object.assign(Object.create(null), node)
    : { ...node };
};
