import { type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { customerKey, tables } from '../contracts/tables.ts';
import { compareText } from '../domain/compare-text.ts';
import type { Inbox, InboxMessage, InboxQuestion, KeptMessage } from '../ports/inbox.ts';
import { documentItem, type Item, readDocument } from './dynamo-items.ts';

const { partitionKey, sortKey, expiresBy } = tables.inbox;

/** Messages by customer and time; an id is the place in that order, in base64url. */
export const dynamoInbox = (client: DynamoDBClient, TableName: string): Inbox => ({
  keep: async (shop, customerId, message, expiresAt) => {
    const key = { [partitionKey]: customerKey(shop, customerId), [sortKey]: placeOf(message) };
    const expiresAtSeconds = Math.floor(Date.parse(expiresAt) / 1000);
    await client.send(
      new PutItemCommand({
        TableName,
        Item: {
          ...documentItem({ key, version: 1, document: message }),
          [expiresBy]: { N: String(expiresAtSeconds) },
        },
      }),
    );
  },

  latest: async (question) => {
    const found = await Promise.all(
      question.customerIds.map((id) => latestOf(client, TableName, question, id)),
    );
    // What was kept under one id and, since the two were found to be one, under another is one message.
    const byId = new Map(found.flat().map((message) => [message.id, message]));
    return [...byId.values()]
      .toSorted((a, b) => compareText(placeOf(b), placeOf(a)))
      .slice(0, question.limit);
  },
});

const placeOf = ({
  at,
  orderId,
  touchId,
}: Pick<InboxMessage, 'at' | 'orderId' | 'touchId'>): string => `${at}#${orderId}#${touchId}`;

const latestOf = async (
  client: DynamoDBClient,
  TableName: string,
  { shop, limit, before, now }: InboxQuestion,
  customerId: string,
): Promise<readonly KeptMessage[]> => {
  const isBefore = before === undefined ? '' : ' AND #message < :before';
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: `#customer = :customer${isBefore}`,
      ExpressionAttributeNames: {
        '#customer': partitionKey,
        ...(before === undefined ? {} : { '#message': sortKey }),
      },
      ExpressionAttributeValues: {
        ':customer': { S: customerKey(shop, customerId) },
        ...(before === undefined
          ? {}
          : { ':before': { S: Buffer.from(before, 'base64url').toString('utf8') } }),
      },
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  // DynamoDB deletes within days of an item's time; the oldest are over first, so none is passed over.
  return Items.filter((item) => Number(item[expiresBy]?.N) * 1000 > Date.parse(now)).map(toMessage);
};

const toMessage = (item: Item): KeptMessage => {
  const message: InboxMessage = JSON.parse(readDocument(item).json);
  return { ...message, id: Buffer.from(placeOf(message)).toString('base64url') };
};
