import {
  type DynamoDBClient,
  paginateQuery,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { tables } from '../contracts/tables.ts';
import { compareText } from '../domain/compare-text.ts';
import type { Evidence } from '../domain/ledger/evidence.ts';
import type { Attributions } from '../ports/attributions.ts';
import { documentItem, type Item, readDocument } from './dynamo-items.ts';

const { partitionKey, sortKey, expiresBy } = tables.attributions;

/** Uses of one id that are looked at: the window that counts is shorter than it takes to pass them. */
const LATEST = 20;

/**
 * Evidence is stored under its id and, where its customer is known, under the customer too; the time is the
 * place among the others of its kind.
 */
export const dynamoAttributions = (client: DynamoDBClient, TableName: string): Attributions => ({
  keep: async (evidence) => {
    for (const owner of ownersOf(evidence))
      await client.send(new PutItemCommand({ TableName, Item: toItem(owner, evidence) }));
  },

  byId: async (shop, kind, ids) => {
    const found = await Promise.all(
      [...new Set(ids)].map(async (id) => {
        const { Items = [] } = await client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: '#evidence = :evidence',
            ExpressionAttributeNames: { '#evidence': partitionKey },
            ExpressionAttributeValues: { ':evidence': { S: idOwner(shop, kind, id) } },
            ScanIndexForward: false,
            Limit: LATEST,
          }),
        );
        return Items.map(toEvidence);
      }),
    );
    return newestFirst(found.flat());
  },

  ofCustomer: async (shop, customerId, since) => {
    const found: Evidence[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName,
        KeyConditionExpression: '#evidence = :evidence AND #at >= :since',
        ExpressionAttributeNames: { '#evidence': partitionKey, '#at': sortKey },
        ExpressionAttributeValues: {
          ':evidence': { S: customerOwner(shop, customerId) },
          ':since': { S: since },
        },
      },
    );
    for await (const { Items = [] } of pages) found.push(...Items.map(toEvidence));
    return newestFirst(found);
  },
});

const idOwner = (shop: string, kind: Evidence['kind'], id: string): string =>
  `${shop}#${kind}#${id}`;
/** The partition of a customer's evidence. */
export const customerOwner = (shop: string, customerId: string): string =>
  `${shop}#customer#${customerId}`;

/** The partitions that evidence stands in. */
export const ownersOf = ({ shop, kind, id, customerId }: Evidence): readonly string[] => [
  idOwner(shop, kind, id),
  ...(customerId === undefined ? [] : [customerOwner(shop, customerId)]),
];

const toItem = (owner: string, evidence: Evidence): Item => {
  const { kind, id, orderId, at, expiresAt } = evidence;
  const key = { [partitionKey]: owner, [sortKey]: `${at}#${kind}#${orderId}#${id}` };
  return {
    ...documentItem({ key, version: 1, document: evidence }),
    [expiresBy]: { N: String(Math.floor(Date.parse(expiresAt) / 1000)) },
  };
};

export const toEvidence = (item: Item): Evidence => {
  const evidence: Evidence = JSON.parse(readDocument(item).json);
  return evidence;
};

const newestFirst = (evidence: readonly Evidence[]): readonly Evidence[] =>
  evidence.toSorted((a, b) => compareText(b.at, a.at) || compareText(a.id, b.id));
