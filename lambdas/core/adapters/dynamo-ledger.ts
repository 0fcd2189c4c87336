import {
  type AttributeValue,
  type DynamoDBClient,
  paginateQuery,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { orderKey, tables } from '../contracts/tables.ts';
import { assertBalanced } from '../domain/ledger/books.ts';
import type { Transaction } from '../domain/ledger/transaction.ts';
import type { Ledger } from '../ports/ledger.ts';
import { documentItem, holds, readDocument } from './dynamo-items.ts';

const { partitionKey, sortKey } = tables.ledger;

/** One item a transaction, written once: its place among those of the order is its key, with its id. */
export const dynamoLedger = (client: DynamoDBClient, TableName: string): Ledger => ({
  post: async (transaction) => {
    assertBalanced(transaction);
    const { shop, orderId } = transaction;
    const key = { [partitionKey]: orderKey(shop, orderId), [sortKey]: placeOf(transaction) };
    return holds(
      client.send(
        new PutItemCommand({
          TableName,
          Item: documentItem({ key, version: 1, document: transaction }),
          ConditionExpression: 'attribute_not_exists(#key)',
          ExpressionAttributeNames: { '#key': partitionKey },
        }),
      ),
    );
  },

  ofOrder: async (shop, orderId) => {
    const transactions: Transaction[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName,
        KeyConditionExpression: '#order = :order',
        ExpressionAttributeNames: { '#order': partitionKey },
        ExpressionAttributeValues: { ':order': { S: orderKey(shop, orderId) } },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) transactions.push(...Items.map(toTransaction));
    return transactions;
  },
});

/** An order has no more than 99,999 events: it would not fit into its item. */
const placeOf = ({ sequence, part, transactionId }: Transaction): string =>
  `${String(sequence).padStart(5, '0')}#${String(part).padStart(3, '0')}#${transactionId}`;

export const toTransaction = (item: Readonly<Record<string, AttributeValue>>): Transaction => {
  const transaction: Transaction = JSON.parse(readDocument(item).json);
  return transaction;
};
