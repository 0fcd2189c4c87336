import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { dynamoContactLog } from '#core/adapters/dynamo-contact-log.ts';
import { dynamoCustomers } from '#core/adapters/dynamo-customers.ts';
import { dynamoOrderLogs } from '#core/adapters/dynamo-order-logs.ts';
import { dynamoPurchases } from '#core/adapters/dynamo-purchases.ts';
import { tables } from '#core/contracts/tables.ts';
import { emptyHistory } from '#core/domain/contact-policy/contact-history.ts';
import { purchaseOf } from '#core/domain/customers/purchase.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { agreed, contact, reachable } from '#tests/unit/contact-policy/policy-inputs.ts';
import { logOf, told } from '#tests/unit/orders/histories.ts';
import { delivered, placed } from '#tests/unit/orders/order-events.ts';

const events = [
  placed({ contact: reachable, shipTo: { country: 'DE', postcode: '10115' } }),
  delivered(14),
];

/** A folder as a rehearsal leaves it: one customer in Berlin, one delivered order, one offer before. */
export const rehearsedState = async () => {
  const client = await inMemoryDynamoDb();
  await dynamoOrderLogs(client, tables.orders.name).write(logOf(events));
  await dynamoCustomers(client, tables.customers.name).write(agreed);
  const purchase = purchaseOf(told(events));
  if (purchase === undefined) throw new Error('the order of the fixture is no purchase');
  await dynamoPurchases(client, tables.purchases.name).keep(purchase, 1);
  await dynamoContactLog(client, tables.contacts.name).write({
    ...emptyHistory('hearth', 'c-17'),
    contacts: [contact(390, { purpose: 'service' })],
  });
  const dir = await mkdtemp(join(tmpdir(), 'afterglow-state-'));
  await mkdir(join(dir, 'tables'));
  for (const { name } of Object.values(tables)) {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
    const lines = Items.map((item) => `${JSON.stringify(item)}\n`).join('');
    await writeFile(join(dir, 'tables', `${name}.jsonl`), lines);
  }
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
};
