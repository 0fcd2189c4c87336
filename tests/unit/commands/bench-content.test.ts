import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import config from '#config';
import { countTokens } from '#rehearsal/bench/content/count-tokens.ts';
import { run } from '../../../bin/commands/bench-content.ts';
import { listenToCommands, temporaryFolder } from '../../fakes/command-line.ts';

const { printed, complaints } = listenToCommands();
const { fileOf } = temporaryFolder();

const cover = {
  shop: 'northside',
  sku: 'A',
  name: 'Tent cover “Mill”',
  attributes: [
    { id: 'material', type: 'material', text: { en: 'Washed linen' } },
    { id: 'care', type: 'care', text: { en: 'Wash it at 40 °C and dry it in the air.' } },
  ],
};

const linesOf = (...products: readonly object[]): string =>
  products.map((product) => JSON.stringify(product)).join('\n');

const tokens = z.object({ inputTokens: z.number(), outputTokens: z.number() });
const usd = z.object({ 'characters/4': z.number(), 'bytes/3.2': z.number() });

const reported = z.object({
  checks: z.object({ texts: z.number(), perSecond: z.number().positive() }),
  liveTexts: z.object({ texts: z.number(), textsPerSecond: z.number().positive() }),
  speed: z.object({ passes: z.literal(5), draftsPerMinute: z.number().positive() }),
  drafts: z.tuple([
    z.object({
      calls: z.number(),
      secondAttempts: z.number(),
      refusedBy: z.record(z.string(), z.number()),
      failed: z.record(z.string(), z.number()),
      tokens: z.object({ 'characters/4': tokens, 'bytes/3.2': tokens }),
    }),
  ]),
  costs: z.array(z.object({ model: z.string(), onDemandUsd: usd, batchUsd: usd })),
});

const measured = async (...args: readonly string[]) => {
  const file = await fileOf('products.jsonl', linesOf(cover));
  expect(await run(['--catalogue', file, '--json', ...args])).toBe(0);
  return reported.parse(JSON.parse(printed.at(-1) ?? ''));
};

describe('npm run bench:content', () => {
  it('prices the tokens of the drafts by every configured model, on demand and by batch', async () => {
    const { drafts, costs } = await measured();

    const [{ tokens: counted }] = drafts;
    const models = Object.entries(config.content?.models ?? {});
    expect(costs.map(({ model }) => model).toSorted()).toEqual(
      models.map(([key]) => key).toSorted(),
    );
    for (const [key, { inputUsdPerMillion, outputUsdPerMillion, batchPriceShare = 0 }] of models) {
      const cost = costs.find(({ model }) => model === key);
      for (const rule of ['characters/4', 'bytes/3.2'] as const) {
        const { inputTokens, outputTokens } = counted[rule];
        // Of one product: a thousand of them take a thousand times as much.
        const expected =
          (inputTokens * inputUsdPerMillion + outputTokens * outputUsdPerMillion) / 1_000;
        expect(cost?.onDemandUsd[rule]).toBeCloseTo(expected, 9);
        expect(cost?.batchUsd[rule]).toBeCloseTo(expected * batchPriceShare, 9);
      }
    }
  });

  it('checks and reads the texts that were drafted', async () => {
    const { checks, liveTexts, drafts } = await measured();

    expect(drafts[0]).toMatchObject({ calls: 1, secondAttempts: 0, refusedBy: {} });
    expect(checks.texts).toBe(2);
    expect(liveTexts.texts).toBe(2);
  });

  it('counts second attempts, with their tokens, where the model misbehaves', async () => {
    const faults = await fileOf('faults.yaml', 'bedrock: { superlative: 1 }');

    const honest = await measured();
    const spoiled = await measured('--faults', faults);

    expect(spoiled.drafts[0]).toMatchObject({ calls: 2, secondAttempts: 1 });
    expect(spoiled.drafts[0].refusedBy).toHaveProperty('superlative');
    expect(spoiled.costs[0]?.onDemandUsd['characters/4']).toBeGreaterThan(
      (honest.costs[0]?.onDemandUsd['characters/4'] ?? Infinity) * 1.5,
    );
  });

  it('says which products were given up, since the service never answered', async () => {
    const file = await fileOf('silent.jsonl', linesOf(cover));
    const faults = await fileOf('silent.yaml', 'bedrock: { timeout: 1 }');

    const code = await run(['--catalogue', file, '--faults', faults]);

    expect(code).toBe(0);
    expect(printed.join('\n')).toContain('given up: 1 by ModelTimeoutException');
  });

  it('prints a table, and ends with 1 when records were refused', async () => {
    const file = await fileOf('bad.jsonl', linesOf(cover, { shop: 'northside', sku: 'B' }));

    const code = await run(['--catalogue', file]);

    expect(code).toBe(1);
    expect(printed.join('\n')).toMatch(/^northside +nova-2-lite( +\d+\.\d\d){4}$/m);
    expect(complaints).toEqual([expect.stringContaining('name')]);
  });

  it.each([
    [['--shop', 'elsewhere'], '--shop: got "elsewhere"'],
    [['--catalogue', 'no-such.jsonl'], 'no-such.jsonl'],
    [['--map', 'samples/orders.map.json'], 'orders.map.json'],
    [['--faults', 'samples/catalogue.jsonl'], 'samples/catalogue.jsonl'],
  ])('refuses %j', async (args, because) => {
    expect(await run(args)).toBe(2);

    expect(complaints).toEqual([expect.stringContaining(because)]);
  });
});

describe('tokens of a call', () => {
  const request = {
    modelId: 'm',
    system: [{ text: 'ab' }],
    messages: [{ role: 'user', content: [{ text: 'größe' }] }],
    inferenceConfig: { maxTokens: 700 },
  };
  const answerOf = (stopReason: string) => ({
    stopReason,
    output: { message: { content: [{ text: '12345678' }] } },
  });

  it('are counted by characters and by bytes', () => {
    // ab, größe and the ends of four parts: 10 characters, of which ö and ß have two bytes.
    expect(countTokens(request, answerOf('end_turn'))).toEqual({
      'characters/4': { inputTokens: 3, outputTokens: 2 },
      'bytes/3.2': { inputTokens: 4, outputTokens: 3 },
    });
  });

  it('are all that an answer may have when it was cut off', () => {
    const counted = countTokens(request, answerOf('max_tokens'));

    expect(counted['characters/4'].outputTokens).toBe(700);
    expect(counted['bytes/3.2'].outputTokens).toBe(700);
  });
});
