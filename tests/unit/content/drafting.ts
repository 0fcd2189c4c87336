import config from '#config';
import { draftProduct, type DraftProductDeps } from '#core/content/draft-product.ts';
import { contentConfig } from '#core/contracts/content-config.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { ContentBlock, Draft } from '#core/domain/content/content.ts';
import type { DrafterAnswer, DraftRequest } from '#core/ports/content-drafter.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryDraftBudget } from '#tests/fakes/in-memory-draft-budget.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryProductContents } from '#tests/fakes/in-memory-product-contents.ts';

export const apron: CatalogItem = {
  shop: 'hearth',
  sku: 'HG-APR',
  name: 'Apron',
  category: 'Textiles',
  kind: 'physical',
  facts: { complexity: 'simple', careCategory: 'textile' },
  attributes: [
    { id: 'washing', type: 'care', text: { en: 'Wash the apron at 30 °C, with similar colours.' } },
  ],
  updatedAt: '2026-03-01T00:00:00.000Z',
};

export const honest: ContentBlock = {
  style: 'paragraph',
  text: 'Wash the apron at 30 °C, together with similar colours.',
  facts: ['washing'],
};
export const invented: ContentBlock = {
  ...honest,
  text: 'Wash the apron at 60 °C, with similar colours.',
};

export const draft = (...blocks: readonly ContentBlock[]): DrafterAnswer => ({
  kind: 'draft',
  use: { inputTokens: 1_000, outputTokens: 100 },
  draft: { texts: [{ kind: 'care', blocks }], proposals: [] } satisfies Draft,
});

export const cutOff: DrafterAnswer = {
  kind: 'unusable',
  use: { inputTokens: 1_000, outputTokens: 4_000 },
  reason: 'truncated',
  because: 'it was cut off',
};

export const rules = contentConfig.parse({
  models: {
    nova: { modelId: 'amazon.nova-2-lite-v1:0', inputUsdPerMillion: 1, outputUsdPerMillion: 10 },
  },
  approval: [{ name: 'simple goods', categories: ['Textiles'], maxRisk: 'low', minScore: 0.5 }],
});
const [model] = Object.values(rules.models);

export const request = {
  requestId: 'request-1',
  shop: 'hearth',
  sku: 'HG-APR',
  locales: ['en-GB'],
  budget: { name: 'bought/2026-03', limit: { usd: 1, tokens: 1_000_000 } },
};

export const of = { shop: 'hearth', sku: 'HG-APR', locale: 'en-GB' };

interface World {
  readonly answers: readonly (DrafterAnswer | Error)[];
  readonly item?: CatalogItem;
  readonly change?: Partial<DraftProductDeps>;
  readonly busBreaks?: () => boolean;
}

export const setUp = ({ answers, item = apron, change = {}, busBreaks }: World) => {
  const asked: DraftRequest[] = [];
  const contents = inMemoryProductContents();
  const budget = inMemoryDraftBudget();
  const catalogue = inMemoryCatalogue(item);
  const bus = inMemoryEventBus(busBreaks);
  if (model === undefined) throw new Error('there is one model');
  const deps: DraftProductDeps = {
    catalogue,
    contents,
    budget,
    drafter: {
      model: 'nova',
      prompt: 'v1',
      mostTokens: () => ({ inputTokens: 2_000, outputTokens: 4_000 }),
      draft: async (each) => {
        asked.push(each);
        const answer = answers[asked.length - 1];
        if (answer === undefined) throw new Error('it was asked more often than expected');
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    model,
    publisher: bus,
    config: rules,
    shops: config.shops,
    detectLanguage: () => ({ language: 'en', isReliable: true }),
    digest: (text) => text,
    now: () => new Date('2026-03-02T10:00:00Z'),
    ...change,
  };
  const draftIt = draftProduct(deps);
  return { draftIt, deps, asked, contents, budget, catalogue, bus };
};
