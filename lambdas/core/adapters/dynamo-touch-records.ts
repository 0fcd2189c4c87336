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
import {
  feedbackKinds,
  type TouchRecord,
  type TouchRef,
  type TouchState,
} from '../domain/touches/touch-record.ts';
import type { TouchRecords } from '../ports/touch-records.ts';
import {
  beginning,
  type Change,
  finishing,
  givingBack,
  heardAs,
  hearing,
  takingBack,
} from './touch-record-changes.ts';
import { documentItem, holds, type Item, keyItem, readDocument } from './dynamo-items.ts';

/**
 * A touch's decision is stored as JSON; its `state`, `turn`, `attempts`, `outcome` and what was heard of it
 * are attributes of their own.
 */
export const dynamoTouchRecords = (client: DynamoDBClient, TableName: string): TouchRecords => {
  const find = async (ref: TouchRef): Promise<TouchRecord | undefined> => {
    const Key = keyItem(keyOf(ref));
    const { Item } = await client.send(
      new GetItemCommand({ TableName, Key, ConsistentRead: true }),
    );
    return Item === undefined ? undefined : toTouchRecord(Item);
  };

  const read = async (ref: TouchRef): Promise<TouchRecord> => {
    const record = await find(ref);
    if (record === undefined)
      throw new Error(`no record of touch ${ref.touchId} of order ${ref.orderId} of ${ref.shop}`);
    return record;
  };

  const update = (ref: TouchRef, change: Change): Promise<unknown> =>
    client.send(new UpdateItemCommand({ TableName, Key: keyItem(keyOf(ref)), ...change }));

  return {
    find,

    claim: async (record) => {
      const put = record.turn === 1 ? firstDecision() : nextDecision(record);
      const command = new PutItemCommand({ TableName, Item: toItem(record), ...put });
      return (await holds(client.send(command))) ? record : read(record);
    },

    beginSending: async (ref) => {
      try {
        const { Attributes = {} } = await client.send(
          new UpdateItemCommand({ TableName, Key: keyItem(keyOf(ref)), ...beginning }),
        );
        return { mayGo: true, record: toTouchRecord(Attributes) };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return { mayGo: false, record: await read(ref) };
      }
    },

    takeBack: async (ref) => {
      await holds(update(ref, takingBack));
    },

    giveBack: async (ref) => {
      await holds(update(ref, givingBack));
    },

    hear: (ref, kind, at) => holds(update(ref, hearing(kind, at))),

    finish: async (ref, outcome) => {
      const finished = update(ref, finishing(outcome));
      if (outcome.state === 'in-doubt') await holds(finished);
      else await finished;
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

const firstDecision = () => ({
  ConditionExpression: 'attribute_not_exists(#order)',
  ExpressionAttributeNames: { '#order': tables.touches.partitionKey },
});

/** A held touch is `decided` too; one that goes on its way is not decided again. */
const nextDecision = ({ turn }: TouchRecord) => ({
  ConditionExpression: '#turn = :previous AND (#state = :decided OR #state = :returned)',
  ExpressionAttributeNames: { '#turn': 'turn', '#state': 'state' },
  ExpressionAttributeValues: {
    ':previous': { N: String(turn - 1) },
    ':decided': { S: 'decided' },
    ':returned': { S: 'returned' },
  },
});

const toItem = (record: TouchRecord): Item => {
  const { state, attempts, turn, outcome: _, feedback: __, ...document } = record;
  return {
    ...documentItem({ key: keyOf(record), version: 1, document }),
    purpose: { S: record.purpose },
    state: { S: state },
    turn: { N: String(turn) },
    attempts: { N: String(attempts) },
  };
};

export const toTouchRecord = (item: Item): TouchRecord => {
  const document: Omit<TouchRecord, 'state' | 'attempts' | 'turn' | 'outcome' | 'feedback'> =
    JSON.parse(readDocument(item).json);
  const outcome: TouchRecord['outcome'] =
    item['outcome']?.S === undefined ? undefined : JSON.parse(item['outcome'].S);
  const heard = feedbackKinds.flatMap((kind) => {
    const at = item[heardAs(kind)]?.S;
    return at === undefined ? [] : [[kind, at] as const];
  });
  return {
    ...document,
    state: stateOf(item),
    turn: Number(item['turn']?.N ?? 1),
    attempts: Number(item['attempts']?.N ?? 0),
    outcome,
    ...(heard.length === 0 ? {} : { feedback: Object.fromEntries(heard) }),
  };
};

const states = [
  'decided',
  'sending',
  'returned',
  'sent',
  'refused',
  'dropped',
  'in-doubt',
] as const;

const stateOf = (item: Item): TouchState =>
  states.find((state) => state === item['state']?.S) ?? 'decided';
