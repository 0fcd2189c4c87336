import { comparableNumber } from './comparable-number.ts';
import { addressDigits } from './ip-address.ts';
import type { JsonMember, JsonNode } from './json-text.ts';
import type { EventValue } from './value-pattern.ts';

/** A leaf of the event and the array elements it lies in. */
export type EventField = { readonly value: EventValue; readonly membership: Membership };

/** Which element (index) of which array (numbered in reading order). Only elements that are objects or arrays count. */
export type Membership = ReadonlyMap<number, number>;

/**
 * The leaves of an event by path, names joined by dots; each path is looked up once. Arrays leave no trace in the path; an
 * empty array or object has no leaf and so is not there at all. After event-ruler's Event.java, but where a name is
 * repeated the last one counts, as EventBridge documents.
 */
export class EventFields {
  readonly #members: readonly JsonMember[];
  readonly #found = new Map<string, readonly EventField[]>();
  readonly #arrays = new Map<JsonNode, number>();

  constructor(members: readonly JsonMember[]) {
    this.#members = members;
  }

  at(path: string): readonly EventField[] {
    const known = this.#found.get(path);
    if (known !== undefined) return known;
    const found: EventField[] = [];
    this.#visitMembers(this.#members, path, new Map(), found);
    this.#found.set(path, found);
    return found;
  }

  /** @param path what is left of it below the node */
  #visit(node: JsonNode, path: string, membership: Membership, found: EventField[]): void {
    if (node.kind === 'object') {
      if (path !== '') this.#visitMembers(node.members, path, membership, found);
    } else if (node.kind === 'array') {
      const array = this.#numberOf(node);
      node.items.forEach((item, index) => {
        const within = isNested(item) ? new Map([...membership, [array, index]]) : membership;
        this.#visit(item, path, within, found);
      });
    } else if (path === '') {
      found.push({ value: eventValue(node), membership });
    }
  }

  /** A name may have dots of its own. */
  #visitMembers(
    members: readonly JsonMember[],
    path: string,
    membership: Membership,
    found: EventField[],
  ): void {
    for (const { name, value } of members) {
      if (!path.startsWith(name) || !isLast(members, name, value)) continue;
      if (path.length === name.length) this.#visit(value, '', membership, found);
      else if (path[name.length] === '.')
        this.#visit(value, path.slice(name.length + 1), membership, found);
    }
  }

  #numberOf(array: JsonNode): number {
    const number = this.#arrays.get(array) ?? this.#arrays.size;
    this.#arrays.set(array, number);
    return number;
  }
}

const isLast = (members: readonly JsonMember[], name: string, value: JsonNode): boolean =>
  members.findLast((member) => member.name === name)?.value === value;

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
