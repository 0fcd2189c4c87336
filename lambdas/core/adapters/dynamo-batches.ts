import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { Item } from './dynamo-items.ts';

/** DynamoDB API reference, BatchGetItem and BatchWriteItem. */
const MOST_KEYS = 100;
const MOST_WRITES = 25;

/** Tries of a batch: with waits that double from 50 ms they take up to half a minute. */
const TRIES = 10;
const FIRST_WAIT_MS = 50;

/** The items of any number of keys, each key once. What a request leaves unread is asked for again. */
export const readItems = async (
  client: DynamoDBClient,
  table: string,
  keys: readonly Item[],
): Promise<readonly Item[]> => {
  const found: Item[] = [];
  let open = [...keys];
  while (open.length > 0) {
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys: open.slice(0, MOST_KEYS) } } }),
    );
    found.push(...(Responses?.[table] ?? []));
    open = [...open.slice(MOST_KEYS), ...(UnprocessedKeys?.[table]?.Keys ?? [])];
  }
  return found;
};

/** How what was not taken is tried again. */
export interface Patience {
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<unknown>;
  /** From 0 up to 1: batches that were refused together do not come again together. */
  readonly draw: () => number;
}

/**
 * Writes items in batches side by side, each again for what of it was not taken.
 *
 * @throws when some of a batch was not taken after tries, which can be written again
 */
export const writeItems = async (
  client: DynamoDBClient,
  table: string,
  items: readonly Item[],
  patience: Patience,
): Promise<void> => {
  const writes = items.map((Item) => ({ PutRequest: { Item } }));
  const batches = Array.from({ length: Math.ceil(writes.length / MOST_WRITES) }, (_, index) =>
    writes.slice(index * MOST_WRITES, (index + 1) * MOST_WRITES),
  );
  await Promise.all(batches.map((batch) => writeBatch(client, table, batch, patience)));
};

const writeBatch = async (
  client: DynamoDBClient,
  table: string,
  batch: readonly WriteRequest[],
  { pause, draw }: Patience,
): Promise<void> => {
  let open = [...batch];
  for (let tried = 0; open.length > 0; tried += 1) {
    if (tried === TRIES)
      throw new Error(
        `${open.length} of ${batch.length} items were not taken in ${TRIES} tries: the table ${table} is throttled; write again later`,
      );
    if (tried > 0) await pause(FIRST_WAIT_MS * 2 ** (tried - 1) * (1 + draw()));
    const { UnprocessedItems } = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: open } }),
    );
    open = UnprocessedItems?.[table] ?? [];
  }
};
