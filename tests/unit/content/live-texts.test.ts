import { describe, expect, test } from 'vitest';
import { liveTexts, type LiveTextsDeps } from '#core/content/live-texts.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { citableFacts, groundsOf } from '#core/domain/content/citable-facts.ts';
import { withVersions } from '#core/domain/content/product-texts.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryProductContents } from '#tests/fakes/in-memory-product-contents.ts';
import { approved, draftOf, noTexts } from './versions.ts';

const digest = (text: string): string => text;

const apron: CatalogItem = {
  shop: 'hearth',
  sku: 'HG-APR',
  name: 'Apron, linen',
  attributes: [
    { id: 'care', type: 'care', text: { en: 'Wash at 30 °C', de: 'Bei 30 °C waschen' } },
    { id: 'use', type: 'use', text: { en: 'Tie it behind the back' } },
  ],
  updatedAt: '2026-03-01T00:00:00.000Z',
};

const groundsDigest = digest(
  groundsOf(citableFacts({ item: apron, product: {}, pairs: [] }, 'en'), new Set(['care'])),
);

const wanted = {
  shop: 'hearth',
  skus: ['HG-APR'],
  kinds: ['care', 'usage-guide'],
  locale: 'en-GB',
} as const;

const setUp = (item: CatalogItem = apron, change: Parameters<typeof draftOf>[0] = {}) => {
  const drafted = draftOf({ groundsDigest, decisions: [approved], ...change });
  const deps: LiveTextsDeps = {
    contents: inMemoryProductContents({ ...withVersions(noTexts, [drafted]), revision: 1 }),
    catalogue: inMemoryCatalogue(item),
    shops: { hearth: { categories: {}, products: {} } },
    digest,
  };
  return liveTexts(deps);
};

describe('the texts that a message may carry', () => {
  test('are those in use, with the version that they are pinned by', async () => {
    expect(await setUp()(wanted)).toEqual([
      {
        sku: 'HG-APR',
        locale: 'en-GB',
        kind: 'care',
        version: 1,
        blocks: draftOf().blocks,
      },
    ]);
  });

  test('are none while nobody has approved them', async () => {
    expect(await setUp(apron, { decisions: [] })(wanted)).toEqual([]);
  });

  test('are none of another locale or kind', async () => {
    const read = setUp();

    expect(await read({ ...wanted, locale: 'de-DE' })).toEqual([]);
    expect(await read({ ...wanted, kinds: ['upsell'] })).toEqual([]);
  });

  test('are none once a fact that they cite has changed', async () => {
    const [care, use] = apron.attributes ?? [];
    if (care === undefined || use === undefined) throw new Error('the apron has two attributes');
    const hotter = { ...apron, attributes: [{ ...care, text: { en: 'Wash at 40 °C' } }, use] };

    expect(await setUp(hotter)(wanted)).toEqual([]);
  });

  test('stay when a fact changes that they do not cite', async () => {
    const [care] = apron.attributes ?? [];
    if (care === undefined) throw new Error('the apron has attributes');

    expect(await setUp({ ...apron, attributes: [care] })(wanted)).toHaveLength(1);
  });

  test('are none once the product gets a warning', async () => {
    const warned: CatalogItem = {
      ...apron,
      attributes: [
        ...(apron.attributes ?? []),
        { id: 'warning', type: 'warning', text: { en: 'Keep away from flames' } },
      ],
    };

    expect(await setUp(warned)(wanted)).toEqual([]);
  });

  test('are none of a product that the catalogue does not know', async () => {
    expect(await setUp({ ...apron, sku: 'HG-OTHER' })(wanted)).toEqual([]);
  });
});
