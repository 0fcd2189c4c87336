import type { ContentVersion, ProductTexts } from '#core/domain/content/product-texts.ts';

const at = '2026-03-01T10:00:00.000Z';

/** A sound draft of care, with nothing decided. */
export const draftOf = (
  change: Partial<Omit<ContentVersion, 'version'>> = {},
): Omit<ContentVersion, 'version'> => ({
  kind: 'care',
  blocks: [{ style: 'paragraph', text: 'Wash the apron at 30 °C.', facts: ['care'] }],
  groundsDigest: 'grounds',
  sourceDigest: 'source',
  draftedAt: at,
  draftedBy: { model: 'nova', prompt: 'v1' },
  requestId: 'request-1',
  tokens: 100,
  usd: 0.001,
  score: 0.9,
  risk: 'low',
  violations: [],
  decisions: [],
  ...change,
});

export const approved = { verdict: 'approve', by: 'rule: simple goods', at } as const;

export const noTexts: ProductTexts = {
  shop: 'hearth',
  sku: 'HG-APR',
  locale: 'en-GB',
  revision: 0,
  versions: [],
};
