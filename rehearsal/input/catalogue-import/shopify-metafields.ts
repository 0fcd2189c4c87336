import { isAttributeType, type Statement } from './attribute-texts.ts';
import { factNames } from './catalogue-map.ts';
import { shortened } from './catalogue-product.ts';
import { readFact } from './read-fact.ts';
import type { Metafield } from './shopify-fields.ts';

/** The namespace of metafields that are meant for us; what stands in others is not read. */
const NAMESPACE = 'afterglow';

/** What metafields say of a product. */
export interface MetafieldsSay {
  readonly kind?: unknown;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly statements: readonly Statement[];
  /** As they stand in a metafield `attributes` of type json. */
  readonly attributes: readonly unknown[];
  readonly problems: readonly string[];
}

const nothing: MetafieldsSay = { facts: {}, statements: [], attributes: [], problems: [] };

/**
 * Reads the namespace `afterglow`. A key is `kind`; a fact in snake or camel case (`days_of_supply`); an attribute
 * as `<type>_<language>` or `<type>_<rest of the id>_<language>` (`warning_heat_en` has the id `warning.heat`); or
 * `facts` and `attributes`, whose values are JSON as CatalogItemUpdated has it. Keys have no dots in Shopify. A
 * later metafield of the same key wins: a variant's above its product's.
 */
export const readMetafields = (metafields: readonly Metafield[]): MetafieldsSay => {
  const own = metafields.filter(({ namespace }) => namespace === NAMESPACE);
  const byKey = new Map(own.map(({ key, value }) => [key, value] as const));
  return [...byKey].map(([key, value]) => readOne(key, value)).reduce(joined, nothing);
};

const joined = (a: MetafieldsSay, b: MetafieldsSay): MetafieldsSay => ({
  ...a,
  ...b,
  facts: { ...a.facts, ...b.facts },
  statements: [...a.statements, ...b.statements],
  attributes: [...a.attributes, ...b.attributes],
  problems: [...a.problems, ...b.problems],
});

const readOne = (key: string, value: unknown): MetafieldsSay => {
  const text = textOf(value).trim();
  const fact = camelCase(key);
  if (text === '') return nothing;
  if (key === 'kind') return { ...nothing, kind: text };
  if (key === 'facts' || key === 'attributes') return readJson(key, value);
  if (factNames.includes(fact)) return readFactOf(fact, text);
  const statement = statementOf(key, text);
  return statement === undefined
    ? refused(
        `metafield ${NAMESPACE}.${key}: expected kind, facts, attributes, a fact such as days_of_supply or an attribute such as care_washing_en`,
      )
    : { ...nothing, statements: [statement] };
};

const refused = (problem: string): MetafieldsSay => ({ ...nothing, problems: [problem] });

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

const camelCase = (key: string): string =>
  key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const readFactOf = (name: string, text: string): MetafieldsSay => {
  const fact = readFact(name, listText(name, text), '|');
  return 'value' in fact
    ? { ...nothing, facts: { [name]: fact.value } }
    : refused(`metafield ${NAMESPACE}: ${fact.problem}`);
};

/** A list of Shopify's (`list.single_line_text_field`) is JSON. */
const listText = (name: string, text: string): string => {
  const list: unknown = name === 'pairsWith' && text.startsWith('[') ? jsonOf(text) : undefined;
  return Array.isArray(list) ? list.map(String).join('|') : text;
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const readJson = (key: 'facts' | 'attributes', value: unknown): MetafieldsSay => {
  const json: unknown = typeof value === 'string' ? jsonOf(value) : value;
  if (key === 'attributes' && Array.isArray(json)) return { ...nothing, attributes: json };
  if (key === 'facts' && typeof json === 'object' && json !== null && !Array.isArray(json))
    return { ...nothing, facts: Object.fromEntries(Object.entries(json)) };
  return refused(
    `metafield ${NAMESPACE}.${key}: got ${shortened(value)}, expected the JSON of ${key === 'facts' ? 'an object' : 'a list'} as CatalogItemUpdated has it`,
  );
};

const statementOf = (key: string, text: string): Statement | undefined => {
  const [type, ...rest] = key.toLowerCase().split('_');
  const language = rest.at(-1);
  if (!isAttributeType(type) || language === undefined || !/^[a-z]{2,3}$/.test(language))
    return undefined;
  return { id: [type, ...rest.slice(0, -1)].join('.'), type, language, text };
};
