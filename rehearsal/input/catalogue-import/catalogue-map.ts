import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { digitsOf } from '../order-import/decimal.ts';
import { itemFacts } from '#core/contracts/product-facts.ts';
import { attributeTypes } from '#core/domain/catalogue/attribute.ts';
import { isAttributeType } from './attribute-texts.ts';

const members = {
  sku: 'the id of what is bought; needed',
  name: 'what it is called; needed',
  category: 'what kind of product it is: the configuration states facts by it',
  kind: 'physical, digital, subscription or service',
  imageUrl: 'an https address of its picture',
  price: 'what a piece costs, a decimal in the currency’s major unit',
  currency: 'ISO 4217 code of the price',
  shop: 'a shop of afterglow.config.ts, of a file that has the products of several',
} as const;

export type CatalogueMember = keyof typeof members;

/** What a column can be, besides `facts.<fact>` and attributes. */
export const catalogueMembers: Readonly<Record<CatalogueMember, string>> = members;

export const factNames = Object.keys(itemFacts.shape);

const FACT = 'facts.';

const column = z.string().min(1, 'the name of a column');
const language = z.string().regex(/^[a-z]{2,3}$/, 'an ISO 639 language such as en');

const attributeColumn = z.strictObject({
  /** Of the statement; the same id in another language is the same statement. */
  id: z.string().min(1),
  type: z.enum(attributeTypes),
  /** The column. */
  from: column,
  language: language.default('en'),
  /** Whether the column has HTML, of which the words are taken. */
  html: z.boolean().default(false),
});

const catalogueMap = z
  .strictObject({
    columns: z
      .record(z.string(), column)
      .refine((columns) => ['sku', 'name'].every((each) => Object.hasOwn(columns, each)), {
        error: 'columns for sku and name',
      }),
    attributes: z.array(attributeColumn).default([]),
    /** Where no column says it. @default the shop's */
    currency: z
      .string()
      .refine((code) => digitsOf(code) !== undefined, 'a currency such as EUR')
      .optional(),
    decimalMark: z.enum(['.', ',']).default('.'),
    /** Between the SKUs of `facts.pairsWith`. */
    listSeparator: z.string().min(1).default('|'),
    delimiter: z.string().length(1, 'one character').default(','),
    encoding: z.enum(['utf8', 'latin1']).default('utf8'),
  })
  .superRefine(({ attributes }, context) => {
    const keys = attributes.map(({ id, language: of }) => `${id} in ${of}`);
    const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
    if (twice.length > 0)
      context.addIssue({
        code: 'custom',
        path: ['attributes'],
        message: `each id once in a language, and not ${twice.join(', ')} twice`,
      });
  });

/** Which column is what, and how the file writes it. */
export type CatalogueMap = z.output<typeof catalogueMap>;

/** A map that cannot be used: names each wrong entry and what it needs. */
export class InvalidCatalogueMap extends Error {
  override readonly name = 'InvalidCatalogueMap';
}

/** @throws {InvalidCatalogueMap} */
export const checkedCatalogueMap = (map: unknown): CatalogueMap => {
  const parsed = catalogueMap.safeParse(map);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'map'}: expected ${message}`,
    );
    throw new InvalidCatalogueMap(`map: ${problems.join('; ')}`);
  }
  const unknown = Object.keys(parsed.data.columns).filter((name) => !isField(name));
  if (unknown.length === 0) return parsed.data;
  throw new InvalidCatalogueMap(
    `map: columns: got ${unknown.join(', ')}, expected ${Object.keys(members).join(', ')} or ${factNames.map((name) => FACT + name).join(', ')}; attributes are a list of their own`,
  );
};

const isField = (name: string): boolean =>
  Object.hasOwn(members, name) ||
  (name.startsWith(FACT) && factNames.includes(name.slice(FACT.length)));

/**
 * A map from its file, `{ "columns": { "sku": "Artikel", … }, "attributes": [ … ] }`.
 *
 * @throws {InvalidCatalogueMap}
 */
export const readCatalogueMap = async (file: string): Promise<CatalogueMap> => {
  try {
    return checkedCatalogueMap(JSON.parse(await readFile(file, 'utf8')));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new InvalidCatalogueMap(`${file}: ${why}`, { cause: thrown });
  }
};

/** The map that a header of ours stands for: `sku`, `facts.daysOfSupply`, `attribute.care.washing.de`. */
export const mapOfHeader = (header: readonly string[]): CatalogueMap =>
  checkedCatalogueMap({
    columns: Object.fromEntries(header.filter(isField).map((name) => [name, name])),
    attributes: header.flatMap((from) => {
      const attribute = attributeOfColumn(from);
      return attribute === undefined ? [] : [{ ...attribute, from }];
    }),
  });

/** `attribute.<type>.<id>.<language>`; the id may have dots. */
const attributeOfColumn = (
  name: string,
): { readonly id: string; readonly type: string; readonly language: string } | undefined => {
  const [head, type, ...rest] = name.split('.');
  const id = rest.slice(0, -1).join('.');
  const of = rest.at(-1);
  return head === 'attribute' && isAttributeType(type) && id !== '' && of !== undefined
    ? { id, type, language: of }
    : undefined;
};

/** The columns that a map reads. */
export const columnsOf = ({ columns, attributes }: CatalogueMap): readonly string[] => [
  ...Object.values(columns),
  ...attributes.map(({ from }) => from),
];
