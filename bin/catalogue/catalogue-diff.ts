import { moneyIn } from '#core/domain/messages/formats.ts';
import type { ImportedProduct } from '#rehearsal/input/catalogue-import/catalogue-product.ts';
import { markdownTable } from '../audit/map-text.ts';
import { visible } from './visible-text.ts';

/** A statement that was made, unmade or said otherwise. */
export interface StatementChange {
  /** `price`, `facts.daysOfSupply`, `care.washing (de)`. */
  readonly what: string;
  /** Absent: it is new. */
  readonly from?: string | undefined;
  /** Absent: it is no longer stated. */
  readonly to?: string | undefined;
}

export interface ProductChange {
  readonly shop: string;
  readonly sku: string;
  readonly name: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Of a product in both. */
  readonly statements: readonly StatementChange[];
}

/** What a later catalogue says otherwise than an earlier one; the order of products and statements is nothing. */
export const catalogueDiff = (
  before: readonly ImportedProduct[],
  after: readonly ImportedProduct[],
): readonly ProductChange[] => {
  const old = byKey(before);
  const late = byKey(after);
  return [
    ...after.flatMap((product): readonly ProductChange[] => {
      const known = old.get(keyOf(product));
      if (known === undefined) return [changeOf(product, 'added')];
      const statements = changesOf(statementsOf(known), statementsOf(product));
      return statements.length === 0 ? [] : [changeOf(product, 'changed', statements)];
    }),
    ...before
      .filter((product) => !late.has(keyOf(product)))
      .map((product) => changeOf(product, 'removed')),
  ];
};

const keyOf = ({ shop, sku }: ImportedProduct): string => JSON.stringify([shop, sku]);

const byKey = (products: readonly ImportedProduct[]): ReadonlyMap<string, ImportedProduct> =>
  new Map(products.map((product) => [keyOf(product), product]));

const changeOf = (
  { shop, sku, name }: ImportedProduct,
  change: ProductChange['change'],
  statements: readonly StatementChange[] = [],
): ProductChange => ({ shop, sku, name, change, statements });

const amount = moneyIn('en');

const statementsOf = ({
  name,
  category,
  kind,
  imageUrl,
  price,
  facts = {},
  attributes = [],
}: ImportedProduct): ReadonlyMap<string, string> =>
  new Map(
    [
      ...Object.entries({
        name,
        category,
        kind,
        imageUrl,
        price: price === undefined ? undefined : amount(price),
      }),
      ...Object.entries(facts).map(
        ([fact, value]) =>
          [`facts.${fact}`, Array.isArray(value) ? value.join(', ') : value] as const,
      ),
      ...attributes.flatMap(({ id, type, text }) => [
        [`${id}, type`, type] as const,
        ...Object.entries(text).map(([language, words]) => [`${id} (${language})`, words] as const),
      ]),
    ].flatMap(([what, value]) => (value === undefined ? [] : [[what, String(value)] as const])),
  );

const changesOf = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly StatementChange[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .map((what) => ({ what, from: before.get(what), to: after.get(what) }))
    .filter(({ from, to }) => from !== to);

/** `2 added, 1 removed, 3 changed` */
export const diffCounts = (changes: readonly ProductChange[]): string =>
  (['added', 'removed', 'changed'] as const)
    .map((kind) => `${changes.filter(({ change }) => change === kind).length} ${kind}`)
    .join(', ');

const signs = { added: '+', removed: '-', changed: '~' } as const;

export const diffInWords = (changes: readonly ProductChange[]): string =>
  [
    diffCounts(changes),
    ...changes.flatMap(({ shop, sku, name, change, statements }) => [
      visible(`${signs[change]} ${shop} ${sku} ${name}`),
      ...statements.map((each) => `    ${visible(statementInWords(each))}`),
    ]),
  ].join('\n');

const statementInWords = ({ what, from, to }: StatementChange): string => {
  if (from === undefined) return `${what}: new: ${to}`;
  return to === undefined ? `${what}: no longer: ${from}` : `${what}: ${from} → ${to}`;
};

/** For a review: a table of what was said, and what is said now. */
export const diffAsMarkdown = (changes: readonly ProductChange[]): string =>
  [
    `# Catalogue: ${diffCounts(changes)}`,
    ...(changes.length === 0
      ? []
      : [markdownTable([['shop', 'SKU', 'what', 'before', 'after'], ...changes.flatMap(rowsOf)])]),
  ].join('\n\n');

const rowsOf = ({
  shop,
  sku,
  name,
  change,
  statements,
}: ProductChange): readonly (readonly string[])[] => {
  if (change === 'added') return [[shop, sku, 'the product', '', name].map(cell)];
  if (change === 'removed') return [[shop, sku, 'the product', name, ''].map(cell)];
  return statements.map(({ what, from = '', to = '' }) => [shop, sku, what, from, to].map(cell));
};

/** A shop's text must not become a table's or a page's markup. */
const cell = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|]/g, String.raw`\$&`)
    .replaceAll(/\s+/g, ' ');
