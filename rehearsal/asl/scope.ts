import type { Json, JsonObject } from './json.ts';

/**
 * The workflow variables of one chain of states. A branch or an iteration reads its parents'
 * variables and keeps its own to itself; the loader has refused names that would shadow.
 */
export class Scope {
  readonly #outer: Scope | undefined;
  #values: Map<string, Json> | undefined;

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  lookup(name: string): Json | undefined {
    return this.#values?.get(name) ?? this.#lookupFurther(name);
  }

  assign(variables: JsonObject): void {
    this.#values ??= new Map();
    for (const [name, value] of Object.entries(variables)) this.#values.set(name, value);
  }

  /** Every value that would be held, here and further out, once these variables are set. */
  *valuesAfter(assigned: JsonObject): Iterable<Json> {
    yield* Object.values(assigned);
    for (const [name, value] of this.#values ?? []) if (!Object.hasOwn(assigned, name)) yield value;
    if (this.#outer !== undefined) yield* this.#outer.valuesAfter({});
  }

  #lookupFurther(name: string): Json | undefined {
    return this.#values?.has(name) ? null : this.#outer?.lookup(name);
  }
}
