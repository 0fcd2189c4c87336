import { beforeAll, describe, expect, test } from 'vitest';
import { dynamoSuppressions } from '#core/adapters/dynamo-suppressions.ts';
import { tables } from '#core/contracts/tables.ts';
import type { AddressSuppression } from '#core/domain/contact-policy/suppression.ts';
import type { Suppressions } from '#core/ports/suppressions.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemorySuppressions } from '#tests/fakes/in-memory-suppressions.ts';

const makers = {
  'in memory': async () => inMemorySuppressions(),
  'in DynamoDB': async () => dynamoSuppressions(await inMemoryDynamoDb(), tables.suppressions.name),
};

const bounced: AddressSuppression = { reason: 'bounced', at: '2026-11-18T09:30:00.000Z' };
const complained: AddressSuppression = { reason: 'complained', at: '2026-11-19T09:30:00.000Z' };

describe.each(Object.entries(makers))('suppressions %s', (_, make) => {
  let suppressions: Suppressions;
  beforeAll(async () => {
    suppressions = await make();
  });

  test('are none of addresses that nothing is known of, and of no addresses', async () => {
    expect(await suppressions.of(['email:nobody'])).toEqual(new Map());
    expect(await suppressions.of([])).toEqual(new Map());
  });

  test('are found of any of several addresses, one of which may be asked for twice', async () => {
    await suppressions.add('email:a', bounced);
    await suppressions.add('sms:a', complained);

    expect(await suppressions.of(['email:a', 'email:b', 'email:a'])).toEqual(
      new Map([['email:a', bounced]]),
    );
    expect(await suppressions.of(['sms:a', 'email:a'])).toEqual(
      new Map([
        ['email:a', bounced],
        ['sms:a', complained],
      ]),
    );
  });

  test('stay what they were first', async () => {
    await suppressions.add('email:first', bounced);
    await suppressions.add('email:first', complained);

    expect((await suppressions.of(['email:first'])).get('email:first')).toEqual(bounced);
  });

  test('are none any more once lifted, and may come again', async () => {
    await suppressions.add('email:lifted', complained);

    await suppressions.lift('email:lifted');
    await suppressions.lift('email:lifted');
    expect(await suppressions.of(['email:lifted'])).toEqual(new Map());

    await suppressions.add('email:lifted', bounced);
    expect((await suppressions.of(['email:lifted'])).get('email:lifted')).toEqual(bounced);
  });
});
