import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { scoreModelsKey, tables } from '../contracts/tables.ts';
import { type DatedScore, newestScore } from '../domain/scores/dated-score.ts';
import { SCORE_MODELS_VERSION, type ScoreModels } from '../domain/scores/fit-models.ts';
import type { Pseudonyms } from '../ports/pseudonyms.ts';
import type { ScoreModelStore, Scores, ScoreWriter } from '../ports/scores.ts';
import { documentItem, type Item, keyItem, readDocument } from './dynamo-items.ts';

const { partitionKey } = tables.scores;

/** DynamoDB API reference, BatchGetItem and BatchWriteItem. */
const MOST_KEYS = 100;
const MOST_WRITES = 25;

/** Tries of a batch: with waits that double from 50 ms they take up to half a minute. */
const TRIES = 10;
const FIRST_WAIT_MS = 50;

export const dynamoScores = (
  client: DynamoDBClient,
  table: string,
  pseudonyms: Pick<Pseudonyms, 'find'>,
): Scores => ({
  of: async (shop, customerIds) => {
    const names = new Set((await pseudonyms.find(shop, customerIds)).values());
    return newestScore((await read(client, table, [...names])).map(toScore));
  },
});

const read = async (
  client: DynamoDBClient,
  table: string,
  names: readonly string[],
): Promise<readonly Item[]> => {
  const found: Item[] = [];
  let open = names.map((name) => keyItem({ [partitionKey]: name }));
  while (open.length > 0) {
    const Keys = open.slice(0, MOST_KEYS);
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys } } }),
    );
    found.push(...(Responses?.[table] ?? []));
    open = [...open.slice(MOST_KEYS), ...(UnprocessedKeys?.[table]?.Keys ?? [])];
  }
  return found;
};

export const toScore = (item: Item): DatedScore => {
  const document: DatedScore = JSON.parse(readDocument(item).json);
  return document;
};

/**
 * Writes batches side by side, each again for what of it was not taken.
 *
 * @param pause waits so many milliseconds
 * @param draw from 0 up to 1: batches that were refused together do not come again together
 */
export const dynamoScoreWriter = (
  client: DynamoDBClient,
  table: string,
  pause: (ms: number) => Promise<unknown>,
  draw: () => number,
): ScoreWriter => ({
  keep: async (scores) => {
    const writes = scores.map(({ pseudonym, score }) => ({
      PutRequest: { Item: itemOf(pseudonym, score) },
    }));
    await Promise.all(
      batchesOf(writes).map((batch) => writeAll(client, table, batch, pause, draw)),
    );
  },
});

const itemOf = (key: string, document: object): Item =>
  documentItem({ key: { [partitionKey]: key }, version: 1, document });

const batchesOf = <Each>(all: readonly Each[]): readonly (readonly Each[])[] =>
  Array.from({ length: Math.ceil(all.length / MOST_WRITES) }, (_, index) =>
    all.slice(index * MOST_WRITES, (index + 1) * MOST_WRITES),
  );

const writeAll = async (
  client: DynamoDBClient,
  table: string,
  batch: readonly WriteRequest[],
  pause: (ms: number) => Promise<unknown>,
  draw: () => number,
): Promise<void> => {
  let open = [...batch];
  for (let tried = 0; open.length > 0; tried += 1) {
    if (tried === TRIES)
      throw new Error(
        `${open.length} of ${batch.length} scores were not taken in ${TRIES} tries: the table Scores is throttled; score again later`,
      );
    if (tried > 0) await pause(FIRST_WAIT_MS * 2 ** (tried - 1) * (1 + draw()));
    const { UnprocessedItems } = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: open } }),
    );
    open = UnprocessedItems?.[table] ?? [];
  }
};

/** DynamoDB developer guide, quotas: 400 KB an item, of which the key and the version have a little. */
const MOST_BYTES = 400_000 - 500;

/** One item a shop, under a key that no pseudonym has. */
export const dynamoScoreModels = (client: DynamoDBClient, TableName: string): ScoreModelStore => ({
  of: async (shop) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName, Key: keyOf(shop), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : toScoreModels(Item);
  },

  keep: async (shop, models) => {
    const Item = itemOf(scoreModelsKey(shop), models);
    const bytes = Buffer.byteLength(readDocument(Item).json);
    if (bytes > MOST_BYTES)
      throw new Error(
        `the models of ${shop} take ${bytes} bytes, an item of DynamoDB has ${MOST_BYTES} at most: have its catalogue use fewer categories`,
      );
    await client.send(new PutItemCommand({ TableName, Item }));
  },
});

const keyOf = (shop: string): Item => keyItem({ [partitionKey]: scoreModelsKey(shop) });

/** @throws for models of another version, which the next fit replaces */
export const toScoreModels = (item: Item): ScoreModels => {
  const models: ScoreModels = JSON.parse(readDocument(item).json);
  const { version }: { readonly version: number } = models;
  if (version === SCORE_MODELS_VERSION) return models;
  throw new Error(
    `the stored models are of version ${version}, this code reads ${SCORE_MODELS_VERSION}: run score-customers from its start`,
  );
};
