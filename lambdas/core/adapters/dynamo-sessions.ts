import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { tables } from '../contracts/tables.ts';
import type { Session } from '../domain/sessions/session.ts';
import type { Sessions } from '../ports/sessions.ts';
import { putNextVersionUntil } from './dynamo-expiring-documents.ts';
import { type Item, keyItem, readDocument } from './dynamo-items.ts';

const { partitionKey, expiresBy } = tables.sessions;

/** Partners confirm up to 90 days later (the usual longest); the rest is for their clerks. */
const KEPT_DAYS = 100;
const DAY_MS = 86_400_000;

export const dynamoSessions = (client: DynamoDBClient, TableName: string): Sessions => ({
  find: async (sessionId) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName, Key: keyItem(keyOf(sessionId)), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : toSession(Item);
  },

  write: ({ version, ...document }) =>
    putNextVersionUntil(client, TableName, {
      key: keyOf(document.sessionId),
      version,
      document,
      expiresAt: new Date(Date.parse(document.openedAt) + KEPT_DAYS * DAY_MS).toISOString(),
      expiresBy,
    }),
});

const keyOf = (sessionId: string) => ({ [partitionKey]: sessionId });

export const toSession = (item: Item): Session => {
  const { version, json } = readDocument(item);
  const document: Omit<Session, 'version'> = JSON.parse(json);
  return { ...document, version };
};
