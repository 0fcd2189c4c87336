import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { tables } from '../contracts/tables.ts';
import type { DraftBudget, DraftSpend } from '../ports/draft-budget.ts';
import { holds, type Item, keyItem } from './dynamo-items.ts';

const { partitionKey } = tables.counters;

/** DynamoDB adds decimals exactly; a token of the cheapest model is some 1e-8 of a dollar. */
const DECIMALS = 10;

/** One counter a budget, changed by conditional additions: calls at the same time cannot pass the limit. */
export const dynamoDraftBudget = (client: DynamoDBClient, TableName: string): DraftBudget => {
  const add = (name: string, { usd, tokens }: DraftSpend, room?: DraftSpend): UpdateItemCommand =>
    new UpdateItemCommand({
      TableName,
      Key: keyOf(name),
      UpdateExpression: 'ADD #usd :usd, #tokens :tokens',
      ...(room === undefined
        ? {}
        : {
            ConditionExpression:
              'attribute_not_exists(#usd) OR (#usd <= :usdRoom AND #tokens <= :tokenRoom)',
          }),
      ExpressionAttributeNames: { '#usd': 'usd', '#tokens': 'tokens' },
      ExpressionAttributeValues: {
        ':usd': { N: usd.toFixed(DECIMALS) },
        ':tokens': { N: tokens.toFixed(0) },
        ...(room === undefined
          ? {}
          : {
              ':usdRoom': { N: room.usd.toFixed(DECIMALS) },
              ':tokenRoom': { N: room.tokens.toFixed(0) },
            }),
      },
    });
  return {
    reserve: async (name, most, limit) => {
      const room = { usd: limit.usd - most.usd, tokens: limit.tokens - most.tokens };
      if (room.usd < 0 || room.tokens < 0) return false;
      return holds(client.send(add(name, most, room)));
    },

    giveBack: async (name, { usd, tokens }) => {
      await client.send(add(name, { usd: -usd, tokens: -tokens }));
    },

    used: async (name) => {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(name) }));
      return Item === undefined ? { usd: 0, tokens: 0 } : toDraftSpend(Item);
    },
  };
};

const keyOf = (name: string) => keyItem({ [partitionKey]: `drafts#${name}` });

const toDraftSpend = (item: Item): DraftSpend => ({
  usd: Number(item['usd']?.N ?? 0),
  tokens: Number(item['tokens']?.N ?? 0),
});
