import type { Limits, Rule, Rules } from 'dynalite/validations/index.js';

/** A copy of what is as its rule wants it; nothing of what is not, or is rare. */
export type CopyPlain<T = unknown> = (value: unknown) => T | undefined;

const nothing: CopyPlain = () => undefined;

/**
 * Dynalite's checks of an operation's members, by its own rules, for what there is nothing to say of: a copy with its
 * members in their order, as its `checkTypes` makes it. For all else there is none: dynalite itself has to look.
 */
export const plainCopier = (rules: Rules): CopyPlain<Record<string, unknown>> => {
  const members = Object.entries(rules).map(([name, rule]) => ({
    name,
    isNeeded: typeof rule === 'object' && rule.notNull === true,
    copy: copierOf(rule),
  }));
  return (value) => {
    if (!isRecord(value)) return undefined;
    const copied: Record<string, unknown> = {};
    let left = Object.keys(value).length;
    for (const { name, isNeeded, copy } of members) {
      const member = value[name];
      if (member === undefined && !isNeeded) continue;
      const known = copy(member);
      if (known === undefined) return undefined;
      copied[name] = known;
      left -= 1;
    }
    return left === 0 ? copied : undefined;
  };
};

const copierOf = (rule: Rule): CopyPlain => {
  if (typeof rule === 'string') return copierOfType(rule, undefined);
  const { type, children, notNull: _, ...limits } = rule;
  const copy = copierOfType(type, children);
  const isWithin = limitsOf(limits);
  return (value) => {
    const copied = copy(value);
    return copied !== undefined && isWithin(copied) ? copied : undefined;
  };
};

/** Types are written `Map<AttributeValue>`; what is in the brackets only names things in refusals. */
const copierOfType = (type: string, children: Rule | Rules | undefined): CopyPlain => {
  switch (type.replace(/<.*$/, '')) {
    case 'AttrStruct':
      return attributeValue;
    case 'String':
      return text;
    case 'Boolean':
      return flag;
    case 'Integer':
      return (value) => (Number.isInteger(value) ? value : undefined);
    case 'List':
      return listOf(copierOfChildren(children));
    case 'Map':
    case 'ParameterizedMap':
      return mapOf(copierOfChildren(children));
    case 'ValueStruct':
      return isRules(children) ? plainCopier(children) : nothing;
    default:
      return nothing;
  }
};

const copierOfChildren = (children: Rule | Rules | undefined): CopyPlain =>
  children === undefined || isRules(children) ? nothing : copierOf(children);

const isRules = (children: Rule | Rules | undefined): children is Rules =>
  typeof children === 'object' && typeof Object(children).type !== 'string';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text: CopyPlain = (value) => (typeof value === 'string' ? value : undefined);

const flag: CopyPlain = (value) => (typeof value === 'boolean' ? value : undefined);

const listOf =
  (copy: CopyPlain): CopyPlain =>
  (value) => {
    if (!Array.isArray(value)) return undefined;
    const copied = value.map(copy);
    return copied.includes(undefined) ? undefined : copied;
  };

const mapOf =
  (copy: CopyPlain): CopyPlain =>
  (value) => {
    if (!isRecord(value)) return undefined;
    const copied: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(value)) {
      const known = copy(member);
      if (known === undefined) return undefined;
      copied[name] = known;
    }
    return copied;
  };

/** Bytes are rare. */
const attributeValue: CopyPlain = (value) => {
  if (!isRecord(value)) return undefined;
  const [type = '', ...others] = Object.keys(value);
  const copied = others.length > 0 ? undefined : valueCopiers.get(type)?.(value[type]);
  return copied === undefined ? undefined : { [type]: copied };
};

const valueCopiers: ReadonlyMap<string, CopyPlain> = new Map([
  ['S', text],
  ['N', text],
  ['BOOL', flag],
  ['NULL', flag],
  ['SS', listOf(text)],
  ['NS', listOf(text)],
  ['L', listOf(attributeValue)],
  ['M', mapOf(attributeValue)],
]);

const limitsOf = ({ enum: allowed, regex, keys, ...limits }: Limits) => {
  const {
    lengthGreaterThanOrEqual: shortest = 0,
    lengthLessThanOrEqual: longest = Infinity,
    greaterThanOrEqual: least = -Infinity,
    ...unknown
  } = limits;
  const pattern = regex === undefined ? undefined : new RegExp(`^${regex}$`);
  const isKeyWithin = keys === undefined ? undefined : limitsOf(keys);
  const isKnown = Object.keys(unknown).length === 0;
  return (value: unknown): boolean => {
    if (!isKnown) return false;
    if (typeof value === 'number') return value >= least;
    const size = sizeOf(value);
    if (size < shortest || size > longest) return false;
    if (typeof value !== 'string')
      return isKeyWithin === undefined || Object.keys(Object(value)).every(isKeyWithin);
    return pattern?.test(value) !== false && allowed?.includes(value) !== false;
  };
};

const sizeOf = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value)
    ? value.length
    : Object.keys(Object(value)).length;
