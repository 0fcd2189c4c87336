import { beforeAll, describe, expect, test } from 'vitest';
import { dynamoCustomers } from '#core/adapters/dynamo-customers.ts';
import { tables } from '#core/contracts/tables.ts';
import { newCustomer } from '#core/domain/customers/customer.ts';
import type { Customers } from '#core/ports/customers.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';

const makers = {
  'in memory': async () => inMemoryCustomers(),
  'in DynamoDB': async () => dynamoCustomers(await inMemoryDynamoDb(), tables.customers.name),
};

describe.each(Object.entries(makers))('customers %s', (_, make) => {
  let customers: Customers;
  beforeAll(async () => {
    customers = await make();
  });

  test('do not know a customer nobody wrote', async () => {
    expect(await customers.read('hearth', 'nobody')).toBeUndefined();
  });

  test('give back what was written, as the next version', async () => {
    const customer = {
      ...newCustomer('hearth', 'c-17'),
      profile: { email: 'mia@mail.example', name: 'Mia Sömmer' },
      profileAt: '2026-11-18T09:30:00.000Z',
      consents: [
        {
          eventId: 'e-1',
          purpose: 'marketing',
          channel: 'email',
          state: 'granted',
          basis: 'consent',
          confirmed: false,
          at: '2026-11-18T09:30:00.000Z',
          source: 'checkout',
          by: 'c-17',
        },
      ],
    } as const;

    expect(await customers.write(customer)).toBe(true);

    expect(await customers.read('hearth', 'c-17')).toEqual({ ...customer, version: 1 });
    expect(await customers.read('northside', 'c-17')).toBeUndefined();
  });

  test('refuse to write over a version that was not read', async () => {
    const fresh = newCustomer('hearth', 'contested');
    await customers.write({ ...fresh, profile: { name: 'Mia' } });

    expect(await customers.write({ ...fresh, profile: { name: 'Ada' } })).toBe(false);
    expect(await customers.write({ ...fresh, version: 7, profile: { name: 'Ada' } })).toBe(false);

    expect(await customers.read('hearth', 'contested')).toMatchObject({ profile: { name: 'Mia' } });
  });

  test('give whom a customer has become, over several steps', async () => {
    await customers.write({ ...newCustomer('hearth', 'c-3'), mergedInto: 'c-2' });
    await customers.write({ ...newCustomer('hearth', 'c-2'), mergedInto: 'c-1' });
    await customers.write({ ...newCustomer('hearth', 'c-1'), profile: { name: 'Mia' } });

    const customer = await customers.read('hearth', 'c-3');

    expect(customer).toMatchObject({ customerId: 'c-1', version: 1, profile: { name: 'Mia' } });
    expect(await customers.write({ ...newCustomer('hearth', 'c-1'), ...customer })).toBe(true);
  });

  test('that point to each other in a circle, or to nobody, are an error', async () => {
    await customers.write({ ...newCustomer('hearth', 'a'), mergedInto: 'b' });
    await customers.write({ ...newCustomer('hearth', 'b'), mergedInto: 'a' });
    await customers.write({ ...newCustomer('hearth', 'lost'), mergedInto: 'gone' });

    await expect(customers.read('hearth', 'a')).rejects.toThrow(/look for a circle of mergedInto/);
    await expect(customers.read('hearth', 'lost')).rejects.toThrow(
      'customer lost of hearth was merged into gone, which is not stored',
    );
  });
});
