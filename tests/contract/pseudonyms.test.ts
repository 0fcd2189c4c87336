import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { dynamoPseudonyms } from '#core/adapters/dynamo-pseudonyms.ts';
import { tables } from '#core/contracts/tables.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemoryPseudonyms } from '#tests/fakes/in-memory-pseudonyms.ts';

const client = await inMemoryDynamoDb();

describe.each([
  ['in memory', () => inMemoryPseudonyms(randomUUID)],
  ['in DynamoDB', () => dynamoPseudonyms(client, tables.pseudonyms.name, randomUUID)],
])('pseudonyms, %s', (where, open) => {
  test('stay with the customer they were made for', async () => {
    const pseudonyms = open();

    const first = await pseudonyms.of('hearth', [`${where} ada`, `${where} bob`]);
    const second = await pseudonyms.of('hearth', [`${where} bob`, `${where} cem`]);

    expect(second.get(`${where} bob`)).toBe(first.get(`${where} bob`));
    expect(new Set([...first.values(), ...second.values()]).size).toBe(3);
  });

  test('differ from shop to shop', async () => {
    const pseudonyms = open();

    const here = await pseudonyms.of('hearth', [`${where} dana`]);
    const there = await pseudonyms.of('northside', [`${where} dana`]);

    expect(here.get(`${where} dana`)).not.toBe(there.get(`${where} dana`));
  });

  test('are found without making any', async () => {
    const pseudonyms = open();
    const made = await pseudonyms.of('hearth', [`${where} finn`]);

    const found = await pseudonyms.find('hearth', [`${where} finn`, `${where} gil`]);
    const later = await pseudonyms.find('hearth', [`${where} gil`]);

    expect([...found]).toEqual([...made]);
    expect([...later]).toEqual([]);
  });

  test('are one a customer, however many ask at once', async () => {
    const pseudonyms = open();

    const all = await Promise.all(
      Array.from({ length: 20 }, () => pseudonyms.of('hearth', [`${where} eve`])),
    );

    expect(new Set(all.map((names) => names.get(`${where} eve`))).size).toBe(1);
  });

  test('are found for more customers than one request takes', async () => {
    const pseudonyms = open();
    const ids = Array.from({ length: 230 }, (_, index) => `${where} many ${index}`);

    const first = await pseudonyms.of('hearth', ids);

    expect(first.size).toBe(230);
    expect(await pseudonyms.of('hearth', ids)).toEqual(first);
  });
});
