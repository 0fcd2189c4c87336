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
      consents: {
        'marketing/email': {
          state: 'granted',
          at: '2026-11-18T09:30:00.000Z',
          source: 'checkout',
        },
      },
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
});
