import { toCatalogItem } from '#core/adapters/dynamo-catalogue.ts';
import { documentItem, type Item } from '#core/adapters/dynamo-items.ts';
import {
  PROPOSALS_PART,
  toProductProposals,
  toProductTexts,
} from '#core/adapters/dynamo-product-contents.ts';
import type { ContentReviewed } from '#core/contracts/parse-event.ts';
import { itemKey, tables } from '#core/contracts/tables.ts';
import { withDecision } from '#core/domain/content/product-texts.ts';
import { approvedFacts, withProposalDecision } from '#core/domain/content/proposals.ts';
import { allItems, hasTable, writeItems } from '#rehearsal/report/state-files.ts';
import { rehearsed } from '../explain/rehearsed-source.ts';
import type { ContentSource } from './content-source.ts';
import { decisionOf } from './decision-of.ts';
import { storedContents } from './stored-contents.ts';

const { partitionKey, sortKey } = tables.content;

/** The texts that a finished rehearsal left in its state folder; decisions on them are kept there. */
export const rehearsedContent = (stateDir: string): ContentSource => ({
  stored: async (sku) => {
    const { texts, proposals } = storedContents(await contentItems(stateDir));
    const isMeant = (each: { readonly sku: string }): boolean =>
      sku === undefined || each.sku === sku;
    return { texts: texts.filter(isMeant), proposals: proposals.filter(isMeant) };
  },

  items: async (shop, skus) => {
    const items = (await allItems(stateDir, tables.catalogue.name)).map(toCatalogItem);
    return items.filter((item) => item.shop === shop && skus.includes(item.sku));
  },

  now: () => rehearsed(stateDir).now(),

  decide: async (reviews) => {
    let content = await contentItems(stateDir);
    let catalogue = await allItems(stateDir, tables.catalogue.name);
    for (const review of reviews) {
      content = content.map((item) => decided(item, review));
      if (review.subject.type === 'fact')
        catalogue = catalogue.map((item) => approved(item, content, review));
    }
    await writeItems(stateDir, tables.content.name, content);
    await writeItems(stateDir, tables.catalogue.name, catalogue);
    return new Set();
  },
});

/** None where the rehearsal was of a version that wrote no texts. @throws {NoRehearsal} where none left its state */
const contentItems = async (stateDir: string): Promise<readonly Item[]> => {
  if (hasTable(stateDir, tables.content.name)) return allItems(stateDir, tables.content.name);
  await allItems(stateDir, tables.catalogue.name);
  return [];
};

/** The item with the decision, as the deployed function would write it. */
const decided = (item: Item, review: ContentReviewed): Item => {
  const { shop, sku, subject } = review;
  const part = subject.type === 'text' ? subject.locale : PROPOSALS_PART;
  const key = { [partitionKey]: itemKey(shop, sku), [sortKey]: part };
  if (item[partitionKey]?.S !== key[partitionKey] || item[sortKey]?.S !== part) return item;
  const { revision, ...document } =
    subject.type === 'text'
      ? withDecision(toProductTexts(item), subject, decisionOf(review))
      : withProposalDecision(toProductProposals(item), subject.fact, decisionOf(review));
  return documentItem({ key, version: revision + 1, document });
};

/** The catalogue's item with the facts that are approved of it now. */
const approved = (item: Item, content: readonly Item[], { shop, sku }: ContentReviewed): Item => {
  if (item[tables.catalogue.partitionKey]?.S !== itemKey(shop, sku)) return item;
  const proposals = storedContents(content).proposals.find(
    (each) => each.shop === shop && each.sku === sku,
  );
  return proposals === undefined
    ? item
    : { ...item, approvedFacts: { S: JSON.stringify(approvedFacts(proposals)) } };
};
