import type { AfterglowConfig } from '#core/contracts/config.ts';
import type { RefusedRecord } from '#rehearsal/input/catalogue-import/catalogue-product.ts';
import { type MissingFact, missingFacts } from '../audit/missing-facts.ts';
import {
  type ContentGap,
  contentGaps,
  type ContentShare,
  contentShares,
  type StatedItem,
  WITHOUT_CATEGORY,
} from './content-gaps.ts';
import { type LanguageGap, languageGaps } from './language-gaps.ts';
import { type SuspiciousText, suspiciousTexts } from './suspicious-text.ts';

/** Products of one category of which nothing is stated but their name. */
export interface BareProducts {
  readonly shop: string;
  readonly category: string;
  readonly skus: readonly string[];
}

/** What there is of a catalogue, and what is not. */
export interface CatalogueCheck {
  readonly counts: { readonly read: number; readonly usable: number; readonly refused: number };
  readonly refused: readonly RefusedRecord[];
  /** What journeys are chosen by. */
  readonly missingFacts: readonly MissingFact[];
  readonly bare: readonly BareProducts[];
  readonly gaps: readonly ContentGap[];
  readonly languages: readonly LanguageGap[];
  readonly suspicious: readonly SuspiciousText[];
  readonly shares: readonly ContentShare[];
}

export const checkCatalogue = (
  items: readonly StatedItem[],
  refused: readonly RefusedRecord[],
  config: AfterglowConfig,
): CatalogueCheck => ({
  counts: { read: items.length + refused.length, usable: items.length, refused: refused.length },
  refused,
  missingFacts: missingFacts(items, config),
  bare: bareProducts(items),
  gaps: contentGaps(items, config),
  languages: languageGaps(items, config),
  suspicious: suspiciousTexts(items),
  shares: contentShares(items, config).filter(({ of }) => of > 0),
});

const bareProducts = (items: readonly StatedItem[]): readonly BareProducts[] => {
  const bare = items.filter(({ attributes = [] }) => attributes.length === 0);
  const groups = Map.groupBy(bare, ({ shop, category = WITHOUT_CATEGORY }) =>
    JSON.stringify([shop, category]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { shop, category = WITHOUT_CATEGORY } = first;
    return [{ shop, category, skus: group.map(({ sku }) => sku) }];
  });
};
