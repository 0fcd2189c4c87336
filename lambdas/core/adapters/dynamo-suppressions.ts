import {
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { tables } from '../contracts/tables.ts';
import type { AddressSuppression } from '../domain/contact-policy/suppression.ts';
import type { Suppressions } from '../ports/suppressions.ts';
import { documentItem, holds, type Item, keyItem, readDocument } from './dynamo-items.ts';

const { partitionKey } = tables.suppressions;

const keyOf = (addressId: string) => ({ [partitionKey]: addressId });

export const dynamoSuppressions = (client: DynamoDBClient, TableName: string): Suppressions => ({
  of: async (addressIds) => {
    if (addressIds.length === 0) return new Map();
    const Keys = [...new Set(addressIds)].map((id) => keyItem(keyOf(id)));
    const { Responses = {}, UnprocessedKeys = {} } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
    );
    // A few keys of a hundred bytes: what is left over was throttled, and the caller comes again.
    if (Object.keys(UnprocessedKeys).length > 0)
      throw new Error('DynamoDB did not read every suppression: it is throttled, try again');
    return new Map((Responses[TableName] ?? []).map(toSuppression));
  },

  add: async (addressId, suppression) => {
    await holds(
      client.send(
        new PutItemCommand({
          TableName,
          Item: documentItem({ key: keyOf(addressId), version: 1, document: suppression }),
          ConditionExpression: 'attribute_not_exists(#address)',
          ExpressionAttributeNames: { '#address': partitionKey },
        }),
      ),
    );
  },

  lift: async (addressId) => {
    await client.send(new DeleteItemCommand({ TableName, Key: keyItem(keyOf(addressId)) }));
  },
});

/** The address's keyed hash, and why it may not be used. */
export const toSuppression = (item: Item): readonly [string, AddressSuppression] => {
  const document: AddressSuppression = JSON.parse(readDocument(item).json);
  return [item[partitionKey]?.S ?? '', document];
};
