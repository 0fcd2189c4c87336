import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { orderKey, tables } from '../contracts/tables.ts';
import { compareText } from '../domain/compare-text.ts';
import type { TouchRecord, TouchRef, TouchState } from '../domain/touches/touch-record.ts';
import type { TouchRecords } from '../ports/touch-records.ts';
import { documentItem, holds, type Item, keyItem, readDocument } from './dynamo-items.ts';

/**
 * A touch's decision never changes and is stored as JSON; its `state`, `attempts` and `outcome`
 * do, and are attributes of their own.
 */
export const dynamoTouchRecords = (client: DynamoDBClient, TableName: string): TouchRecords => {
  const read = async (ref: TouchRef): Promise<TouchRecord> => {
    const Key = keyItem(keyOf(ref));
    const { Item } = await client.send(
      new GetItemCommand({ TableName, Key, ConsistentRead: true }),
    );
    if (Item === undefined)
      throw new Error(`no record of touch ${ref.touchId} of order ${ref.orderId} of ${ref.shop}`);
    return toTouchRecord(Item);
  };

  return {
    claim: async (record) => {
      const put = new PutItemCommand({
        TableName,
        Item: toItem(record),
        ConditionExpression: 'attribute_not_exists(#order)',
        ExpressionAttributeNames: { '#order': tables.touches.partitionKey },
      });
      return (await holds(client.send(put))) ? record : read(record);
    },

    beginSending: async (ref) => {
      try {
        const { Attributes = {} } = await client.send(beginning(TableName, ref));
        return { mayGo: true, record: toTouchRecord(Attributes) };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return { mayGo: false, record: await read(ref) };
      }
    },

    finish: async (ref, outcome) => {
      await client.send(
        new UpdateItemCommand({
          TableName,
          Key: keyItem(keyOf(ref)),
          UpdateExpression: 'SET #state = :state, #outcome = :outcome',
          ExpressionAttributeNames: { '#state': 'state', '#outcome': 'outcome' },
          ExpressionAttributeValues: {
            ':state': { S: outcome.state },
            ':outcome': { S: JSON.stringify(outcome) },
          },
        }),
      );
    },

    ofOrder: async (shop, orderId) => {
      const items = await readPartition(client, TableName, orderKey(shop, orderId));
      return items.map(toTouchRecord).toSorted((a, b) => compareText(a.decidedAt, b.decidedAt));
    },
  };
};

const keyOf = ({ shop, orderId, touchId }: TouchRef) => ({
  [tables.touches.partitionKey]: orderKey(shop, orderId),
  [tables.touches.sortKey]: touchId,
});

/** DynamoDB gives 1 MB a page. */
const readPartition = async (
  client: DynamoDBClient,
  TableName: string,
  order: string,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: '#order = :order',
        ExpressionAttributeNames: { '#order': tables.touches.partitionKey },
        ExpressionAttributeValues: { ':order': { S: order } },
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
};

const toItem = (record: TouchRecord): Item => {
  const { state, attempts, outcome: _, ...document } = record;
  return {
    ...documentItem({ key: keyOf(record), version: 1, document }),
    purpose: { S: record.purpose },
    state: { S: state },
    attempts: { N: String(attempts) },
  };
};

export const toTouchRecord = (item: Item): TouchRecord => {
  const document: Omit<TouchRecord, 'state' | 'attempts' | 'outcome'> = JSON.parse(
    readDocument(item).json,
  );
  const outcome: TouchRecord['outcome'] =
    item['outcome']?.S === undefined ? undefined : JSON.parse(item['outcome'].S);
  return { ...document, state: stateOf(item), attempts: Number(item['attempts']?.N ?? 0), outcome };
};

const states = ['decided', 'sending', 'sent', 'refused', 'dropped', 'in-doubt'] as const;

const stateOf = (item: Item): TouchState =>
  states.find((state) => state === item['state']?.S) ?? 'decided';

const beginning = (TableName: string, ref: TouchRef): UpdateItemCommand =>
  new UpdateItemCommand({
    TableName,
    Key: keyItem(keyOf(ref)),
    UpdateExpression: 'SET #state = :sending ADD attempts :one',
    ConditionExpression: '#state = :decided OR (#state = :sending AND #purpose <> :marketing)',
    ExpressionAttributeNames: { '#state': 'state', '#purpose': 'purpose' },
    ExpressionAttributeValues: {
      ':sending': { S: 'sending' },
      ':decided': { S: 'decided' },
      ':marketing': { S: 'marketing' },
      ':one': { N: '1' },
    },
    ReturnValues: 'ALL_NEW',
  });
