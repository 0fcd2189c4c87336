import { beforeAll, describe, expect, test } from 'vitest';
import { dynamoIdentities } from '#core/adapters/dynamo-identities.ts';
import { tables } from '#core/contracts/tables.ts';
import { newIdentity, withGiver } from '#core/domain/customers/identity.ts';
import type { Identities } from '#core/ports/identities.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemoryIdentities } from '#tests/fakes/in-memory-identities.ts';

const makers = {
  'in memory': async () => inMemoryIdentities(),
  'in DynamoDB': async () => dynamoIdentities(await inMemoryDynamoDb(), tables.identities.name),
};

const at = '2026-11-18T09:30:00.000Z';

describe.each(Object.entries(makers))('identities %s', (_, make) => {
  let identities: Identities;
  beforeAll(async () => {
    identities = await make();
  });

  test('do not know an address nobody gave', async () => {
    expect(await identities.read('hearth', 'email:nobody')).toBeUndefined();
  });

  test('give back who gave an address in their shop, as the next version', async () => {
    const identity = withGiver(newIdentity('hearth', 'email:mia'), 'c-17', at);

    expect(await identities.write(identity)).toBe(true);

    expect(await identities.read('hearth', 'email:mia')).toEqual({ ...identity, version: 1 });
    expect(await identities.read('northside', 'email:mia')).toBeUndefined();
  });

  test('refuse to write over a version that was not read', async () => {
    const fresh = newIdentity('hearth', 'email:contested');
    await identities.write(withGiver(fresh, 'c-1', at));

    expect(await identities.write(withGiver(fresh, 'c-2', at))).toBe(false);
    expect(await identities.write({ ...withGiver(fresh, 'c-2', at), version: 7 })).toBe(false);

    expect(await identities.read('hearth', 'email:contested')).toMatchObject({
      givers: { 'c-1': at },
    });
  });
});
