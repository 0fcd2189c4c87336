import { describe, expect, test } from 'vitest';
import { dynamoDraftBudget } from '#core/adapters/dynamo-draft-budget.ts';
import { tables } from '#core/contracts/tables.ts';
import { inMemoryDraftBudget } from '#tests/fakes/in-memory-draft-budget.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';

const client = await inMemoryDynamoDb();
const limit = { usd: 1, tokens: 1_000 };

describe.each([
  ['in memory', () => inMemoryDraftBudget()],
  ['in DynamoDB', () => dynamoDraftBudget(client, tables.counters.name)],
])('a budget of drafts, %s', (_, open) => {
  test('has taken nothing before the first call', async () => {
    expect(await open().used('none')).toEqual({ usd: 0, tokens: 0 });
  });

  test('sets aside what fits, and has again what was given back', async () => {
    const budget = open();

    expect(await budget.reserve('run/a', { usd: 0.6, tokens: 300 }, limit)).toBe(true);
    expect(await budget.reserve('run/a', { usd: 0.6, tokens: 300 }, limit)).toBe(false);
    await budget.giveBack('run/a', { usd: 0.5, tokens: 100 });
    expect(await budget.reserve('run/a', { usd: 0.6, tokens: 300 }, limit)).toBe(true);

    const { usd, tokens } = await budget.used('run/a');
    expect(usd).toBeCloseTo(0.7, 10);
    expect(tokens).toBe(500);
  });

  test('ends by tokens as well as by money, and lets nothing through that is larger than itself', async () => {
    const budget = open();

    expect(await budget.reserve('run/b', { usd: 0.1, tokens: 1_001 }, limit)).toBe(false);
    expect(await budget.reserve('run/b', { usd: 0.1, tokens: 800 }, limit)).toBe(true);
    expect(await budget.reserve('run/b', { usd: 0.1, tokens: 300 }, limit)).toBe(false);
  });

  test('is not passed by calls at the same time', async () => {
    const budget = open();

    const taken = await Promise.all(
      Array.from({ length: 30 }, () => budget.reserve('run/c', { usd: 0.1, tokens: 10 }, limit)),
    );

    expect(taken.filter(Boolean).length).toBeLessThanOrEqual(10);
    expect((await budget.used('run/c')).usd).toBeLessThanOrEqual(1 + 1e-9);
  });
});
