import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { tables } from '../contracts/tables.ts';
import type { SmsSpend } from '../ports/sms-spend.ts';
import { type Item, keyItem } from './dynamo-items.ts';

const { partitionKey } = tables.counters;
const USD = 'usd';

/** Prices come with up to five decimals; DynamoDB adds decimals exactly. */
const DECIMALS = 8;

export const dynamoSmsSpend = (client: DynamoDBClient, TableName: string): SmsSpend => ({
  ofMonth: async (month) => {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(month) }));
    return Item === undefined ? 0 : toUsd(Item);
  },

  add: async (month, usd) => {
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName,
        Key: keyOf(month),
        UpdateExpression: 'ADD #usd :usd',
        ExpressionAttributeNames: { '#usd': USD },
        ExpressionAttributeValues: { ':usd': { N: usd.toFixed(DECIMALS) } },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return Number(Attributes?.[USD]?.N ?? 0);
  },
});

/** @param month `2026-11` */
export const spendKey = (month: string): string => `sms-spend#${month}`;

export const toUsd = (item: Item): number => Number(item[USD]?.N ?? 0);

const keyOf = (month: string) => keyItem({ [partitionKey]: spendKey(month) });
