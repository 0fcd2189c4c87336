import type { AttributeType } from '../catalogue/attribute.ts';
import type { CatalogItem } from '../catalogue/catalog-item.ts';
import type { Product } from '../catalogue/product.ts';

/** A statement of a product that a text may cite. */
export interface CitableFact {
  readonly id: string;
  readonly type: AttributeType | 'name' | 'category' | 'supply' | 'warranty' | 'pairs-with';
  readonly text: string;
  /** Of its words; absent of names, which are the same in every language. */
  readonly language?: string | undefined;
}

/** Ids that are taken: no attribute has them. */
export const reservedFactIds = ['name', 'category', 'days-of-supply', 'warranty-months'] as const;

/** How the ids of paired products begin, which no attribute's may. */
export const PAIRS_WITH = 'pairs-with.';

export interface FactSources {
  readonly item: Pick<CatalogItem, 'sku' | 'name' | 'category' | 'attributes'>;
  /** The same item with what configuration and category say. */
  readonly product: Pick<Product, 'daysOfSupply' | 'warrantyMonths' | 'pairsWith'>;
  /** Names of the products it goes with, as far as the catalogue knows them. */
  readonly pairs: readonly Pick<CatalogItem, 'sku' | 'name'>[];
}

/**
 * Everything that is stated of a product: what a text in this language may rest on. An attribute that is
 * not stated in the language is given in one that it is.
 *
 * @param language ISO 639-1, `de`
 */
export const citableFacts = (
  { item, product, pairs }: FactSources,
  language: string,
): readonly CitableFact[] => [
  { id: 'name', type: 'name', text: item.name },
  ...stated(item.category, (text) => ({ id: 'category', type: 'category', text })),
  ...(item.attributes ?? []).flatMap(({ id, type, text: byLanguage }): CitableFact[] => {
    const texts = new Map(Object.entries(byLanguage));
    const own = texts.get(language);
    const [first] = texts;
    if (own !== undefined) return [{ id, type, text: own, language }];
    return first === undefined ? [] : [{ id, type, text: first[1], language: first[0] }];
  }),
  ...stated(product.daysOfSupply, (days) => ({
    id: 'days-of-supply',
    type: 'supply',
    text: String(days),
  })),
  ...stated(product.warrantyMonths, (months) => ({
    id: 'warranty-months',
    type: 'warranty',
    text: String(months),
  })),
  ...(product.pairsWith ?? []).flatMap((sku): CitableFact[] => {
    // A category may name one of its own.
    const pair = sku === item.sku ? undefined : pairs.find((each) => each.sku === sku);
    return pair === undefined
      ? []
      : [{ id: `${PAIRS_WITH}${sku}`, type: 'pairs-with', text: pair.name }];
  }),
];

const stated = <Value>(
  value: Value | undefined,
  fact: (value: Value) => CitableFact,
): readonly CitableFact[] => (value === undefined ? [] : [fact(value)]);

/**
 * The facts that a text's truth hangs on: those it cites, and every warning, in a text to be hashed. While it
 * stays the same, what was found of the text holds.
 */
export const groundsOf = (facts: readonly CitableFact[], cited: ReadonlySet<string>): string =>
  JSON.stringify(
    facts
      .filter(({ id, type }) => type === 'warning' || cited.has(id))
      .map(({ id, type, text, language }) => [id, type, text, language ?? ''])
      .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  );
