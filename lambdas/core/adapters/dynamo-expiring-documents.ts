import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../domain/orders/order-event.ts';
import { documentItem, holds, type Item, type StoredDocument, VERSION } from './dynamo-items.ts';

/** A document that DynamoDB deletes within days of its time. */
export interface ExpiringDocument extends StoredDocument {
  readonly expiresAt: Instant;
  /** The attribute with the second of the epoch. */
  readonly expiresBy: string;
}

/** Writes the next version, and until when it is kept, if the stored one is still the one that was read. */
export const putNextVersionUntil = (
  client: DynamoDBClient,
  TableName: string,
  { key, version, document, expiresAt, expiresBy }: ExpiringDocument,
): Promise<boolean> => {
  const [partitionKey = ''] = Object.keys(key);
  const isNew = version === 0;
  const Item: Item = {
    ...documentItem({ key, version: version + 1, document }),
    [expiresBy]: { N: String(Math.floor(Date.parse(expiresAt) / 1000)) },
  };
  return holds(
    client.send(
      new PutItemCommand({
        TableName,
        Item,
        ConditionExpression: isNew ? 'attribute_not_exists(#key)' : '#version = :read',
        ExpressionAttributeNames: isNew ? { '#key': partitionKey } : { '#version': VERSION },
        ...(isNew ? {} : { ExpressionAttributeValues: { ':read': { N: String(version) } } }),
      }),
    ),
  );
};
