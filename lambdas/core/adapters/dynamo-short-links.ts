import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { tables } from '../contracts/tables.ts';
import type { ShortLink, ShortLinks } from '../ports/short-links.ts';
import { documentItem, keyItem, readDocument } from './dynamo-items.ts';
import { hmacSha256 } from './hmac-sha256.ts';
import type { LinkKeys } from './link-keys.ts';

const { partitionKey, expiresBy } = tables.links;

/** Six bits each: 96 bits cannot be guessed, and twelve million links collide once in a quadrillion times. */
const NAME_LENGTH = 16;

/** A link's name is made of the key that signs: after a rotation the same link gets another, and both lead there. */
export const dynamoShortLinks = (
  client: DynamoDBClient,
  TableName: string,
  keys: LinkKeys,
): ShortLinks => ({
  make: async ({ shop, orderId, touchId }, url, expiresAt) => {
    const link: ShortLink = { shop, orderId, touchId, url, expiresAt };
    const [signing] = await keys.all();
    const told = JSON.stringify([shop, orderId, touchId, url]);
    const name = hmacSha256(signing.key, told).slice(0, NAME_LENGTH);
    const item = documentItem({ key: { [partitionKey]: name }, version: 1, document: link });
    const second = Math.ceil(Date.parse(expiresAt) / 1000);
    await client.send(
      new PutItemCommand({ TableName, Item: { ...item, [expiresBy]: { N: String(second) } } }),
    );
    return name;
  },

  find: async (name) => {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName,
        Key: keyItem({ [partitionKey]: name }),
        ConsistentRead: true,
      }),
    );
    if (Item === undefined) return undefined;
    const link: ShortLink = JSON.parse(readDocument(Item).json);
    return link;
  },
});
