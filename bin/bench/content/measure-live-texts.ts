import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { liveTexts, type TextsWanted } from '#core/content/live-texts.ts';
import type { ShopConfig } from '#core/contracts/config.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { contentKinds } from '#core/domain/content/content.ts';
import { type ProductTexts, stateOf } from '#core/domain/content/product-texts.ts';
import { medianPerSecond } from './rounds.ts';
import { catalogueInMemory, contentsInMemory } from './stored-in-memory.ts';

export interface LiveTextFigures {
  /** Texts that a round reads. */
  readonly texts: number;
  /** Messages that it reads them for, of three products each and every kind. */
  readonly messages: number;
  readonly textsPerSecond: number;
  readonly messagesPerSecond: number;
}

const PRODUCTS_OF_MESSAGE = 3;

/**
 * Reads the texts of messages as they are written, every text that broke no rule being approved: their digests are
 * computed anew from the catalogue's facts. What is stored is in memory; the store's share is not in it.
 */
export const measureLiveTexts = async (
  { texts, items, shops, now }: LiveTextBench,
  onRound: (share: number) => void,
): Promise<LiveTextFigures> => {
  const approved = texts.map((each) => withApprovals(each, now.toISOString()));
  const read = liveTexts({
    contents: contentsInMemory(approved),
    catalogue: catalogueInMemory(items),
    shops,
    digest: sha256Digest,
  });
  const messages = messagesOf(items, shops);
  let found = 0;
  const perSecond = await medianPerSecond({
    prepare: () => messages,
    run: async (all) => {
      found = 0;
      for (const message of all) found += (await read(message)).length;
      return all.length;
    },
    onRound,
  });
  return {
    texts: found,
    messages: messages.length,
    textsPerSecond: (perSecond * found) / Math.max(1, messages.length),
    messagesPerSecond: perSecond,
  };
};

interface LiveTextBench {
  readonly texts: readonly ProductTexts[];
  readonly items: readonly CatalogItem[];
  readonly shops: Readonly<Record<string, ShopConfig>>;
  readonly now: Date;
}

const withApprovals = (texts: ProductTexts, at: string): ProductTexts => ({
  ...texts,
  versions: texts.versions.map((version) =>
    stateOf(version) === 'pending'
      ? { ...version, decisions: [{ verdict: 'approve', by: 'bench', at }] }
      : version,
  ),
});

const messagesOf = (
  items: readonly CatalogItem[],
  shops: Readonly<Record<string, ShopConfig>>,
): readonly TextsWanted[] =>
  [...Map.groupBy(items, ({ shop }) => shop)].flatMap(([shop, own]) =>
    (shops[shop]?.locales ?? []).flatMap((locale) =>
      own
        .map(({ sku }) => sku)
        .flatMap((_, at, skus) =>
          at % PRODUCTS_OF_MESSAGE === 0
            ? [
                {
                  shop,
                  locale,
                  kinds: contentKinds,
                  skus: skus.slice(at, at + PRODUCTS_OF_MESSAGE),
                },
              ]
            : [],
        ),
    ),
  );
