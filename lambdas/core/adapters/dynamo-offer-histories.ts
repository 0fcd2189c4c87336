import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { customerKey, tables } from '../contracts/tables.ts';
import type { OfferSeen } from '../domain/offers/session-facts.ts';
import { retryOnConflict } from '../domain/retry-on-conflict.ts';
import { withSeen } from '../domain/sessions/offer-history.ts';
import type { OfferHistories } from '../ports/offer-histories.ts';
import { putNextVersionUntil } from './dynamo-expiring-documents.ts';
import { keyItem, readDocument } from './dynamo-items.ts';

const { partitionKey, expiresBy } = tables.offerHistories;

/** After the last entry: as long as the longest cap of an offer looks back. */
const KEPT_DAYS = 365;
const DAY_MS = 86_400_000;

export const dynamoOfferHistories = (
  client: DynamoDBClient,
  TableName: string,
): OfferHistories => ({
  of: async (shop, customerIds) => {
    const found = await Promise.all(
      [...new Set(customerIds)].map((id) => readHistory(client, TableName, shop, id)),
    );
    return withSeen(...found.map(({ seen }) => seen));
  },

  add: async (shop, customerId, added) => {
    await retryOnConflict(async () => {
      const { version, seen } = await readHistory(client, TableName, shop, customerId, true);
      const [latest, ...others] = withSeen(seen, added);
      if (latest === undefined) return true;
      const isStored = await putNextVersionUntil(client, TableName, {
        key: keyOf(shop, customerId),
        version,
        document: { seen: [latest, ...others] },
        expiresAt: new Date(Date.parse(latest.at) + KEPT_DAYS * DAY_MS).toISOString(),
        expiresBy,
      });
      return isStored ? true : undefined;
    });
  },
});

interface History {
  readonly version: number;
  readonly seen: readonly OfferSeen[];
}

const readHistory = async (
  client: DynamoDBClient,
  TableName: string,
  shop: string,
  customerId: string,
  ConsistentRead = false,
): Promise<History> => {
  const Key = keyItem(keyOf(shop, customerId));
  const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead }));
  if (Item === undefined) return { version: 0, seen: [] };
  const { version, json } = readDocument(Item);
  const { seen }: Omit<History, 'version'> = JSON.parse(json);
  return { version, seen };
};

const keyOf = (shop: string, customerId: string) => ({
  [partitionKey]: customerKey(shop, customerId),
});
