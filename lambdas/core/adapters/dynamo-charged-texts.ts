import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { orderKey, tables } from '../contracts/tables.ts';
import type { TouchRef } from '../domain/touches/touch-record.ts';
import type { ChargedTexts } from '../ports/charged-texts.ts';
import { holds, keyItem } from './dynamo-items.ts';

const { partitionKey, sortKey } = tables.touches;

/** The mark is an attribute of the touch's record, named for the message: a touch that was sent twice has two. */
export const dynamoChargedTexts = (client: DynamoDBClient, TableName: string): ChargedTexts => ({
  mark: (ref, messageId) =>
    holds(
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: keyOf(ref),
          UpdateExpression: 'SET #charged = :yes',
          ConditionExpression: 'attribute_exists(#order) AND attribute_not_exists(#charged)',
          ExpressionAttributeNames: { '#order': partitionKey, '#charged': chargedAs(messageId) },
          ExpressionAttributeValues: { ':yes': { BOOL: true } },
        }),
      ),
    ),

  unmark: async (ref, messageId) => {
    await client.send(
      new UpdateItemCommand({
        TableName,
        Key: keyOf(ref),
        UpdateExpression: 'REMOVE #charged',
        ExpressionAttributeNames: { '#charged': chargedAs(messageId) },
      }),
    );
  },
});

const keyOf = ({ shop, orderId, touchId }: TouchRef) =>
  keyItem({ [partitionKey]: orderKey(shop, orderId), [sortKey]: touchId });

const chargedAs = (messageId: string): string => `charged-${messageId}`;
