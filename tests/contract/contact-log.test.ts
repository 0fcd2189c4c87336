import { beforeAll, describe, expect, test } from 'vitest';
import { dynamoContactLog } from '#core/adapters/dynamo-contact-log.ts';
import { tables } from '#core/contracts/tables.ts';
import { emptyHistory, withContact } from '#core/domain/contact-policy/contact-history.ts';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';
import type { ContactLog } from '#core/ports/contact-log.ts';
import { inMemoryContactLog } from '#tests/fakes/in-memory-contact-log.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { contact, heldTouch } from '#tests/unit/contact-policy/policy-inputs.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import { requestOf, worldOf } from '#tests/unit/decide-touch/world.ts';

const makers = {
  'in memory': async () => inMemoryContactLog(),
  'in DynamoDB': async () => dynamoContactLog(await inMemoryDynamoDb(), tables.contacts.name),
};

describe.each(Object.entries(makers))('a contact log %s', (_, make) => {
  let log: ContactLog;
  beforeAll(async () => {
    log = await make();
  });

  test('knows nothing of a customer whom nobody wrote to', async () => {
    expect(await log.read('hearth', 'new')).toEqual(emptyHistory('hearth', 'new'));
  });

  test('reads what was written, as the next version', async () => {
    const history = {
      ...emptyHistory('hearth', 'c-1'),
      contacts: [contact(30)],
      held: [heldTouch(40, { subjects: ['P1', 'P2'], gaveWayAt: at(39) })],
    };

    expect(await log.write(history)).toBe(true);
    const read = await log.read('hearth', 'c-1');
    expect(read).toEqual({ ...history, version: 1 });
    expect(await log.write({ ...read, held: [] })).toBe(true);

    expect(await log.read('hearth', 'c-1')).toEqual({ ...history, held: [], version: 2 });
  });

  test('stores nothing over what somebody else wrote since', async () => {
    const first = emptyHistory('hearth', 'c-2');
    await log.write({ ...first, contacts: [contact(1)] });

    expect(await log.write({ ...first, contacts: [contact(2)] })).toBe(false);

    expect(await log.read('hearth', 'c-2')).toMatchObject({ contacts: [contact(1)], version: 1 });
  });

  test('lets one of several writes at once through', async () => {
    const read = emptyHistory('hearth', 'c-3');

    const stored = await Promise.all(
      [1, 2, 3, 4].map((hours) => log.write(withContact(read, contact(hours), at(0)))),
    );

    expect(stored.filter((isStored) => isStored)).toHaveLength(1);
  });

  test('keeps customers and shops apart', async () => {
    await log.write({ ...emptyHistory('hearth', 'c-4'), contacts: [contact(1)] });

    expect(await log.read('northside', 'c-4')).toMatchObject({ version: 0, contacts: [] });
  });

  test('gives two places to two of a hundred who take one at once', async () => {
    const take = (hours: number) =>
      retryOnConflict(async () => {
        const history = await log.read('hearth', 'c-5');
        if (history.contacts.length === 2) return 'full';
        const next = withContact(history, contact(hours), at(0));
        return (await log.write(next)) ? 'taken' : undefined;
      });

    const taken = await Promise.all(Array.from({ length: 100 }, (__, index) => take(index + 1)));

    expect(taken.filter((each) => each === 'taken')).toHaveLength(2);
    expect((await log.read('hearth', 'c-5')).contacts).toHaveLength(2);
  });

  test('keeps a cap when touches are decided at once', async () => {
    const caps = [{ name: 'a week', max: 2, hours: 168, counts: {}, limits: {} }];
    const world = worldOf({ log, policy: { quietHours: [], caps } });
    const subjects = Array.from({ length: 20 }, (__, index) => `${index}`);

    const decisions = await Promise.all(
      subjects.map((subject) => world.decide(requestOf('offer', subject))),
    );

    expect(decisions.filter(({ kind }) => kind === 'send')).toHaveLength(2);
    expect(await world.history()).toMatchObject({ contacts: { length: 2 }, held: { length: 18 } });
  });
});
