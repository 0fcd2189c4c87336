import validations, { type Custom } from 'dynalite/validations/index.js';

type Members = Readonly<Record<string, unknown>>;

/** Stands for the value that has this name. */
class ValueNamed {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** What dynalite has read of expressions, with a {@link ValueNamed} wherever a value is. */
const readings = new Map<string, unknown>();

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
  const { rest, texts, names, values } = takenApart(plain);
  const checked = (input: Members) => (custom(input, store) === undefined ? input : undefined);
  if (texts.every((text) => text === undefined)) return checked(plain);
  const types = Object.entries(values).map(([name, value]) => [name, ...typesOf(value)]);
  const key = JSON.stringify([operation, Object.keys(plain), texts, names, types]);
  const reading = readings.get(key);
  if (reading === undefined) {
    // Conditions of another kind are not told from those that were read.
    const isOwn = plain['KeyConditions'] === undefined && !texts.some(looksAtValues);
    const read = checked(plain);
    if (isOwn && read !== undefined) keep(key, read, values);
    return read;
  }
  const isValid = Object.values(values).every(
    (value) => validations.validateAttributeValue(Object(value)) === undefined,
  );
  return isValid ? checked({ ...rest, ...Object(filledIn(reading, values)) }) : undefined;
};

const takenApart = (plain: Members) => {
  const { UpdateExpression, ConditionExpression, KeyConditionExpression, ...others } = plain;
  const { FilterExpression, ProjectionExpression, ...named } = others;
  const { ExpressionAttributeNames: names, ExpressionAttributeValues, ...rest } = named;
  const values: Members = Object(ExpressionAttributeValues);
  const conditions = [ConditionExpression, KeyConditionExpression, FilterExpression];
  return { rest, texts: [UpdateExpression, ...conditions, ProjectionExpression], names, values };
};

const typesOf = (value: unknown): readonly string[] => Object.keys(Object(value));

const looksAtValues = (text: unknown): boolean => LOOKS_AT_VALUES.test(String(text));

const keep = (key: string, read: Members, values: Members): void => {
  const { _updates, _condition, _filter, _projection, KeyConditions } = read;
  const found = { _updates, _condition, _filter, _projection, KeyConditions };
  const names = new Map(Object.entries(values).map(([name, value]) => [value, name] as const));
  if (readings.size >= MOST_READINGS) readings.clear();
  readings.set(key, templateOf(found, names));
};

const templateOf = (node: unknown, names: ReadonlyMap<unknown, string>): unknown => {
  const name = names.get(node);
  return name === undefined
    ? changed(node, (each) => templateOf(each, names))
    : new ValueNamed(name);
};

const filledIn = (node: unknown, values: Members): unknown =>
  node instanceof ValueNamed ? values[node.name] : changed(node, (each) => filledIn(each, values));

/** A copy, for dynalite writes into what it has read. Like its own it has no members that it was not given. */
const changed = (node: unknown, change: (each: unknown) => unknown): unknown => {
  if (Array.isArray(node)) return node.map(change);
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = Object.create(null);
  for (const [name, each] of Object.entries(node))
    if (each !== undefined) copy[name] = change(each);
  return copy;
};
