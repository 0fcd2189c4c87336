import { comparableNumber } from './comparable-number.ts';
import { addressDigits } from './ip-address.ts';
import type { JsonMember, JsonNode } from './json-text.ts';
import type { EventValue } from './value-pattern.ts';

/** A leaf of the event and the array elements it lies in. */
export type EventField = { readonly value: EventValue; readonly membership: Membership };

/** Which element (index) of which array (numbered in reading order). Only elements that are objects or arrays count. */
export type Membership = ReadonlyMap<number, number>;

/** Paths of leaves, and of all that they lie in: elsewhere nothing has to be looked at. */
export interface WantedPaths {
  readonly leaves: ReadonlySet<string>;
  readonly above: ReadonlySet<string>;
}

export const wantedPaths = (paths: readonly string[]): WantedPaths => ({
  leaves: new Set(paths),
  above: new Set(
    paths.flatMap((path) =>
      path.split('.').map((_, index, names) => names.slice(0, index + 1).join('.')),
    ),
  ),
});

/**
 * The leaves of an event by path, names joined by dots, for the paths wanted. Arrays leave no trace in the path; an empty
 * array or object has no leaf and so is not there at all. After event-ruler's Event.java, but where a name is repeated
 * the last one counts, as EventBridge documents.
 */
export const eventFields = (
  members: readonly JsonMember[],
  { leaves, above }: WantedPaths,
): ReadonlyMap<string, readonly EventField[]> => {
  const fields = new Map<string, EventField[]>();
  let arrays = 0;

  const visit = (node: JsonNode, path: string, membership: Membership): void => {
    if (node.kind === 'object') {
      visitMembers(node.members, `${path}.`, membership);
    } else if (node.kind === 'array') {
      const array = arrays++;
      node.items.forEach((item, index) => {
        visit(item, path, isNested(item) ? new Map([...membership, [array, index]]) : membership);
      });
    } else {
      addLeaf(path, { value: eventValue(node), membership });
    }
  };

  const visitMembers = (
    object: readonly JsonMember[],
    prefix: string,
    membership: Membership,
  ): void => {
    const byName = new Map(object.map(({ name, value }) => [`${prefix}${name}`, value]));
    for (const [path, value] of byName) if (above.has(path)) visit(value, path, membership);
  };

  const addLeaf = (path: string, field: EventField): void => {
    if (!leaves.has(path)) return;
    const found = fields.get(path);
    if (found === undefined) fields.set(path, [field]);
    else found.push(field);
  };

  visitMembers(members, '', new Map());
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
