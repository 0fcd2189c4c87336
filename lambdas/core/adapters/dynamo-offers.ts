import { type DynamoDBClient, paginateQuery, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { tables } from '../contracts/tables.ts';
import type { Offer } from '../domain/offers/offer.ts';
import type { Offers } from '../ports/offers.ts';
import { documentItem, holds, type Item, readDocument } from './dynamo-items.ts';

const { partitionKey, sortKey } = tables.offers;

export const dynamoOffers = (client: DynamoDBClient, TableName: string): Offers => ({
  of: async (shop) => {
    const offers: Offer[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName,
        KeyConditionExpression: '#shop = :shop',
        ExpressionAttributeNames: { '#shop': partitionKey },
        ExpressionAttributeValues: { ':shop': { S: shop } },
      },
    );
    for await (const { Items = [] } of pages) offers.push(...Items.map(toOffer));
    return offers;
  },

  save: async (offer) => {
    const { shop, offerId, updatedAt } = offer;
    const key = { [partitionKey]: shop, [sortKey]: offerId };
    await holds(
      client.send(
        new PutItemCommand({
          TableName,
          Item: {
            ...documentItem({ key, version: 1, document: offer }),
            updatedAt: { S: updatedAt },
          },
          ConditionExpression: 'attribute_not_exists(updatedAt) OR updatedAt < :at',
          ExpressionAttributeValues: { ':at': { S: updatedAt } },
        }),
      ),
    );
  },
});

export const toOffer = (item: Item): Offer => {
  const offer: Offer = JSON.parse(readDocument(item).json);
  return offer;
};
