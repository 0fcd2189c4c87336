import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { compileEventPattern } from './compile-event-pattern.ts';
import { InvalidEventPattern } from './invalid-event-pattern.ts';
import type { JsonNode } from './json-text.ts';
import { parseJson, writeJson } from './json-text.ts';
import { InvalidEvent, matchesEvent } from './matches-event.ts';

const HELP = `Tries an EventBridge event pattern on an event, as TestEventPattern does.

  npm run pattern -- [--json] PATTERN EVENT
  npm run pattern -- --batch FILE

PATTERN and EVENT are each a file or JSON text. An event needs no envelope fields (id, account, time and so on).

  --json   print {"result": "match" | "no-match" | "invalid", "reason"?} instead of a word
  --batch  read JSON lines {"id"?, "pattern": object or JSON text, "event": object or JSON text} and print one
           JSON line for each, with its id or else its line number; a bad line does not stop the rest
  --help   print this

Exit code: 0 match, 1 no match, 2 invalid pattern, event or usage. With --batch: 0 when every line could be read.`;

type Verdict =
  | { readonly result: 'match' | 'no-match' }
  | { readonly result: 'invalid'; readonly reason: string };

/** `npm run pattern`. Resolves to the exit code that {@link HELP} states. */
export const run = async (args: readonly string[]): Promise<number> => {
  try {
    return await runParsed(parseCommandLine(args));
  } catch (error) {
    console.error(`pattern: ${messageOf(error)}`);
    return 2;
  }
};

const parseCommandLine = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      batch: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });

const runParsed = async ({
  values,
  positionals,
}: ReturnType<typeof parseCommandLine>): Promise<number> => {
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (values.batch !== undefined && positionals.length === 0) return runBatch(values.batch);
  const [pattern, event, ...surplus] = positionals;
  if (
    values.batch !== undefined ||
    pattern === undefined ||
    event === undefined ||
    surplus.length > 0
  ) {
    console.error(HELP);
    return 2;
  }
  const verdict = judge(await readArgument(pattern), await readArgument(event));
  console.log(values.json ? JSON.stringify(verdict) : inWords(verdict));
  return { match: 0, 'no-match': 1, invalid: 2 }[verdict.result];
};

const judge = (pattern: string, event: string): Verdict => {
  try {
    return { result: matchesEvent(compileEventPattern(pattern), event) ? 'match' : 'no-match' };
  } catch (error) {
    if (error instanceof InvalidEventPattern || error instanceof InvalidEvent) {
      return { result: 'invalid', reason: error.message };
    }
    throw error;
  }
};

const inWords = (verdict: Verdict): string =>
  verdict.result === 'invalid' ? `invalid: ${verdict.reason}` : verdict.result;

/** An argument that begins like an object or an array is JSON text; any other is a file, or else text after all. */
const readArgument = async (argument: string): Promise<string> => {
  if (/^\s*[[{]/.test(argument)) return argument;
  try {
    return await readFile(argument, 'utf8');
  } catch (cause) {
    if (isJson(argument)) return argument;
    throw new Error(`${JSON.stringify(argument)} is neither a readable file nor JSON`, { cause });
  }
};

const isJson = (text: string): boolean => {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
};

const runBatch = async (file: string): Promise<number> => {
  let isReadable = true;
  const lines = (await readFile(file, 'utf8')).split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const batchCase = readCase(line, index + 1);
    if ('reason' in batchCase) isReadable = false;
    const { label } = batchCase;
    const verdict = 'reason' in batchCase ? unreadable(batchCase.reason) : judgeSafely(batchCase);
    console.log(`{${label},${JSON.stringify(verdict).slice(1)}`);
  }
  return isReadable ? 0 : 2;
};

type BatchCase = { readonly label: string; readonly pattern: string; readonly event: string };
type BadLine = { readonly label: string; readonly reason: string };

/** `label` is the member that tells the case in the output: `"id":...` as it was written, or `"line":...`. */
const readCase = (line: string, number: number): BatchCase | BadLine => {
  const byLine = `"line":${number}`;
  try {
    const node = parseJson(line);
    const members = new Map(
      node.kind === 'object' ? node.members.map(({ name, value }) => [name, value]) : [],
    );
    const id = members.get('id');
    const label = id === undefined ? byLine : `"id":${writeJson(id)}`;
    const [pattern, event] = [members.get('pattern'), members.get('event')];
    if (pattern === undefined || event === undefined) {
      return { label, reason: 'The line must be an object with "pattern" and "event"' };
    }
    return { label, pattern: textOf(pattern), event: textOf(event) };
  } catch (error) {
    return { label: byLine, reason: messageOf(error) };
  }
};

/** A string holds JSON text; anything else is the JSON. */
const textOf = (node: JsonNode): string => (node.kind === 'string' ? node.value : writeJson(node));

const unreadable = (reason: string): Verdict => ({ result: 'invalid', reason });

const judgeSafely = ({ pattern, event }: BatchCase): Verdict => {
  try {
    return judge(pattern, event);
  } catch (error) {
    return unreadable(messageOf(error));
  }
};

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
