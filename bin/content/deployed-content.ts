import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import config from '#config';
import { dynamoCatalogue } from '#core/adapters/dynamo-catalogue.ts';
import type { Item } from '#core/adapters/dynamo-items.ts';
import { putEntries } from '#core/adapters/eventbridge-entries.ts';
import type { ContentReviewed } from '#core/contracts/parse-event.ts';
import { itemKey, tables } from '#core/contracts/tables.ts';
import { deployedBus } from '../commands/deployed-bus.ts';
import { deployedTable } from '../commands/deployed-table.ts';
import type { Deployment } from '../explain/deployed-source.ts';
import type { ContentSource } from './content-source.ts';
import { isKept } from './decision-of.ts';
import { reviewEntry } from './review-event.ts';
import { type StoredContents, storedContents } from './stored-contents.ts';

/** A decision is kept within seconds, unless the queue is full of orders. */
const WAIT_MS = 60_000;
const POLL_MS = 1000;

/**
 * The texts of a deployed stage. They are read by the caller's own rights (`dynamodb:Scan`, `Query` and
 * `BatchGetItem` on the tables Content and Catalogue), and decided by events on the stage's bus.
 *
 * @throws when the account and region have no such stage
 */
export const deployedContent = async ({
  stage,
  profile,
  region,
}: Deployment): Promise<ContentSource> => {
  const options = {
    region: region ?? config.stages[stage]?.region ?? 'eu-central-1',
    ...(profile === undefined ? {} : { profile }),
  };
  const client = new DynamoDBClient(options);
  const contentTable = await deployedTable(client, stage, tables.content.name);
  const catalogueTable = await deployedTable(client, stage, tables.catalogue.name);
  const catalogue = dynamoCatalogue(client, catalogueTable);
  const stored = storedIn(client, contentTable, Object.keys(config.shops));
  return {
    stored,
    items: (shop, skus) => catalogue.find(shop, skus),
    now: async () => new Date().toISOString(),
    decide: async (reviews) => {
      const bus = new EventBridgeClient(options);
      const EventBusName = await deployedBus(bus, stage);
      await putEntries(
        bus,
        reviews.map((review) => ({ EventBusName, ...reviewEntry(review) })),
      );
      return unkept({ stored, pause: () => sleep(POLL_MS), tries: WAIT_MS / POLL_MS }, reviews);
    },
  };
};

/** Reads the content table: one product's items at their newest, or everything page by page. */
export const storedIn =
  (client: DynamoDBClient, TableName: string, shops: readonly string[]): ContentSource['stored'] =>
  async (sku) => {
    if (sku === undefined) return storedContents(await scanned(client, TableName));
    const found = await Promise.all(
      shops.map((shop) => partition(client, TableName, itemKey(shop, sku))),
    );
    return storedContents(found.flat());
  };

const scanned = (client: DynamoDBClient, TableName: string): Promise<readonly Item[]> =>
  paged((from) =>
    client.send(
      new ScanCommand({ TableName, ...(from === undefined ? {} : { ExclusiveStartKey: from }) }),
    ),
  );

const partition = (
  client: DynamoDBClient,
  TableName: string,
  key: string,
): Promise<readonly Item[]> =>
  paged((from) =>
    client.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: '#item = :item',
        ExpressionAttributeNames: { '#item': tables.content.partitionKey },
        ExpressionAttributeValues: { ':item': { S: key } },
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      }),
    ),
  );

interface Page {
  readonly Items?: Item[] | undefined;
  readonly LastEvaluatedKey?: Item | undefined;
}

const paged = async (
  pageFrom: (from: Item | undefined) => Promise<Page>,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const page = await pageFrom(from);
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
};

export interface Waiting {
  readonly stored: (sku: string) => Promise<StoredContents>;
  readonly pause: () => Promise<unknown>;
  /** How often it is looked. */
  readonly tries: number;
}

/** Looks until all reviews are kept, or it was looked often enough. @returns ids of events that are not kept */
export const unkept = async (
  { stored, pause, tries }: Waiting,
  reviews: readonly ContentReviewed[],
): Promise<ReadonlySet<string>> => {
  let open = reviews;
  for (let tried = 0; tried < tries && open.length > 0; tried += 1) {
    if (tried > 0) await pause();
    const still: ContentReviewed[] = [];
    for (const [sku, ofSku] of Map.groupBy(open, (review) => review.sku)) {
      const found = await stored(sku);
      still.push(...ofSku.filter((review) => !isKept(found, review)));
    }
    open = still;
  }
  return new Set(open.map(({ eventId }) => eventId));
};
