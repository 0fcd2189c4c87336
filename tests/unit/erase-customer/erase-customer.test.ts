import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { dynamoOrderLogs } from '#core/adapters/dynamo-order-logs.ts';
import { dynamoPersonalRows } from '#core/adapters/dynamo-personal-rows.ts';
import { personalRecords } from '#core/adapters/personal-records.ts';
import type { PersonalRows } from '#core/adapters/personal-rows.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { tables } from '#core/contracts/tables.ts';
import { emptyOrderLog, withWait } from '#core/domain/orders/order-log.ts';
import { exportPerson } from '#core/privacy/export-person.ts';
import { eraseAgain, eraseCustomer } from '#lambdas/erase-customer/erase-customer.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryPersonalRows, type RowsByTable } from '#tests/fakes/in-memory-personal-rows.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import { customerId, guestId, personal, requestedAt, shop, storeSomebody } from './somebody.ts';

const nameOf = {
  orders: tables.orders.name,
  customers: tables.customers.name,
  purchases: tables.purchases.name,
  touches: tables.touches.name,
  identities: tables.identities.name,
  contacts: tables.contacts.name,
  inbox: tables.inbox.name,
  links: tables.links.name,
  attributions: tables.attributions.name,
  pseudonyms: tables.pseudonyms.name,
  scores: tables.scores.name,
  sessions: tables.sessions.name,
  offerHistories: tables.offerHistories.name,
};

const due = {
  eventId: 'erasure-due/r-1',
  occurredAt: requestedAt,
  schemaVersion: 1,
  shop,
  customerId,
  requestId: 'r-1',
} as const;

let client: DynamoDBClient;
beforeEach(async () => {
  client = await inMemoryDynamoDb();
  await storeSomebody(client);
});

/** @param around stands between the function and the tables */
const setUp = (around: (rows: PersonalRows) => PersonalRows = (rows) => rows) => {
  const publisher = inMemoryEventBus();
  const planned: { readonly at: string; readonly payload: object }[] = [];
  const records = personalRecords(around(dynamoPersonalRows(client, nameOf)));
  const erase = eraseCustomer({
    records,
    publisher,
    digest: sha256Digest,
    now: () => new Date(at(41)),
    schedule: async (_, when, payload) => {
      planned.push({ at: when, payload });
      return 'scheduled';
    },
  });
  return { erase, records, publisher, planned };
};

/** Everything that is stored, as text, by table. */
const stored = async (): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    await Promise.all(
      Object.values(tables).map(async ({ name }) => {
        const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
        const lines = Items.map((item) => JSON.stringify(item)).toSorted();
        return [name, lines.join('\n')] as const;
      }),
    ),
  );

/** Who else has an id that begins like hers. */
const tellingIn = (all: string): readonly string[] => {
  const text = all.replaceAll('c-171', 'kim');
  return personal.filter((each) => text.includes(each));
};

const tellingOfHer = async (): Promise<readonly string[]> =>
  tellingIn(Object.values(await stored()).join('\n'));

const storedRows = async (): Promise<RowsByTable> => {
  const itemsOf = async (TableName: string) =>
    (await client.send(new ScanCommand({ TableName }))).Items ?? [];
  return {
    orders: await itemsOf(nameOf.orders),
    customers: await itemsOf(nameOf.customers),
    purchases: await itemsOf(nameOf.purchases),
    touches: await itemsOf(nameOf.touches),
    identities: await itemsOf(nameOf.identities),
    contacts: await itemsOf(nameOf.contacts),
    inbox: await itemsOf(nameOf.inbox),
    links: await itemsOf(nameOf.links),
    attributions: await itemsOf(nameOf.attributions),
    pseudonyms: await itemsOf(nameOf.pseudonyms),
    sessions: await itemsOf(nameOf.sessions),
    offerHistories: await itemsOf(nameOf.offerHistories),
  };
};

describe('a customer who asks to be forgotten', () => {
  test('is named in no table any more, under none of her names', async () => {
    expect(await tellingOfHer()).not.toEqual([]);

    await setUp().erase(due);

    expect(await tellingOfHer()).toEqual([]);
  });

  test('is counted, and the shop is told that it is done, without a word of who', async () => {
    const { erase, publisher } = setUp();

    const erased = await erase(due);

    expect(erased).toEqual({
      customers: 2,
      addresses: 1,
      histories: 2,
      inbox: 2,
      evidence: 2,
      offersSeen: 2,
      pseudonyms: 1,
      scores: 0,
      links: 2,
      touches: 2,
      sessions: 2,
      orders: 2,
      purchases: 2,
    });
    expect(publisher.events).toEqual([
      {
        type: 'CustomerErased',
        detail: {
          eventId: 'customer-erased/r-1',
          occurredAt: at(41),
          schemaVersion: 1,
          shop,
          requestId: 'r-1',
        },
      },
    ]);
  });

  test('leaves everybody else as they were', async () => {
    const others = async () =>
      await exportPerson(setUp().records, { shop, customerIds: ['c-171'], at: at(41) });
    const before = await others();

    await setUp().erase(due);

    expect(await others()).toEqual(before);
    expect(before.orders).toHaveLength(1);
  });

  test('leaves the counts of her touches', async () => {
    await setUp().erase(due);

    const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.touches.name }));
    expect(Items).toHaveLength(3);
    for (const item of Items) expect(item['heard-delivered']?.S).toBe(at(19));
  });

  test('is forgotten twice as once', async () => {
    const { erase, publisher } = setUp();
    await erase(due);
    const once = await stored();

    const again = await erase(due);

    expect(await stored()).toEqual(once);
    expect(Object.values(again).every((count) => count === 0)).toBe(true);
    expect(publisher.events).toHaveLength(2);
  });

  test('is found by the name of a guest as well', async () => {
    await setUp().erase({ ...due, customerId: guestId });

    expect(await tellingOfHer()).toEqual([]);
  });

  test('keeps what was said after she asked', async () => {
    const { erase } = setUp();

    const erased = await erase({ ...due, occurredAt: at(1) });

    expect(erased).toMatchObject({ customers: 0, addresses: 0, inbox: 0, orders: 0, purchases: 0 });
  });

  test('is looked for once more a day later, under all names that she had', async () => {
    const { erase, planned } = setUp();

    await erase(due);

    expect(planned).toEqual([
      {
        at: at(41 + 25),
        payload: { shop, requestId: 'r-1', requestedAt, customerIds: [customerId, guestId] },
      },
    ]);
  });

  test('is forgotten again when something came in between', async () => {
    const { erase, records } = setUp();
    await erase(due);
    await storeSomebody(client).catch(() => undefined);

    await eraseAgain({ records })({
      shop,
      requestId: 'r-1',
      requestedAt,
      customerIds: [customerId, guestId],
    });

    const left = await exportPerson(records, {
      shop,
      customerIds: [customerId, guestId],
      at: at(50),
    });
    expect(left).toMatchObject({ customers: [], orders: [], inbox: [], used: [], contacts: [] });
  });
});

describe('an erasure', () => {
  test('that is cut off at any write is finished when it comes again', async () => {
    const rows = await storedRows();
    let isCutOff = true;
    let writes = 0;
    for (; isCutOff; writes += 1) {
      const copy = inMemoryPersonalRows(rows);
      let left = writes;
      const breaking = (): PersonalRows => ({
        ...copy,
        change: async (...change) => {
          if (left === 0) throw new Error('cut off');
          left -= 1;
          return copy.change(...change);
        },
      });

      isCutOff = await setUp(breaking)
        .erase(due)
        .then(
          () => false,
          () => true,
        );
      await setUp(() => copy).erase(due);

      expect(tellingIn(JSON.stringify(copy.all()))).toEqual([]);
    }
    expect(writes).toBeGreaterThan(15);
  });

  test('writes over nobody who writes an order at the same time', async () => {
    const orders = dynamoOrderLogs(client, tables.orders.name);
    let isFirst = true;
    const interrupting = (rows: PersonalRows): PersonalRows => ({
      ...rows,
      change: async (table, before, after) => {
        if (table === 'orders' && isFirst) {
          isFirst = false;
          const log = await orders.read(shop, '100482');
          const wait = { stage: 'fulfilment', seen: [], registeredAt: at(40), token: 't' } as const;
          await orders.write(withWait(log, wait));
        }
        return rows.change(table, before, after);
      },
    });

    await setUp(interrupting).erase(due);

    const { waits, erasedAt } = await orders.read(shop, '100482');
    expect(waits).toHaveLength(1);
    expect(erasedAt).toBe(requestedAt);
    expect(await tellingOfHer()).toEqual([]);
  });

  test('of somebody nobody knows says that it is done', async () => {
    const { erase, publisher } = setUp();

    await erase({ ...due, customerId: 'nobody' });

    expect(publisher.events.map(({ type }) => type)).toEqual(['CustomerErased']);
    expect((await dynamoOrderLogs(client, tables.orders.name).read(shop, 'x')).version).toBe(
      emptyOrderLog(shop, 'x').version,
    );
  });
});

describe('what a customer is given of themselves', () => {
  test('has all that is stored under all of their names, but no key', async () => {
    const { records } = setUp();

    const all = await exportPerson(records, {
      shop,
      customerIds: [customerId, guestId],
      at: at(41),
    });

    expect(all.orders.map(({ orderId }) => orderId)).toEqual(['100482', '100483']);
    expect(all.answers).toEqual([
      { orderId: '100482', at: at(15), survey: 'nps', score: 9, comment: 'Mia says thanks' },
    ]);
    expect(all.inbox).toHaveLength(2);
    expect(all.shortLinks).toHaveLength(2);
    expect(all.lakeNames).toEqual(['a-name']);
    expect(JSON.stringify(all)).not.toContain('device-token');
    expect(JSON.stringify(all)).not.toContain('c-171');
  });
});
