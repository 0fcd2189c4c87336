import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import config from '#config';
import { toCatalogItem } from '#core/adapters/dynamo-catalogue.ts';
import { documentItem, type Item } from '#core/adapters/dynamo-items.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { itemKey, tables } from '#core/contracts/tables.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { productOf } from '#core/domain/catalogue/product.ts';
import { citableFacts, groundsOf } from '#core/domain/content/citable-facts.ts';
import type { ContentBlock } from '#core/domain/content/content.ts';
import {
  type ContentVersion,
  type ProductTexts,
  withVersions,
} from '#core/domain/content/product-texts.ts';
import type { ProductProposals, ProposedFact } from '#core/domain/content/proposals.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import { draftOf, noTexts } from '#tests/unit/content/versions.ts';
import { storedContents } from '../../../bin/content/stored-contents.ts';

/** When the rehearsal of the fixture ended: three days after its texts were drafted. */
export const NOW = '2026-03-04T12:00:00.000Z';

export const apron: CatalogItem = {
  shop: 'hearth',
  sku: 'HG-APR',
  name: 'Apron, linen',
  category: 'Textiles',
  attributes: [
    { id: 'care', type: 'care', text: { en: 'Wash at 30 °C.', de: 'Bei 30 °C waschen.' } },
    { id: 'material', type: 'material', text: { en: 'Linen.' } },
  ],
  updatedAt: '2026-03-01T00:00:00.000Z',
};

export const knife: CatalogItem = {
  shop: 'hearth',
  sku: 'HG-KNI',
  name: 'Chef’s knife',
  category: 'Knives',
  attributes: [
    { id: 'care', type: 'care', text: { en: 'Wash by hand.' } },
    { id: 'warning.edge', type: 'warning', text: { en: 'Very sharp: keep away from children.' } },
  ],
  updatedAt: '2026-03-01T00:00:00.000Z',
};

const block = (text: string, ...facts: readonly string[]): ContentBlock => ({
  style: 'paragraph',
  text,
  facts,
});

export const careOfApron = [block('Wash the apron at 30 °C.', 'care')];

/** A draft that rests on what the item states. */
export const draftFor = (
  item: CatalogItem,
  locale: string,
  change: Partial<Omit<ContentVersion, 'version'>>,
): Omit<ContentVersion, 'version'> => {
  const draft = draftOf({ blocks: careOfApron, ...change });
  const rules = config.shops[item.shop] ?? { categories: {}, products: {} };
  const facts = citableFacts(
    { item, product: productOf(item, rules), pairs: [] },
    languageOf(locale),
  );
  const cited = new Set(draft.blocks.flatMap((each) => each.facts));
  return { ...draft, groundsDigest: sha256Digest(groundsOf(facts, cited)) };
};

/** Texts of an item in a locale, its versions numbered on. */
export const textsOf = (
  item: CatalogItem,
  locale: string,
  ...drafts: readonly Partial<Omit<ContentVersion, 'version'>>[]
): ProductTexts => ({
  ...withVersions(
    { ...noTexts, shop: item.shop, sku: item.sku, locale },
    drafts.map((change) => draftFor(item, locale, change)),
  ),
  revision: 1,
});

export const complexity: ProposedFact = {
  fact: 'complexity',
  value: 'considered',
  evidence: ['care'],
  confidence: 0.6,
  because: 'It has to be looked after.',
  sourceDigest: 'source',
  proposedAt: '2026-03-01T12:00:00.000Z',
  proposedBy: { model: 'nova', prompt: 'v1' },
  requestId: 'request-1',
  decisions: [],
};

interface Stored {
  readonly items: readonly CatalogItem[];
  readonly texts?: readonly ProductTexts[] | undefined;
  readonly proposals?: readonly ProductProposals[] | undefined;
}

/** Items of the content table: the documents, and a claim as a draft that is under way leaves one. */
export const contentItems = ({ texts = [], proposals = [] }: Stored): readonly Item[] => [
  ...[...texts, ...proposals].map(({ revision: version, ...document }) =>
    documentItem({
      key: {
        item: itemKey(document.shop, document.sku),
        part: 'locale' in document ? document.locale : 'facts',
      },
      version,
      document,
    }),
  ),
  { item: { S: 'hearth#HG-APR' }, part: { S: 'claim' }, requestId: { S: 'request-1' } },
];

/** Leaves a folder as a rehearsal does. */
export const leaveState = async (dir: string, stored: Stored): Promise<void> => {
  await mkdir(join(dir, 'tables'), { recursive: true });
  const catalogue = stored.items.map((document) =>
    documentItem({
      key: { item: itemKey(document.shop, document.sku) },
      version: 1,
      document,
    }),
  );
  await writeLines(dir, tables.catalogue.name, catalogue);
  await writeLines(dir, tables.content.name, contentItems(stored));
  await writeFile(join(dir, 'summary.json'), JSON.stringify({ until: NOW }));
};

const fileOf = (dir: string, table: string): string => join(dir, 'tables', `${table}.jsonl`);

const writeLines = (dir: string, table: string, items: readonly Item[]): Promise<void> =>
  writeFile(fileOf(dir, table), items.map((item) => `${JSON.stringify(item)}\n`).join(''));

const linesOf = async (dir: string, table: string): Promise<readonly Item[]> => {
  const text = await readFile(fileOf(dir, table), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line): Item => JSON.parse(line));
};

/** What the folder has now. */
export const stateIn = async (dir: string) => {
  const content = await linesOf(dir, tables.content.name);
  const catalogue = await linesOf(dir, tables.catalogue.name);
  return { ...storedContents(content), content, items: catalogue.map(toCatalogItem) };
};
