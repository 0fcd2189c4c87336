import { describe, expect, test } from 'vitest';
import { bedrockBatch } from '#core/adapters/bedrock-batch.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { chosenModel, contentConfig } from '#core/contracts/content-config.ts';
import { collectDrafts } from '#lambdas/collect-drafts/collect-drafts.ts';
import { collectDraftsInput } from '#lambdas/collect-drafts/contract.ts';
import { draftInput } from '#lambdas/draft-content/contract.ts';
import { inMemoryDraftBudget } from '#tests/fakes/in-memory-draft-budget.ts';
import { inMemoryObjects } from '#tests/fakes/in-memory-objects.ts';

const model = chosenModel(
  contentConfig.parse({
    models: {
      nova: {
        modelId: 'nova',
        inputUsdPerMillion: 1,
        outputUsdPerMillion: 10,
        batchPriceShare: 0.5,
      },
    },
  }),
);

const JOB = 'arn:aws:bedrock:eu-central-1:111122223333:model-invocation-job/a1b2';

const planned = (sku: string, records?: readonly string[]) => ({
  requestId: `spring/${sku}`,
  shop: 'hearth',
  sku,
  locales: ['en-GB', 'de-DE'],
  category: 'Kitchen',
  ...(records === undefined ? {} : { records }),
});

const converse = (text: string) => ({
  output: { message: { role: 'assistant', content: [{ text }] } },
  stopReason: 'end_turn',
  usage: { inputTokens: 1_000, outputTokens: 100, totalTokens: 1_100 },
  metrics: { latencyMs: 3 },
});

const answered = (recordId: string, text = recordId) =>
  JSON.stringify({ recordId, modelInput: {}, modelOutput: converse(text) });

const failed = (recordId: string) =>
  JSON.stringify({ recordId, modelInput: {}, error: { errorCode: 503, errorMessage: 'no room' } });

const collect = async (output: readonly string[], products: readonly object[]) => {
  const { stored, ...objects } = inMemoryObjects({
    'runs/spring/plan.jsonl': products.map((each) => `${JSON.stringify(each)}\n`).join(''),
    'runs/spring/batch/output/a1b2/input.jsonl.out': `${output.join('\n')}\n`,
  });
  const budget = inMemoryDraftBudget();
  const read = () => ({ ok: false as const, because: 'it is not read here' });
  const batch = bedrockBatch({
    model,
    prompt: { version: 'v1', text: 'Write.' },
    schema: {},
    read,
    digest: sha256Digest,
  });
  const collected = await collectDrafts({ objects, batch, budget, model })(
    collectDraftsInput.parse({ run: 'spring', jobArn: JOB, status: 'Completed' }),
  );
  const lines = (stored.get(collected.key) ?? '').trim().split('\n');
  return {
    collected,
    products: lines.map((line): Record<string, unknown> => JSON.parse(line)),
    used: await budget.used('run/spring'),
  };
};

describe('what a job answered', () => {
  test('comes to the products that asked for it, in whatever order it was written', async () => {
    const output = [answered('b1'), answered('a2'), answered('a1')];

    const { products } = await collect(output, [planned('A', ['a1', 'a2']), planned('B', ['b1'])]);

    expect(products).toMatchObject([
      { sku: 'A', answers: [{ recordId: 'a1' }, { recordId: 'a2' }] },
      { sku: 'B', answers: [{ recordId: 'b1' }] },
    ]);
    expect(products[0]).not.toHaveProperty('records');
  });

  test('is something that draft-content takes, with a budget and without a category', async () => {
    const { products } = await collect([answered('a1')], [planned('A', ['a1'])]);
    const { category: _, ...line } = products[0] ?? {};
    const budget = { name: 'run/spring', limit: { usd: 1, tokens: 1 } };

    expect(draftInput.parse({ ...line, budget }).answers).toHaveLength(1);
  });

  test('is counted at its price before anything else is, the unusable too', async () => {
    const { used, collected } = await collect(
      [answered('a1'), answered('stray'), failed('a2')],
      [planned('A', ['a1', 'a2'])],
    );

    expect(used.tokens).toBe(2_200);
    expect(used.usd).toBeCloseTo(2 * 0.001, 10);
    expect(collected.batch).toMatchObject({
      status: 'Completed',
      answered: 2,
      failed: 1,
      message: '503 no room',
    });
    expect(collected.batch.usd).toBeCloseTo(0.002, 10);
  });

  test('may be nothing: a product is drafted by calls then', async () => {
    const { products, collected } = await collect(
      [failed('a1'), '{"recordId": "b1", "modelOu', JSON.stringify({ recordId: 'b1' })],
      [planned('A', ['a1']), planned('B', ['b1'])],
    );

    expect(products).toEqual([planned('A'), planned('B')]);
    expect(collected.batch).toMatchObject({ answered: 0, failed: 3, usd: 0 });
  });

  test('is left to a call where a line would be longer than Step Functions takes', async () => {
    const { products } = await collect(
      [answered('a1', 'x'.repeat(205_000)), answered('b1')],
      [planned('A', ['a1']), planned('B', ['b1'])],
    );

    expect(products[0]).toEqual(planned('A'));
    expect(products[1]).toHaveProperty('answers');
  });
});

test('a job whose output is not there fails, by its key', async () => {
  const objects = inMemoryObjects({ 'runs/spring/plan.jsonl': '' });
  const batch = { read: () => ({ kind: 'failed' as const, because: 'nothing is read' }) };
  const deps = { objects, batch, budget: inMemoryDraftBudget(), model };

  await expect(
    collectDrafts(deps)({ run: 'spring', jobArn: JOB, status: 'Completed' }),
  ).rejects.toThrow('runs/spring/batch/output/a1b2/input.jsonl.out');
});
