import { describe, expect, test } from 'vitest';
import { dynamoInbox } from '#core/adapters/dynamo-inbox.ts';
import { tables } from '#core/contracts/tables.ts';
import type { InboxMessage, InboxQuestion } from '#core/ports/inbox.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemoryInbox } from '#tests/fakes/in-memory-inbox.ts';
import { at } from '#tests/unit/orders/order-events.ts';

const message = (hours: number, change: Partial<InboxMessage> = {}): InboxMessage => ({
  at: at(hours),
  orderId: '100482',
  touchId: `notice:${hours}`,
  touch: 'notice',
  title: 'News',
  text: `Of hour ${hours}`,
  url: 'https://links.hearth.example/s/abc',
  ...change,
});

const question = (change: Partial<InboxQuestion> = {}): InboxQuestion => ({
  shop: 'hearth',
  customerIds: ['c-17'],
  limit: 10,
  now: at(100),
  ...change,
});

const client = await inMemoryDynamoDb();

describe.each([
  ['in memory', () => inMemoryInbox()],
  ['in DynamoDB', () => dynamoInbox(client, tables.inbox.name)],
])('an inbox %s', (where, open) => {
  const shop = `hearth-${where.replaceAll(' ', '-')}`;

  test('gives the latest first, of one customer of one shop', async () => {
    const inbox = open();
    await inbox.keep(shop, 'order', message(1), at(200));
    await inbox.keep(shop, 'order', message(3), at(200));
    await inbox.keep(shop, 'order', message(2), at(200));
    await inbox.keep(shop, 'another', message(4), at(200));
    await inbox.keep(`${shop}-2`, 'order', message(5), at(200));

    const found = await inbox.latest(question({ shop, customerIds: ['order'] }));

    expect(found).toEqual(
      [3, 2, 1].map((hours) => ({ ...message(hours), id: expect.any(String) })),
    );
  });

  test('goes on before a message, without a gap or a repetition', async () => {
    const inbox = open();
    for (const hours of [1, 2, 3, 4, 5]) await inbox.keep(shop, 'pages', message(hours), at(200));
    const ask = (before?: string) =>
      inbox.latest(question({ shop, customerIds: ['pages'], limit: 2, before }));

    const first = await ask();
    const second = await ask(first.at(-1)?.id);
    const third = await ask(second.at(-1)?.id);

    expect([...first, ...second, ...third].map((each) => each.at)).toEqual(
      [5, 4, 3, 2, 1].map((hours) => at(hours)),
    );
  });

  test('keeps a message that comes again once', async () => {
    const inbox = open();

    await inbox.keep(shop, 'again', message(1), at(200));
    await inbox.keep(shop, 'again', message(1, { text: 'Said better' }), at(200));

    expect(await inbox.latest(question({ shop, customerIds: ['again'] }))).toMatchObject([
      { text: 'Said better' },
    ]);
  });

  test('gives what was kept under several ids of one customer as one, by time', async () => {
    const inbox = open();
    await inbox.keep(shop, 'guest', message(1), at(200));
    await inbox.keep(shop, 'guest', message(2), at(200));
    await inbox.keep(shop, 'known', message(2), at(200));
    await inbox.keep(shop, 'known', message(3), at(200));

    const found = await inbox.latest(question({ shop, customerIds: ['known', 'guest'] }));

    expect(found.map((each) => each.at)).toEqual([at(3), at(2), at(1)]);
  });

  test('gives nothing that has expired, deleted or not', async () => {
    const inbox = open();
    await inbox.keep(shop, 'old', message(1), at(100));
    await inbox.keep(shop, 'old', message(2), at(101));

    const found = await inbox.latest(question({ shop, customerIds: ['old'], now: at(100) }));

    expect(found.map((each) => each.at)).toEqual([at(2)]);
  });

  test('is empty of whom nothing was kept', async () => {
    expect(await open().latest(question({ shop, customerIds: ['nobody'] }))).toEqual([]);
  });
});
