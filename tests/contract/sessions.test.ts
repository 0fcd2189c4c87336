import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { dynamoSessions } from '#core/adapters/dynamo-sessions.ts';
import { tables } from '#core/contracts/tables.ts';
import type { Sessions } from '#core/ports/sessions.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemorySessions } from '#tests/fakes/in-memory-sessions.ts';
import { minute, sessionOf, shown } from '#tests/unit/sessions/sessions.ts';

const client = await inMemoryDynamoDb();

const makers: Readonly<Record<string, () => Sessions>> = {
  'in memory': () => inMemorySessions(),
  'in DynamoDB': () => dynamoSessions(client, tables.sessions.name),
};

const named = (sessionId: string) => sessionOf([shown(1)], { sessionId, version: 0 });

describe.each(Object.entries(makers))('sessions %s', (_, make) => {
  let sessions: Sessions;
  beforeAll(() => {
    sessions = make();
  });

  test('are unknown before they are opened', async () => {
    expect(await sessions.find('nobody')).toBeUndefined();
  });

  test('are read as they were written, as the next version', async () => {
    expect(await sessions.write(named('s-1'))).toBe(true);

    const read = await sessions.find('s-1');

    expect(read).toEqual({ ...named('s-1'), version: 1 });
    const viewed = { ...sessionOf([shown(1, { viewedAt: minute(1) })]), sessionId: 's-1' };
    expect(await sessions.write(viewed)).toBe(true);
    expect(await sessions.find('s-1')).toEqual({ ...viewed, version: 2 });
  });

  test('are opened once, whoever tries at the same time', async () => {
    const opened = await Promise.all([1, 2, 3, 4].map(() => sessions.write(named('s-2'))));

    expect(opened.filter((isStored) => isStored)).toHaveLength(1);
  });

  test('are not written over what somebody else wrote since', async () => {
    await sessions.write(named('s-3'));
    const read = { ...named('s-3'), version: 1 };
    await sessions.write({ ...read, locale: 'de-DE' });

    expect(await sessions.write({ ...read, locale: 'fr-FR' })).toBe(false);

    expect(await sessions.find('s-3')).toMatchObject({ locale: 'de-DE', version: 2 });
  });
});

test('a session is kept for a hundred days after it was opened', async () => {
  await dynamoSessions(client, tables.sessions.name).write(named('s-9'));

  const { Item } = await client.send(
    new GetItemCommand({ TableName: tables.sessions.name, Key: { session: { S: 's-9' } } }),
  );

  const seconds = Date.parse(minute(0)) / 1000 + 100 * 86_400;
  expect(Item?.['expiresAt']).toEqual({ N: String(seconds) });
});
