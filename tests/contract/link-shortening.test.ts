import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { dynamoShortLinks } from '#core/adapters/dynamo-short-links.ts';
import { awsAnswer, fakeAws } from '#tests/fakes/fake-aws.ts';

const ref = { shop: 'hearth', orderId: '1', touchId: 'out-for-delivery:P1' };
const url = 'https://track.parcel.example/1';
const expiresAt = '2027-05-21T12:00:00.000Z';

const setUp = (fill = 1) => {
  const items = new Map<string, unknown>();
  const { calls, config } = fakeAws(({ operation, input }) => {
    if (operation === 'GetItem') {
      const Item = items.get(JSON.stringify(input['Key']));
      return awsAnswer(Item === undefined ? {} : { Item });
    }
    const Item: { link?: unknown } = Object(input['Item']);
    items.set(JSON.stringify({ link: Item.link }), Item);
    return awsAnswer({});
  });
  const keys = async () => [{ kid: '1', key: new Uint8Array(32).fill(fill) }] as const;
  const links = dynamoShortLinks(new DynamoDBClient(config), 'Links', { all: keys, renewed: keys });
  return { calls, links };
};

test('a link is found again by a name of sixteen characters', async () => {
  const { links } = setUp();

  const name = await links.make(ref, url, expiresAt);

  expect(name).toMatch(/^[\w-]{16}$/);
  expect(await links.find(name)).toEqual({ ...ref, url, expiresAt });
  expect(await links.find('unknown')).toBeUndefined();
});

test('the same link of the same touch has one name, which another touch, address or key changes', async () => {
  const { links } = setUp();

  const names = await Promise.all([
    links.make(ref, url, expiresAt),
    links.make({ ...ref, touchId: 'x' }, url, expiresAt),
    links.make(ref, `${url}2`, expiresAt),
    setUp(2).links.make(ref, url, expiresAt),
  ]);

  expect(await links.make(ref, url, expiresAt)).toBe(names[0]);
  expect(new Set(names).size).toBe(4);
});

test('the table forgets it after its end', async () => {
  const { calls, links } = setUp();

  await links.make(ref, url, expiresAt);

  expect(calls).toMatchObject([
    { operation: 'PutItem', input: { Item: { expiresAt: { N: '1810900800' } } } },
  ]);
});
