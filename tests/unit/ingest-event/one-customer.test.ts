import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Customer, newCustomer } from '#core/domain/customers/customer.ts';
import type { Customers } from '#core/ports/customers.ts';
import type { Identities } from '#core/ports/identities.ts';
import { at, placed } from '#tests/unit/orders/order-events.ts';
import { arrivalsOf, everybody, histories } from './people.ts';
import { messageOf, setUp, tell } from './set-up.ts';

const email = 'mia@mail.example';
const guest = 'guest:email:mia@mail.example';

const order = (orderId: string, hours: number, contact: object): string =>
  messageOf(placed({ eventId: orderId, orderId, occurredAt: at(hours), contact }));

const consent = (hours: number, state: 'granted' | 'withdrawn', who: object): string =>
  tell('ConsentChanged', {
    eventId: `consent-${hours}`,
    occurredAt: at(hours),
    purpose: 'marketing',
    channel: 'email',
    state,
    source: 'checkout',
    ...who,
  });

describe('who gave the same e-mail address', () => {
  test('as a guest and with an account is the account’s customer', async () => {
    const { ingest, customers } = setUp();

    await ingest(order('1', 10, { email }));
    await ingest(order('2', 20, { customerId: 'c-17', email: 'MIA@mail.example' }));

    const customer = await customers.read('hearth', guest);
    expect(customer).toMatchObject({
      customerId: 'c-17',
      merged: { [guest]: at(20) },
      assignment: { id: guest, since: at(10) },
    });
    expect(await customers.read('hearth', 'c-17')).toEqual(customer);
  });

  test('with two accounts is the lesser’s customer, with what both said', async () => {
    const { ingest, customers } = setUp();
    await ingest(consent(1, 'granted', { customerId: 'c-18' }));
    await ingest(order('1', 10, { customerId: 'c-18', email }));

    await ingest(order('2', 20, { customerId: 'c-17', email }));
    await ingest(consent(21, 'withdrawn', { customerId: 'c-18' }));

    expect(await customers.read('hearth', 'c-18')).toMatchObject({
      customerId: 'c-17',
      consents: [
        { state: 'granted', by: 'c-18' },
        { state: 'withdrawn', by: 'c-18' },
      ],
    });
  });

  test('is kept once: what is left of the other is a pointer', async () => {
    const written: Customer[] = [];
    const { ingest } = setUp({
      aroundCustomers: (stored) => ({
        read: (shop, id) => stored.read(shop, id),
        write: async (customer) => {
          written.push(customer);
          return stored.write(customer);
        },
      }),
    });
    await ingest(consent(1, 'granted', { customerId: 'c-18', email }));

    await ingest(order('2', 20, { customerId: 'c-17', email }));

    expect(written.slice(1)).toMatchObject([
      { customerId: 'c-17', consents: [{ by: 'c-18' }], merged: { 'c-18': at(20) } },
      { ...newCustomer('hearth', 'c-18'), version: 1, mergedInto: 'c-17' },
    ]);
  });

  test('in another shop is another customer', async () => {
    const { ingest, customers } = setUp();
    await ingest(order('1', 10, { customerId: 'c-17', email }));

    await ingest(
      messageOf(placed({ shop: 'northside', contact: { customerId: 'c-1', email }, orderId: '2' })),
    );

    expect(await customers.read('hearth', 'c-17')).toBeUndefined();
    expect(await customers.read('northside', 'c-1')).toBeUndefined();
  });

  test('and is named by it alone is who has it', async () => {
    const { ingest, customers } = setUp();
    await ingest(order('1', 10, { customerId: 'c-17', email }));

    await ingest(consent(20, 'withdrawn', { email: 'MIA@mail.example' }));

    expect(await customers.read('hearth', 'c-17')).toMatchObject({
      consents: [{ state: 'withdrawn', by: guest }],
    });
  });
});

test('who shares a phone number shares nothing else', async () => {
  const { ingest, customers } = setUp();

  await ingest(consent(1, 'granted', { customerId: 'c-17', phone: '0151 12345678' }));
  await ingest(consent(2, 'withdrawn', { phone: '+49 151 12345678' }));

  expect(await customers.read('hearth', 'c-17')).toMatchObject({ merged: {} });
  expect(await customers.read('hearth', 'guest:sms:+4915112345678')).toMatchObject({
    consents: [{ state: 'withdrawn' }],
  });
});

test('an address that many accounts have names nobody, and merges no more', async () => {
  const { ingest, customers, identities } = setUp();

  for (let index = 10; index < 45; index += 1)
    await ingest(
      order(`${index}`, index, { customerId: `c-${index}`, email: 'none@mail.example' }),
    );

  const identity = await identities.read('hearth', 'email:none@mail.example');
  expect(Object.keys(identity?.givers ?? {})).toHaveLength(25);
  expect(await customers.read('hearth', 'c-34')).toMatchObject({ customerId: 'c-10' });
  expect(await customers.read('hearth', 'c-35')).toBeUndefined();
});

test('an event whose only address cannot be read is parked, and not shown', async () => {
  const { ingest, parked } = setUp();

  expect(await ingest(consent(1, 'withdrawn', { phone: '030 5550100' }))).toMatchObject({
    kind: 'parked',
    reason: 'invalid',
    problem: expect.stringMatching(/^ConsentChanged: got an address.*expected.*customerId$/),
  });
  expect(JSON.stringify(parked.all.map(({ problem }) => problem))).not.toContain('5550100');
});

/** Everybody, after these messages came one after another. */
const after = async (messages: readonly string[]): Promise<object> => {
  const { ingest, customers } = setUp();
  for (const message of messages) await ingest(message);
  return everybody(customers);
};

test('whatever order a queue brings the events in, and how often, the customers are the same', async () => {
  const worlds = histories.chain((history) =>
    fc.record({ history: fc.constant(history), arriving: arrivalsOf(history) }),
  );

  await fc.assert(
    fc.asyncProperty(worlds, async ({ history, arriving }) => {
      expect(await after(arriving)).toEqual(await after(history));
    }),
    { numRuns: 400 },
  );
});

/** Breaks one write down before or after it is done. */
const breakingAt = (turn: number, isDone: boolean) => {
  let writes = 0;
  return <Port extends Pick<Customers, 'write'> | Pick<Identities, 'write'>>(port: Port): Port => ({
    ...port,
    write: async (document: never) => {
      writes += 1;
      if (writes !== turn) return port.write(document);
      if (isDone) await port.write(document);
      throw new Error('the function was cut off');
    },
  });
};

test('a crash before or after any write is made good when the event comes again', async () => {
  const crashes = fc.record({
    history: histories,
    turn: fc.integer({ min: 1, max: 20 }),
    isDone: fc.boolean(),
  });

  await fc.assert(
    fc.asyncProperty(crashes, async ({ history, turn, isDone }) => {
      const breaking = breakingAt(turn, isDone);
      const { ingest, customers } = setUp({
        aroundCustomers: breaking,
        aroundIdentities: breaking,
      });
      const cut: string[] = [];
      for (const message of history) await ingest(message).catch(() => cut.push(message));

      for (const message of cut) await ingest(message);

      expect(await everybody(customers)).toEqual(await after(history));
    }),
    { numRuns: 300 },
  );
});

test('in any interleaving of events that are taken in at once, the customers are the same', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.scheduler(), async (history, scheduler) => {
      const { ingest, customers } = setUp({
        aroundCustomers: (stored) => ({
          read: scheduler.scheduleFunction((shop, id) => stored.read(shop, id)),
          write: scheduler.scheduleFunction((customer) => stored.write(customer)),
        }),
        aroundIdentities: (stored) => ({
          read: scheduler.scheduleFunction((shop, id) => stored.read(shop, id)),
          write: scheduler.scheduleFunction((identity) => stored.write(identity)),
        }),
      });
      // The queue brings again what too many others got in the way of.
      const deliver = async (message: string): Promise<unknown> =>
        ingest(message).catch(() => deliver(message));

      await scheduler.waitFor(Promise.all(history.map(deliver)));

      expect(await everybody(customers)).toEqual(await after(history));
    }),
    { numRuns: 300 },
  );
});
