import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import config from '#config';
import { bedrockBatch } from '#core/adapters/bedrock-batch.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import type { PlannedProduct, RollOutPlan } from '#core/content/roll-out/roll-out-plan.ts';
import { chosenModel, contentConfig } from '#core/contracts/content-config.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { planContent } from '#lambdas/plan-content/plan-content.ts';
import { converseInput } from '#rehearsal/bedrock/converse.ts';
import { readRequest } from '#rehearsal/bedrock/read-request.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryCatalogueScan } from '#tests/fakes/in-memory-catalogue-scan.ts';
import { inMemoryObjects } from '#tests/fakes/in-memory-objects.ts';
import { inMemoryProductContents } from '#tests/fakes/in-memory-product-contents.ts';
import { inMemoryQueryResults } from '#tests/fakes/in-memory-query-results.ts';

const [base] = Object.values(config.shops);
if (base === undefined) throw new Error('the configuration has no shop');
const voice = { tone: { en: 'Calm.', de: 'Ruhig.' }, bannedWords: { en: ['cheap'] } };
const shops = {
  hearth: { ...base, categories: {}, products: {}, locales: ['en-GB', 'de-DE'], voice },
};

const contentOf = (model: object) =>
  contentConfig.parse({
    models: {
      nova: {
        modelId: 'eu.amazon.nova',
        inputUsdPerMillion: 1,
        outputUsdPerMillion: 4,
        batchPriceShare: 0.5,
        ...model,
      },
    },
    kinds: ['care'],
  });

const item = (sku: string): CatalogItem => ({
  shop: 'hearth',
  sku,
  name: `The ${sku}`,
  kind: 'physical',
  facts: { complexity: 'simple', careCategory: 'textile' },
  attributes: [
    { id: 'wash', type: 'care', text: { en: 'Wash at 30 °C.', de: 'Bei 30 °C waschen.' } },
  ],
  updatedAt: '2026-01-01T00:00:00.000Z',
});

/** Of them and two locales come as many records as twice their number. */
const itemsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => item(`P${String(at).padStart(3, '0')}`));

interface Options {
  readonly items?: readonly CatalogItem[];
  readonly model?: object;
  readonly input?: object;
}

const record = z.strictObject({
  recordId: z.string().regex(/^[0-9a-f]{24}$/),
  modelInput: z.looseObject({}),
});

const plan = async ({ items = itemsOf(50), model = {}, input = {} }: Options = {}) => {
  const { stored, ...objects } = inMemoryObjects();
  const content = contentOf(model);
  const planned = await planContent({
    results: inMemoryQueryResults({ sales: [] }),
    catalogue: { ...inMemoryCatalogue(...items), ...inMemoryCatalogueScan(...items) },
    contents: inMemoryProductContents(),
    objects,
    bucket: 'runs',
    config: content,
    shops,
    prompt: 'v1',
    batch: bedrockBatch({
      model: chosenModel(content),
      prompt: { version: 'v1', text: 'Write.' },
      schema: { type: 'object' },
      read: () => ({ ok: false, because: 'it is not read here' }),
      digest: sha256Digest,
    }),
    digest: sha256Digest,
    now: () => new Date('2026-03-01T10:00:00Z'),
  })({ run: 'spring', queryId: 'sales', input: { batch: true, ...input } });
  const linesIn = (key: string) =>
    (stored.get(key) ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line));
  const written: RollOutPlan = JSON.parse(await objects.get('runs/spring/plan.json'));
  const lines = (stored.get(planned.key) ?? '').trim().split('\n');
  return {
    planned,
    written,
    lines: lines.map((line): PlannedProduct => JSON.parse(line)),
    records: linesIn('runs/spring/batch/input.jsonl').map((line) => record.parse(line)),
  };
};

describe('a plan for a batch', () => {
  test('has a record for each product and locale, which the line of the product names', async () => {
    const { lines, records, written } = await plan();

    expect(records).toHaveLength(100);
    expect(lines.flatMap(({ records: ids = [] }) => ids)).toEqual(
      records.map(({ recordId }) => recordId),
    );
    expect(new Set(records.map(({ recordId }) => recordId)).size).toBe(100);
    expect(written.batch).toMatchObject({ kind: 'job', records: 100, cut: 0 });
  });

  test('asks of each what a call would: kinds, facts and voice in its locale', async () => {
    const { records } = await plan();

    const [, second] = records;
    const input = converseInput.parse({ modelId: 'nova', ...second?.modelInput });
    const asked = readRequest(
      input.messages.flatMap(({ content }) => content.map(({ text }) => text)).join('\n'),
    );
    expect(second?.modelInput).not.toHaveProperty('modelId');
    expect(asked.task).toEqual({
      locale: 'de-DE',
      kinds: ['care'],
      propose: [],
      tone: 'Ruhig.',
      bannedWords: [],
    });
    expect(asked.facts).toContainEqual({
      id: 'wash',
      type: 'care',
      text: 'Bei 30 °C waschen.',
      language: 'de',
    });
  });

  test('tells the machine which job to create', async () => {
    const { planned } = await plan();

    expect(planned.batch).toEqual({
      name: expect.stringMatching(/^afterglow-[0-9a-f]{32}$/),
      modelId: 'eu.amazon.nova',
      inputUri: 's3://runs/runs/spring/batch/input.jsonl',
      outputUri: 's3://runs/runs/spring/batch/output/',
    });
  });

  test('estimates at the batch’s price', async () => {
    const { written } = await plan();

    const [nova] = written.estimates;
    const estimate = written.batch?.kind === 'job' ? written.batch.estimate : undefined;
    expect(estimate?.usd).toBeCloseTo((nova?.usd ?? 0) / 2, 9);
    expect(estimate?.tokens).toBe(nova?.tokens);
  });

  test('is cut to what the budget has room for at that price, those that come first', async () => {
    const whole = (await plan({ items: itemsOf(80) })).written;
    const usd = whole.batch?.kind === 'job' ? whole.batch.estimate.usd : 0;

    const { lines, written, records } = await plan({
      items: itemsOf(80),
      input: { budgetUsd: (usd * 60.5) / 80 },
    });

    expect(lines.map(({ sku }) => sku)).toEqual(itemsOf(60).map(({ sku }) => sku));
    expect(records).toHaveLength(120);
    expect(written.products).toMatchObject({ planned: 60, leftOut: 20 });
    expect(written.batch).toMatchObject({
      cut: 20,
      cutBy: expect.stringContaining('the budget of USD '),
    });
  });
});

describe('drafts are made by calls', () => {
  test('when there are fewer records than a job has, and the plan says so', async () => {
    const { planned, lines, records, written } = await plan({ items: itemsOf(49) });

    expect(planned.batch).toBeUndefined();
    expect(records).toEqual([]);
    expect(lines).toHaveLength(49);
    expect(lines[0]).not.toHaveProperty('records');
    expect(written.batch).toEqual({
      kind: 'on-demand',
      because: 'a job of batch inference has at least 100 records, here are 98',
    });
  });

  test('of all products, when the budget has no room for so many records', async () => {
    const { lines, written } = await plan({ input: { budgetTokens: 50_000 } });

    expect(lines).toHaveLength(50);
    expect(written.batch).toMatchObject({
      because: expect.stringMatching(
        /at least 100 records, here are \d+: more have no room in the budget of 50000 tokens/,
      ),
    });
  });

  test('unless the account’s quota is another', async () => {
    const { records } = await plan({ items: itemsOf(5), model: { batchLeastRecords: 10 } });

    expect(records).toHaveLength(10);
  });

  test('when no batch is asked for', async () => {
    const { planned, written, records } = await plan({ input: { batch: false } });

    expect([planned.batch, written.batch, records]).toEqual([undefined, undefined, []]);
  });
});

test('a model without a price of its batches is refused, with what to set', async () => {
  const planning = plan({ model: { batchPriceShare: undefined } });

  await expect(planning).rejects.toMatchObject({ name: 'InvalidRollOut' });
  await expect(planning).rejects.toThrow(
    /model in use, nova, .*Set content\.models\["nova"\]\.batchPriceShare/,
  );
});
