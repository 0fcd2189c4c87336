import { expect, test } from 'vitest';
import { at, placed } from '#tests/unit/orders/order-events.ts';
import { messageOf, setUp } from './set-up.ts';

type Port = 'orders' | 'customers' | 'identities' | 'purchases';

/** Counts what is asked of the tables. */
const counted = () => {
  const requests: string[] = [];
  const counting =
    (port: Port) =>
    <Methods extends object>(methods: Methods): Methods =>
      new Proxy(methods, {
        get: (target, name, receiver) => {
          const value: unknown = Reflect.get(target, name, receiver);
          if (typeof value !== 'function') return value;
          return (...args: readonly unknown[]): unknown => {
            requests.push(`${port}.${String(name)}`);
            return Reflect.apply(value, target, args);
          };
        },
      });
  const world = setUp({
    around: counting('orders'),
    aroundCustomers: counting('customers'),
    aroundIdentities: counting('identities'),
    purchasesBreak: () => {
      requests.push('purchases.keep');
      return false;
    },
  });
  /** What one more message asks for. */
  const asks = async (message: string): Promise<readonly string[]> => {
    requests.length = 0;
    await world.ingest(message);
    return requests.toSorted();
  };
  return asks;
};

const order = (number: number, contact: object): string =>
  messageOf(
    placed({
      eventId: `placed-${number}`,
      orderId: `${number}`,
      occurredAt: at(number),
      contact,
    }),
  );

/** The customer is read to know by which ids they may have clicked. */
const known = [
  'customers.read',
  'identities.read',
  'orders.read',
  'orders.write',
  'purchases.keep',
];
const email = 'mia@mail.example';

test('an order of a known customer costs one read more than without an address', async () => {
  const asks = counted();

  expect(await asks(order(1, { customerId: 'c-17' }))).toEqual(
    known.filter((request) => request !== 'identities.read'),
  );
  expect(await asks(order(2, { customerId: 'c-17', email }))).toEqual(
    [...known, 'identities.write'].toSorted(),
  );
  expect(await asks(order(3, { customerId: 'c-17', email }))).toEqual(known);
});

test('an order of a customer who was a guest before costs no more, once the two are one', async () => {
  const asks = counted();
  await asks(order(1, { email }));

  expect(await asks(order(2, { customerId: 'c-17', email }))).toEqual([
    'customers.read',
    'customers.read',
    'customers.read',
    'customers.write',
    'customers.write',
    'identities.read',
    'identities.write',
    'identities.write',
    ...known.slice(2),
  ]);

  expect(await asks(order(3, { customerId: 'c-17', email }))).toEqual(known);
  expect(await asks(order(4, { email }))).toEqual(known);
});
