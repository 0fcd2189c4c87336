import { describe, expect, test } from 'vitest';
import { bedrockBatch } from '#core/adapters/bedrock-batch.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { chosenModel, contentConfig } from '#core/contracts/content-config.ts';
import { draftJsonSchema, readDraft } from '#core/contracts/draft-schema.ts';
import type { ContentBlock } from '#core/domain/content/content.ts';
import { newestVersion } from '#core/domain/content/product-texts.ts';
import type { DraftRequest } from '#core/ports/content-drafter.ts';
import { draft, honest, invented, of, request, setUp } from './drafting.ts';

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

const batch = bedrockBatch({
  model,
  prompt: { version: 'v1', text: 'Write.' },
  schema: { ...Object(draftJsonSchema) },
  read: readDraft,
  digest: sha256Digest,
});

const converse = (...blocks: readonly ContentBlock[]) => ({
  output: {
    message: {
      content: [
        {
          toolUse: {
            name: 'give_draft',
            input: { texts: [{ kind: 'care', blocks }], proposals: [] },
          },
        },
      ],
    },
  },
  stopReason: 'tool_use',
  usage: { inputTokens: 1_000, outputTokens: 100 },
});

/** What a first call for the product asks, as a plan would have it: of one that is drafted beside. */
const firstRequest = async (): Promise<DraftRequest> => {
  const { draftIt, asked } = setUp({ answers: [draft(honest)] });
  await draftIt(request);
  const [first] = asked;
  if (first === undefined) throw new Error('a product without texts is asked for');
  return first;
};

const recordIdOf = (first: DraftRequest): string => batch.record(of, first).recordId;

describe('what a batch has answered', () => {
  test('is the first answer: it costs its share, and the budget has it already', async () => {
    const recordId = recordIdOf(await firstRequest());
    const { draftIt, asked, budget, contents } = setUp({ answers: [], change: { batch, model } });

    const outcome = await draftIt({
      ...request,
      answers: [{ recordId, output: converse(honest) }],
    });

    expect(asked).toEqual([]);
    expect(outcome).toMatchObject({ calls: 1, inputTokens: 1_000, outputTokens: 100 });
    expect(outcome.usd).toBeCloseTo(0.001, 10);
    expect(await budget.used(request.budget.name)).toEqual({ usd: 0, tokens: 0 });
    const version = newestVersion(await contents.read(of), 'care');
    expect(version).toMatchObject({ blocks: [honest], tokens: 1_100 });
    expect(version?.usd).toBeCloseTo(0.001, 10);
  });

  test('is asked for again by a call where it breaks a rule', async () => {
    const recordId = recordIdOf(await firstRequest());
    const { draftIt, asked, budget } = setUp({
      answers: [draft(honest)],
      change: { batch, model },
    });

    const outcome = await draftIt({
      ...request,
      answers: [{ recordId, output: converse(invented) }],
    });

    expect(asked).toMatchObject([{ refused: [{ kind: 'care' }] }]);
    expect(outcome.usd).toBeCloseTo(0.001 + 0.002, 10);
    expect((await budget.used(request.budget.name)).usd).toBeCloseTo(0.002, 10);
  });

  test('is followed by a call where it is no draft', async () => {
    const recordId = recordIdOf(await firstRequest());
    const { draftIt, asked } = setUp({ answers: [draft(honest)], change: { batch, model } });
    const output = { ...converse(), stopReason: 'max_tokens' };

    const { texts } = await draftIt({ ...request, answers: [{ recordId, output }] });

    expect(asked).toHaveLength(1);
    expect(texts).toContainEqual(expect.objectContaining({ kind: 'care', outcome: 'approved' }));
  });

  test.each([
    ['of another form', (recordId: string) => ({ recordId, output: { text: 'Wash it.' } })],
    ['to another request', () => ({ recordId: 'f00d', output: converse(honest) })],
  ])('and is %s counts as none', async (_, answerTo) => {
    const recordId = recordIdOf(await firstRequest());
    const { draftIt, asked } = setUp({ answers: [draft(honest)], change: { batch, model } });

    await draftIt({ ...request, answers: [answerTo(recordId)] });

    expect(asked).toHaveLength(1);
  });

  test('is of no use once the facts are others', async () => {
    const first = await firstRequest();
    const changed = { ...first, facts: first.facts.map((fact) => ({ ...fact, text: 'Other.' })) };

    expect(recordIdOf(changed)).not.toBe(recordIdOf(first));
    expect(batch.record({ ...of, sku: 'another' }, first).recordId).not.toBe(recordIdOf(first));
  });
});
