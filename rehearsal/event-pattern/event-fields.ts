import { comparableNumber } from './comparable-number.ts';
import { addressDigits } from './ip-address.ts';
import type { JsonMember, JsonNode } from './json-text.ts';
import type { EventValue } from './value-pattern.ts';

/** A leaf of the event and the array elements it lies in. */
export type EventField = { readonly value: EventValue; readonly membership: Membership };

/** Which element (index) of which array (numbered in reading order). Only elements that are objects or arrays count. */
export type Membership = ReadonlyMap<number, number>;

/**
 * The leaves of an event by path, names joined by dots, for the paths wanted. Arrays leave no trace in the path; an empty
 * array or object has no leaf and so is not there at all. After event-ruler's Event.java, but where a name is repeated
 * the last one counts, as EventBridge documents.
 */
export const eventFields = (
  members: readonly JsonMember[],
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, readonly EventField[]> => {
  const fields = new Map<string, EventField[]>();
  let arrays = 0;

  const visit = (node: JsonNode, steps: readonly string[], membership: Membership): void => {
    if (node.kind === 'object') {
      visitMembers(node.members, steps, membership);
    } else if (node.kind === 'array') {
      const array = arrays++;
      node.items.forEach((item, index) => {
        visit(item, steps, isNested(item) ? new Map([...membership, [array, index]]) : membership);
      });
    } else {
      addLeaf(steps.join('.'), { value: eventValue(node), membership });
    }
  };

  const visitMembers = (
    object: readonly JsonMember[],
    steps: readonly string[],
    membership: Membership,
  ): void => {
    const byName = new Map(object.map(({ name, value }) => [name, value]));
    for (const [name, value] of byName) visit(value, [...steps, name], membership);
  };

  const addLeaf = (path: string, field: EventField): void => {
    if (!wanted.has(path)) return;
    const found = fields.get(path);
    if (found === undefined) fields.set(path, [field]);
    else found.push(field);
  };

  visitMembers(members, [], new Map());
  return fields;
};

const isNested = ({ kind }: JsonNode): boolean => kind === 'object' || kind === 'array';

const eventValue = (node: Exclude<JsonNode, { readonly kind: 'object' | 'array' }>): EventValue => {
  switch (node.kind) {
    case 'string':
      return { token: `"${node.value}"`, number: undefined, address: addressDigits(node.value) };
    case 'number':
      return { token: node.lexeme, number: comparableNumber(node.lexeme), address: undefined };
    case 'literal':
      return { token: node.text, number: undefined, address: undefined };
  }
};

/** The two together, or undefined when they put the fields in different elements of one array. */
export const mergeMembership = (a: Membership, b: Membership): Membership | undefined => {
  for (const [array, index] of b) {
    if (a.has(array) && a.get(array) !== index) return undefined;
  }
  return b.size === 0 ? a : new Map([...a, ...b]);
};
