import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  InvalidJson,
  type JsonNode,
  parseJson,
  writeJson,
} from '#rehearsal/event-pattern/json-text.ts';
import { readEntry } from './read-entry.ts';
import { byTime, type TimedEvent } from './timed-event.ts';

/** Something in a file that is no event that could be put on a bus. */
export interface EventFileProblem {
  readonly file: string;
  /** Of a file of JSON lines the line; of a list in a JSON file the item; counted from 1. */
  readonly at?: number;
  readonly problem: string;
}

export interface EventFiles {
  /** In order of time. */
  readonly events: readonly TimedEvent[];
  readonly problems: readonly EventFileProblem[];
}

type Read = { readonly event: TimedEvent } | EventFileProblem;

/**
 * The events of a file or of all files of a folder: JSON (one event, or a list) or JSON lines
 * (`.jsonl`, `.ndjson`). An event is written as
 *
 * - `{ source, detailType or detail-type, detail, time or atMs? }`, put on the bus at that time or
 *   when it occurred,
 * - an entry of `PutEvents`, or
 * - a whole envelope as it was captured from a bus, of any source; it is delivered as it stands.
 *
 * Whatever cannot be read is a problem with its file and line: nothing is passed over.
 */
export const readEvents = async (fileOrFolder: string): Promise<EventFiles> => {
  const reads = await readPath(fileOrFolder);
  return {
    events: reads.flatMap((read) => ('event' in read ? [read.event] : [])).toSorted(byTime),
    problems: reads.filter((read) => 'problem' in read),
  };
};

/** A problem in one line, `file:line: …`. */
export const problemInWords = ({ file, at, problem }: EventFileProblem): string =>
  `${file}${at === undefined ? '' : `:${at}`}: ${problem}`;

const readPath = async (path: string): Promise<readonly Read[]> => {
  try {
    if (!(await stat(path)).isDirectory()) return await readOne(path);
    const names = (await readdir(path)).toSorted();
    const inner = await Promise.all(names.map((name) => readPath(join(path, name))));
    return inner.flat();
  } catch (thrown) {
    return [{ file: path, problem: thrown instanceof Error ? thrown.message : String(thrown) }];
  }
};

const readOne = async (file: string): Promise<readonly Read[]> => {
  if (/\.(jsonl|ndjson)$/i.test(file)) return linesOf(file, await readFile(file, 'utf8'));
  if (/\.json$/i.test(file)) return documentOf(file, await readFile(file, 'utf8'));
  return [{ file, problem: 'the name ends in neither .json, .jsonl nor .ndjson' }];
};

const BYTE_ORDER_MARK = /^\uFEFF/;

const linesOf = (file: string, text: string): readonly Read[] =>
  text
    .replace(BYTE_ORDER_MARK, '')
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [readText(file, line, index + 1)]));

const documentOf = (file: string, text: string): readonly Read[] => {
  const node = parsed(text.replace(BYTE_ORDER_MARK, ''));
  if (typeof node === 'string') return [{ file, problem: node }];
  return node.kind === 'array'
    ? node.items.map((item, index) => readNode(file, item, index + 1))
    : [readNode(file, node)];
};

const readText = (file: string, text: string, at: number): Read => {
  const node = parsed(text);
  return typeof node === 'string' ? { file, at, problem: node } : readNode(file, node, at);
};

/** The value with its numbers' digits, or why the text is no JSON. */
const parsed = (text: string): JsonNode | string => {
  try {
    return parseJson(text);
  } catch (thrown) {
    if (thrown instanceof InvalidJson) return thrown.message;
    throw thrown;
  }
};

const readNode = (file: string, node: JsonNode, at?: number): Read => {
  const read = readEntry(writeJson(node));
  if ('event' in read) return read;
  return { file, ...(at === undefined ? {} : { at }), problem: read.problem };
};
