import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';

/** A row as its file has it: what each column says, in text. */
export interface Row {
  /** As a spreadsheet counts, where the header is row 1; of JSON lines the line. */
  readonly number: number;
  /** Sets apart the rows of one JSON line. */
  readonly part?: number;
  readonly values: ReadonlyMap<string, string>;
}

export interface UnreadableRow {
  readonly number: number;
  readonly problem: string;
}

/** A file that cannot be read at all, or not to its end. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

export const isJsonLines = (file: string): boolean => /\.(jsonl|ndjson)(\.gz)?$/i.test(file);

/** The file's bytes, unpacked when its name ends in `.gz`. A failure to read comes out of the stream. */
const bytesOf = (file: string): Readable => {
  const source = createReadStream(file);
  if (!/\.gz$/i.test(file)) return source;
  const unpacked = createGunzip();
  // The reader of `unpacked` gets the error; the callback only keeps it from being thrown twice.
  pipeline(source, unpacked, () => undefined);
  return unpacked;
};

interface CsvOptions {
  readonly delimiter: string;
  readonly encoding: 'utf8' | 'latin1';
}

/** A record longer than this is taken for a quotation mark that is never closed. */
const MAX_RECORD_CHARACTERS = 1_000_000;

/**
 * The rows of a CSV file, the first of which is its header, one at a time.
 *
 * @throws {UnreadableFile}
 */
export async function* readCsv(
  file: string,
  { delimiter, encoding }: CsvOptions,
): AsyncGenerator<Row | UnreadableRow> {
  const parser = parse({
    bom: true,
    delimiter,
    encoding,
    max_record_size: MAX_RECORD_CHARACTERS,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  pipeline(bytesOf(file), parser, () => undefined);
  const records: AsyncIterable<readonly string[]> = parser;
  try {
    yield* withHeader(records);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

const unreadable = (file: string, cause: unknown): UnreadableFile => {
  const why = cause instanceof Error ? cause.message : String(cause);
  const where = cause instanceof CsvError ? `, line ${String(cause['lines'])}` : '';
  return new UnreadableFile(`${file}${where}: ${why}`, { cause });
};

async function* withHeader(
  records: AsyncIterable<readonly string[]>,
): AsyncGenerator<Row | UnreadableRow> {
  let header: readonly string[] | undefined;
  let number = 0;
  for await (const record of records) {
    number++;
    if (header === undefined) header = record.map((name) => name.trim());
    else yield rowOf(number, header, record);
  }
}

const rowOf = (
  number: number,
  header: readonly string[],
  record: readonly string[],
): Row | UnreadableRow =>
  record.length === header.length
    ? { number, values: new Map(header.map((name, at) => [name, record[at] ?? ''])) }
    : { number, problem: `it has ${record.length} columns, the header ${header.length}` };

/**
 * The names of a CSV file's columns.
 *
 * @throws {UnreadableFile}
 */
export const headerOf = async (file: string, options: CsvOptions): Promise<readonly string[]> => {
  const parser = parse({ bom: true, ...options, relax_quotes: true, to: 1 });
  pipeline(bytesOf(file), parser, () => undefined);
  const records: AsyncIterable<readonly string[]> = parser;
  try {
    for await (const record of records) return record.map((name) => name.trim());
  } catch (cause) {
    throw unreadable(file, cause);
  }
  throw new UnreadableFile(`${file}: the file is empty`);
};

/** A line of a file of JSON lines; `json` is absent when it is none. */
export interface JsonLine {
  readonly number: number;
  readonly text: string;
  readonly json?: unknown;
}

/** @throws {UnreadableFile} */
export async function* readJsonLines(file: string): AsyncGenerator<JsonLine> {
  const lines = createInterface({ input: bytesOf(file), crlfDelay: Infinity });
  let number = 0;
  try {
    for await (const text of lines) {
      number++;
      if (text.trim() !== '') yield { number, text, ...parsed(text) };
    }
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

const parsed = (text: string): { readonly json?: unknown } => {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return {};
  }
};

/**
 * An object's members as columns: `{ customer: { id: 7 } }` has the column `customer.id`. With
 * `lines` it is a row for each item of that list, whose columns are `<lines>.<name>`.
 */
export const rowsOfObject = (number: number, object: object, lines?: string): readonly Row[] => {
  const members = Object.entries(object);
  const items: unknown = members.find(([name]) => name === lines)?.[1];
  const shared = members.filter(([name]) => name !== lines).flatMap(flat);
  if (lines === undefined || !Array.isArray(items)) return [{ number, values: new Map(shared) }];
  return items.map((item, at) => ({
    number,
    part: at + 1,
    values: new Map([...shared, ...flat([lines, item])]),
  }));
};

const flat = ([name, value]: readonly [string, unknown]): readonly (readonly [
  string,
  string,
])[] => {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object')
    return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
  return Object.entries(value).flatMap(([inner, member]) => flat([`${name}.${inner}`, member]));
};
