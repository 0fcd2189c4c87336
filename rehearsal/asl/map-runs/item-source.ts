import type { ItemFormat, ItemReader } from '../definition.ts';
import { EngineFailure, ErrorName, StateError, TaskError } from '../errors.ts';
import { evaluateNumber } from '../fields.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject, toJson } from '../json.ts';
import { shown } from '../problems.ts';
import { evaluateTemplate, type Template } from '../template.ts';
import type { Visit } from '../visit.ts';
import { csvItems } from './csv.ts';
import type { ListedObject } from './map-host.ts';

/** The items of a Map Run: how many there are, and each of them when its turn comes. */
export type ItemSource = { readonly total: number; readonly items: Iterator<Json> };

/** Where an ItemReader reads, or a ResultWriter writes. */
export type S3Place = { readonly bucket: string; readonly path: string };

const MAX_ITEMS = 100_000_000;

export const readerFailed = (cause: string): StateError =>
  new StateError(ErrorName.itemReaderFailed, cause);

/** `Bucket` and the key or prefix of a reader's or writer's Arguments. */
export const evaluatePlace = async (
  visit: Visit,
  template: Template,
  field: 'ItemReader' | 'ResultWriter',
  pathName: 'Key' | 'Prefix',
): Promise<S3Place> => {
  const value = await evaluateTemplate(template, visit.bindings());
  const { Bucket: bucket, [pathName]: path = '' } = isJsonObject(value) ? value : {};
  const isPlace = typeof bucket === 'string' && bucket !== '' && typeof path === 'string';
  if (isPlace && (path !== '' || pathName === 'Prefix')) return { bucket, path };
  throw new EngineFailure(
    ErrorName.queryEvaluationError,
    `${field}/Arguments must be an object with the texts Bucket and ${pathName} but was: ${shown(value)}`,
    `${field}/Arguments`,
  );
};

function* linesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end).trim();
    if (line !== '') yield line;
    at = end < 0 ? text.length : end + 1;
  }
}

const parsed = (text: string, what: string): Json => {
  try {
    return toJson(JSON.parse(text)) ?? null;
  } catch (thrown) {
    throw readerFailed(
      `${what} is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    );
  }
};

function* jsonLines(text: string): Generator<Json> {
  let number = 0;
  for (const line of linesOf(text)) {
    number++;
    yield parsed(line, `Line ${number} of the object, ${shown(line)},`);
  }
}

function* jsonArray(text: string): Generator<Json> {
  const value = parsed(text, 'The object');
  // AWS's words, by its recorded executions.
  if (!isJsonArray(value)) throw readerFailed('Attempting to map over non-iterable node.');
  yield* value;
}

const itemsOfText = (text: string, format: ItemFormat): Iterable<Json> => {
  switch (format.type) {
    case 'JSONL':
      return jsonLines(text);
    case 'JSON':
      return jsonArray(text);
    case 'CSV':
      return csvItems(text, format.delimiter, format.headers);
  }
};

const countOf = (items: Iterable<unknown>): number => {
  let count = 0;
  for (const _ of items) count++;
  return count;
};

/** Lines are counted before any of them is parsed, so that one is held at a time. */
const countIn = (text: string, format: ItemFormat): number =>
  countOf(format.type === 'JSONL' ? linesOf(text) : itemsOfText(text, format));

/** Developer guide, "ItemReader (Map)", the items of an S3 listing; times in seconds. */
const itemOfListing = ({ key, bytes, etag, modifiedMs }: ListedObject): JsonObject => ({
  Etag: etag,
  Key: key,
  LastModified: Math.floor(modifiedMs / 1000),
  Size: bytes,
  StorageClass: 'STANDARD',
});

function* upTo<T>(items: Iterable<T>, most: number): Generator<T> {
  let left = most;
  if (left <= 0) return;
  for (const item of items) {
    yield item;
    if (--left === 0) return;
  }
}

const sourceOf = (items: Iterable<Json>, total: number, most: number): ItemSource => ({
  total: Math.min(total, most),
  items: upTo(items, most),
});

export const sourceOfArray = (items: readonly Json[]): ItemSource =>
  sourceOf(items, items.length, Infinity);

/** A reader whose fields have been evaluated. */
export type ReadRequest = { readonly place: S3Place; readonly mostItems: number };

export const evaluateReader = async (visit: Visit, reader: ItemReader): Promise<ReadRequest> => {
  const pathName = reader.format === undefined ? 'Prefix' : 'Key';
  const place = await evaluatePlace(visit, reader.arguments, 'ItemReader', pathName);
  const bounds = { name: 'MaxItems', min: 1, max: MAX_ITEMS };
  const mostItems =
    reader.maxItems === undefined
      ? MAX_ITEMS
      : await evaluateNumber(reader.maxItems, bounds, visit.bindings());
  return { place, mostItems };
};

/** @throws StateError States.ItemReaderFailed, for what S3 refuses and for a text of another format */
export const openSource = (
  visit: Visit,
  { format }: ItemReader,
  { place: { bucket, path }, mostItems }: ReadRequest,
): ItemSource => {
  const { executionArn, maps } = visit.frame.run;
  const { host } = maps;
  try {
    if (format === undefined) {
      const listed = host.list(executionArn, bucket, path).map(itemOfListing);
      return sourceOf(listed, listed.length, mostItems);
    }
    const text = host.read(executionArn, bucket, path);
    return sourceOf(itemsOfText(text, format), countIn(text, format), mostItems);
  } catch (thrown) {
    if (thrown instanceof TaskError) throw readerFailed(`${thrown.error}: ${thrown.cause ?? ''}`);
    throw thrown;
  }
};
