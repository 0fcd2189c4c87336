import { DOCUMENT, type Item } from '#core/adapters/dynamo-items.ts';
import {
  PROPOSALS_PART,
  toProductProposals,
  toProductTexts,
} from '#core/adapters/dynamo-product-contents.ts';
import { tables } from '#core/contracts/tables.ts';
import type { ProductTexts } from '#core/domain/content/product-texts.ts';
import type { ProductProposals } from '#core/domain/content/proposals.ts';

/** All that is written and proposed of some products. */
export interface StoredContents {
  readonly texts: readonly ProductTexts[];
  readonly proposals: readonly ProductProposals[];
}

/** Reads items of the content table; claims among them are no documents. */
export const storedContents = (items: readonly Item[]): StoredContents => {
  const documents = items.filter((item) => item[DOCUMENT] !== undefined);
  const isProposals = (item: Item): boolean => item[tables.content.sortKey]?.S === PROPOSALS_PART;
  return {
    texts: documents.filter((item) => !isProposals(item)).map(toProductTexts),
    proposals: documents.filter(isProposals).map(toProductProposals),
  };
};
