import type { ItemBatcher, MapState } from '../definition.ts';
import { ErrorName, StateError } from '../errors.ts';
import { evaluateNumber } from '../fields.ts';
import type { Json } from '../json.ts';
import { byteLength, exceeds, MAX_PAYLOAD_BYTES } from '../payload-limits.ts';
import { evaluateTemplate } from '../template.ts';
import type { Visit } from '../visit.ts';
import type { ItemSource } from './item-source.ts';

const MAX_ITEMS = 100_000_000;

/** What one child execution gets, and how many items that is. */
export type ChildInput = { readonly input: Json; readonly itemCount: number };

/** A batcher whose fields have been evaluated. */
export type Batching = {
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly batchInput: Json | undefined;
};

export const evaluateBatching = async (visit: Visit, batcher: ItemBatcher): Promise<Batching> => {
  const bindings = visit.bindings();
  const count = async (
    value: ItemBatcher['maxItems'],
    name: string,
    max: number,
  ): Promise<number> =>
    value === undefined ? max : evaluateNumber(value, { name, min: 1, max }, bindings);
  return {
    maxItems: await count(batcher.maxItems, 'MaxItemsPerBatch', MAX_ITEMS),
    maxBytes: await count(batcher.maxBytes, 'MaxInputBytesPerBatch', MAX_PAYLOAD_BYTES),
    batchInput: batcher.batchInput && (await evaluateTemplate(batcher.batchInput, bindings)),
  };
};

const tooLarge = (what: string, limit: number): StateError =>
  new StateError(
    ErrorName.dataLimitExceeded,
    `${what} is larger than ${limit} bytes, the most that the input of a child execution may have.`,
  );

/** The inputs of a Map Run's child executions, each made when it is asked for. */
export class ChildInputs {
  readonly #visit: Visit;
  readonly #state: MapState;
  readonly #source: ItemSource;
  readonly #batching: Batching | undefined;
  #index = 0;
  /** An item that did not fit into the batch before. */
  #left: Json | undefined;

  constructor(visit: Visit, state: MapState, source: ItemSource, batching: Batching | undefined) {
    this.#visit = visit;
    this.#state = state;
    this.#source = source;
    this.#batching = batching;
  }

  /**
   * The next child's input, or undefined when no item is left.
   *
   * @throws StateError States.ItemReaderFailed for an item that cannot be read, States.DataLimitExceeded
   */
  async next(): Promise<ChildInput | undefined> {
    if (this.#batching !== undefined) return this.#nextBatch(this.#batching);
    const input = await this.#nextItem();
    if (input === undefined) return undefined;
    if (exceeds(input, MAX_PAYLOAD_BYTES)) throw tooLarge('An item', MAX_PAYLOAD_BYTES);
    return { input, itemCount: 1 };
  }

  /** Developer guide, "ItemBatcher (Map)": BatchInput counts towards the size of the batch. */
  async #nextBatch({ maxItems, maxBytes, batchInput }: Batching): Promise<ChildInput | undefined> {
    const withItems = (items: readonly Json[]): Json =>
      batchInput === undefined ? { Items: items } : { BatchInput: batchInput, Items: items };
    let bytes = byteLength(withItems([]));
    const items: Json[] = [];
    while (items.length < maxItems) {
      const item = await this.#nextItem();
      if (item === undefined) break;
      const more = byteLength(item) + (items.length > 0 ? 1 : 0);
      if (bytes + more > maxBytes) {
        if (items.length === 0) throw tooLarge('A batch of a single item', maxBytes);
        this.#left = item;
        break;
      }
      bytes += more;
      items.push(item);
    }
    return items.length === 0 ? undefined : { input: withItems(items), itemCount: items.length };
  }

  async #nextItem(): Promise<Json | undefined> {
    const left = this.#left;
    this.#left = undefined;
    if (left !== undefined) return left;
    const next = this.#source.items.next();
    if (next.done === true) return undefined;
    const index = this.#index++;
    const { itemSelector } = this.#state;
    if (itemSelector === undefined) return next.value;
    const item = { Item: { Index: index, Value: next.value } };
    return evaluateTemplate(itemSelector, this.#visit.bindings(undefined, item));
  }
}
