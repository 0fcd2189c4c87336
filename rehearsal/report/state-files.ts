import { createReadStream, existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Rehearsal } from '../rehearsal.ts';
import type { Item } from '../services/dynamodb.ts';
import type { SentMail } from '../services/mail.ts';
import { writeTexts } from './write-texts.ts';

const tableFile = (stateDir: string, table: string): string =>
  join(stateDir, 'tables', `${table}.jsonl`);

/** Leaves what a rehearsal knows in its state folder: tables, outbox, executions, dead letters, the lake. */
export const writeState = async (rehearsal: Rehearsal, stateDir: string): Promise<void> => {
  await writeStateButOutbox(rehearsal, stateDir);
  await writeOutbox(stateDir, rehearsal.outbox);
};

/** The same without the messages, which are most of it. */
export const writeStateButOutbox = async (
  rehearsal: Rehearsal,
  stateDir: string,
): Promise<void> => {
  await mkdir(join(stateDir, 'tables'), { recursive: true });
  for (const table of rehearsal.tables.all)
    await writeLines(
      tableFile(stateDir, tableName(table.logicalId)),
      rehearsal.tables.items(table),
    );
  await writeLines(join(stateDir, 'executions.jsonl'), [
    ...rehearsal.executions,
    ...rehearsal.running(),
  ]);
  await writeLines(join(stateDir, 'dead-letters.jsonl'), rehearsal.deadLetters());
  await writeLines(join(stateDir, 'refused.jsonl'), rehearsal.refused);
  await rehearsal.lake.write();
};

type Mails = Iterable<SentMail> | AsyncIterable<SentMail>;

/** Leaves the messages that SES took, in the order in which they are given. */
export const writeOutbox = (stateDir: string, mails: Mails): Promise<void> =>
  writeLines(join(stateDir, 'outbox.jsonl'), mails);

/** CloudFormation's logical id is the construct's name and a hash of eight digits. */
export const tableName = (logicalId: string): string => logicalId.slice(0, -8);

/** One at a time: all messages of a long run as text would fill the heap. */
async function* textsOf(
  values: Iterable<unknown> | AsyncIterable<unknown>,
): AsyncGenerator<string> {
  for await (const value of values) yield JSON.stringify(value);
}

const writeLines = (
  file: string,
  values: Iterable<unknown> | AsyncIterable<unknown>,
): Promise<void> => writeTexts(file, textsOf(values));

export class NoRehearsal extends Error {
  override readonly name = 'NoRehearsal';

  constructor(stateDir: string) {
    super(
      `${stateDir} has no finished rehearsal: run \`npm run rehearse\` first, or name its folder by --state`,
    );
  }
}

/**
 * The items of a stored table that have this key.
 *
 * @throws {NoRehearsal} when none has left its state here
 */
export const storedItems = async (
  stateDir: string,
  table: string,
  key: { readonly attribute: string; readonly value: string },
): Promise<readonly Item[]> => {
  const file = tableFile(stateDir, table);
  if (!existsSync(file)) throw new NoRehearsal(stateDir);
  const found: Item[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (!line.includes(JSON.stringify(key.value))) continue;
    const item: Item = JSON.parse(line);
    if (item[key.attribute]?.S === key.value) found.push(item);
  }
  return found;
};

export const writeJson = (file: string, value: unknown): Promise<void> =>
  writeFile(file, `${JSON.stringify(value, undefined, 2)}\n`);

/**
 * Every item of a stored table.
 *
 * @throws {NoRehearsal} when none has left its state here
 */
export const allItems = async (stateDir: string, table: string): Promise<readonly Item[]> => {
  const file = tableFile(stateDir, table);
  if (!existsSync(file)) throw new NoRehearsal(stateDir);
  const items: Item[] = [];
  for await (const line of createInterface({ input: createReadStream(file) }))
    items.push(JSON.parse(line));
  return items;
};

/** Writes every item of a stored table anew. */
export const writeItems = (
  stateDir: string,
  table: string,
  items: readonly Item[],
): Promise<void> => writeLines(tableFile(stateDir, table), items);

/** Whether a rehearsal left this table: one of an earlier version knew fewer. */
export const hasTable = (stateDir: string, table: string): boolean =>
  existsSync(tableFile(stateDir, table));
