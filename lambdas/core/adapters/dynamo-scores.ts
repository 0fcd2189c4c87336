import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { scoreModelsKey, tables } from '../contracts/tables.ts';
import { type DatedScore, newestScore } from '../domain/scores/dated-score.ts';
import { SCORE_MODELS_VERSION, type ScoreModels } from '../domain/scores/fit-models.ts';
import type { Pseudonyms } from '../ports/pseudonyms.ts';
import type { ScoreModelStore, Scores, ScoreWriter } from '../ports/scores.ts';
import { readItems, writeItems } from './dynamo-batches.ts';
import { documentItem, type Item, keyItem, readDocument } from './dynamo-items.ts';

const { partitionKey } = tables.scores;

export const dynamoScores = (
  client: DynamoDBClient,
  table: string,
  pseudonyms: Pick<Pseudonyms, 'find'>,
): Scores => ({
  of: async (shop, customerIds) => {
    const names = new Set((await pseudonyms.find(shop, customerIds)).values());
    const keys = [...names].map((name) => keyItem({ [partitionKey]: name }));
    return newestScore((await readItems(client, table, keys)).map(toScore));
  },
});

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
  keep: (scores) =>
    writeItems(
      client,
      table,
      scores.map(({ pseudonym, score }) => itemOf(pseudonym, score)),
      { pause, draw },
    ),
});

const itemOf = (key: string, document: object): Item =>
  documentItem({ key: { [partitionKey]: key }, version: 1, document });

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
