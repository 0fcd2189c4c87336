import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import { headerOf, readCsv, rowsOfObject, UnreadableFile } from '../order-import/read-rows.ts';
import { type CatalogueMap, columnsOf, InvalidCatalogueMap, mapOfHeader } from './catalogue-map.ts';
import { shortened } from './catalogue-product.ts';
import type { Cells } from './mapped-product.ts';
import { shopifyProductsIn } from './shopify-fields.ts';

/** A record as it stands in its file. */
export type CatalogueRecord =
  | { readonly kind: 'object'; readonly place: string; readonly value: object }
  | {
      readonly kind: 'cells';
      readonly place: string;
      readonly cells: Cells;
      readonly map: CatalogueMap;
    }
  | { readonly kind: 'wrong'; readonly place: string; readonly problem: string };

export interface CatalogueRecords {
  readonly records: readonly CatalogueRecord[];
  /** Columns of a CSV file that nothing reads. */
  readonly unusedColumns: readonly string[];
}

/**
 * The records of a file by its name's ending, each with its place; those that a map is for as cells.
 *
 * @throws {UnreadableFile} when the file cannot be read at all
 * @throws {InvalidCatalogueMap} when the map does not fit the file's columns
 */
export const catalogueRecords = async (
  file: string,
  map: CatalogueMap | undefined,
): Promise<CatalogueRecords> => {
  const name = file.replace(/\.gz$/i, '');
  if (/\.csv$/i.test(name)) return csvRecords(file, map);
  const located = locatedIn(name, file, await textOf(file)).flatMap((each) =>
    map === undefined ? unwrapped(each) : [each],
  );
  return { records: located.map((each) => recordOf(each, map)), unusedColumns: [] };
};

type Located = { readonly place: string; readonly value: unknown };

const locatedIn = (name: string, file: string, text: string): readonly Located[] => {
  if (/\.(jsonl|ndjson)$/i.test(name)) return lines(text);
  if (/\.json$/i.test(name)) return jsonItems(file, text);
  if (/\.ya?ml$/i.test(name)) return yamlItems(file, text);
  throw new UnreadableFile(
    `${file}: expected a name that ends in .csv, .jsonl, .ndjson, .json, .yaml or .yml, with or without .gz`,
  );
};

/** The products of Shopify in an event or answer, each by itself; anything else as it is. */
const unwrapped = ({ place, value }: Located): readonly Located[] => {
  const products = shopifyProductsIn(value) ?? [value];
  return products.map((each, at) => ({
    place: products.length === 1 ? place : `${place}, product ${at + 1}`,
    value: each,
  }));
};

const recordOf = ({ place, value }: Located, map: CatalogueMap | undefined): CatalogueRecord => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { kind: 'wrong', place, problem: `got ${shortened(value)}, expected an object` };
  return map === undefined
    ? { kind: 'object', place, value }
    : { kind: 'cells', place, cells: cellsOf(value), map };
};

/** An object's members as columns, `style.name` of a member of a member. */
const cellsOf = (value: object): Cells =>
  rowsOfObject(1, value)[0]?.values ?? new Map<string, string>();

const BYTE_ORDER_MARK = /^\uFEFF/;

const textOf = async (file: string): Promise<string> => {
  try {
    const bytes = await readFile(file);
    const plain = /\.gz$/i.test(file) ? gunzipSync(bytes) : bytes;
    return plain.toString('utf8').replace(BYTE_ORDER_MARK, '');
  } catch (cause) {
    throw unreadable(file, cause);
  }
};

const unreadable = (file: string, cause: unknown): UnreadableFile =>
  new UnreadableFile(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, {
    cause,
  });

const csvRecords = async (
  file: string,
  given: CatalogueMap | undefined,
): Promise<CatalogueRecords> => {
  const { delimiter = ',', encoding = 'utf8' } = given ?? {};
  const header = await headerOf(file, { delimiter, encoding });
  const map = fittingMap(file, header, given);
  const used = new Set(columnsOf(map));
  const records: CatalogueRecord[] = [];
  for await (const row of readCsv(file, map)) {
    const place = `row ${row.number}`;
    records.push(
      'problem' in row
        ? { kind: 'wrong', place, problem: row.problem }
        : { kind: 'cells', place, cells: row.values, map },
    );
  }
  return { records, unusedColumns: header.filter((name) => !used.has(name)) };
};

/** @throws {InvalidCatalogueMap} */
const fittingMap = (
  file: string,
  header: readonly string[],
  given: CatalogueMap | undefined,
): CatalogueMap => {
  if (given === undefined && !(header.includes('sku') && header.includes('name')))
    throw new InvalidCatalogueMap(
      `${file}: got the columns ${header.join(', ')}; expected sku and name, or a map that says which they are`,
    );
  const map = given ?? mapOfHeader(header);
  const twice = columnsOf(map).filter((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (twice.length > 0)
    throw new InvalidCatalogueMap(
      `${file}: the file has two columns ${twice.join(', ')}; rename one`,
    );
  const absent = columnsOf(map).filter((name) => !header.includes(name));
  if (absent.length === 0) return map;
  throw new InvalidCatalogueMap(
    `${file}: the map names columns that the file has not: ${absent.join(', ')}; it has ${header.join(', ')}`,
  );
};

const lines = (text: string): readonly Located[] =>
  text
    .split('\n')
    .flatMap((line, at) =>
      line.trim() === '' ? [] : [{ place: `line ${at + 1}`, value: parsedLine(line.trim()) }],
    );

/** A line that is no JSON stays a text, which is no record. */
const parsedLine = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
};

const jsonItems = (file: string, text: string): readonly Located[] => {
  try {
    const document: unknown = JSON.parse(text);
    return Array.isArray(document)
      ? document.map((value, at) => ({ place: `item ${at + 1}`, value }))
      : [{ place: 'the document', value: document }];
  } catch (cause) {
    throw unreadable(file, cause);
  }
};

const yamlItems = (file: string, text: string): readonly Located[] => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) throw unreadable(file, error);
  const { contents } = document;
  if (!isSeq(contents)) return [{ place: 'the document', value: document.toJS() }];
  return contents.items.map((node) => ({
    place: `line ${lines.linePos((isNode(node) ? node.range?.[0] : 0) ?? 0).line}`,
    value: isNode(node) ? node.toJS(document) : node,
  }));
};
