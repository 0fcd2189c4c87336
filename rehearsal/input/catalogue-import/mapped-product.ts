import { attributesOf, type Statement } from './attribute-texts.ts';
import type { CatalogueMap } from './catalogue-map.ts';
import type { Candidate, CatalogueShop } from './catalogue-product.ts';
import { textOfHtml } from './html-text.ts';
import { readFact } from './read-fact.ts';
import { readPrice } from './read-price.ts';

export type Cells = ReadonlyMap<string, string>;

const FACT = 'facts.';

/** What a row says of a product by its map, not checked yet; an empty cell says nothing. */
export const mappedProduct = (
  cells: Cells,
  map: CatalogueMap,
  shop: CatalogueShop,
): Pick<Candidate, 'item' | 'problems'> => {
  const problems: string[] = [];
  const cellOf = (member: string): string | undefined => textOf(cells, map.columns[member]);
  const plain = ['sku', 'name', 'category', 'kind', 'imageUrl'].flatMap((member) => {
    const text = cellOf(member);
    return text === undefined ? [] : [[member, text] as const];
  });
  const price = priceOf(cellOf('price'), cellOf('currency') ?? map.currency ?? shop.currency, map);
  if (price !== undefined && 'problem' in price) problems.push(price.problem);
  const facts = factsOf(cells, map, problems);
  const attributes = attributesOf(statementsOf(cells, map));
  return {
    item: {
      ...Object.fromEntries(plain),
      ...(price !== undefined && 'price' in price ? price : {}),
      ...(Object.keys(facts).length === 0 ? {} : { facts }),
      ...(attributes.length === 0 ? {} : { attributes }),
    },
    problems,
  };
};

const textOf = (cells: Cells, column: string | undefined): string | undefined => {
  const text = column === undefined ? undefined : cells.get(column)?.trim();
  return text === '' ? undefined : text;
};

const priceOf = (text: string | undefined, currency: string, { decimalMark }: CatalogueMap) =>
  text === undefined ? undefined : readPrice(text, currency, decimalMark);

const factsOf = (
  cells: Cells,
  { columns, listSeparator }: CatalogueMap,
  problems: string[],
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([field, column]) => {
      const text = field.startsWith(FACT) ? listed(cells, column, listSeparator) : undefined;
      if (text === undefined) return [];
      const name = field.slice(FACT.length);
      const fact = readFact(name, text, listSeparator);
      if ('value' in fact) return [[name, fact.value] as const];
      problems.push(fact.problem);
      return [];
    }),
  );

/** A list of JSON stands in columns `<name>.0`, `<name>.1`, …. */
const listed = (cells: Cells, column: string, separator: string): string | undefined => {
  const own = textOf(cells, column);
  if (own !== undefined) return own;
  const items = [...cells]
    .filter(
      ([name]) => name.startsWith(`${column}.`) && /^\d+$/.test(name.slice(column.length + 1)),
    )
    .map(([, text]) => text);
  return items.length === 0 ? undefined : items.join(separator);
};

const statementsOf = (cells: Cells, { attributes }: CatalogueMap): readonly Statement[] =>
  attributes.flatMap(({ id, type, from, language, html }) => {
    const cell = textOf(cells, from);
    const text = cell === undefined || !html ? cell : textOfHtml(cell);
    return text === undefined || text === '' ? [] : [{ id, type, language, text }];
  });
