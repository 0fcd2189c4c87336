import { createReadStream, existsSync } from 'node:fs';
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sampleNameOf } from '#rehearsal/report/message-samples.ts';
import type { SentMail } from '#rehearsal/services/mail.ts';

/** What files say of somebody beside the tables. */
export interface Traces {
  readonly shop: string;
  readonly orderIds: readonly string[];
  /** Ids, addresses as they were written, and their hashes. */
  readonly names: readonly string[];
}

/** How many were taken away, by where they stood. */
export type TracesErased = Readonly<
  Record<'messages' | 'samples' | 'deadLetters' | 'lines', number>
>;

/**
 * Takes their messages, and every line that names them, out of the files that a rehearsal left.
 *
 * @param isTried whether it is only counted
 */
export const eraseTraces = async (
  stateDir: string,
  traces: Traces,
  isTried: boolean,
): Promise<TracesErased> => {
  const { mails, samples } = await mailsOf(stateDir, traces);
  const messages = await withoutLines(join(stateDir, 'outbox.jsonl'), mails, isTried);
  if (!isTried) for (const file of samples) await rm(file, { force: true });
  const isNaming = naming(traces.names);
  const deadLetters = await withoutLines(join(stateDir, 'dead-letters.jsonl'), isNaming, isTried);
  let lines = 0;
  for (const file of await otherFiles(stateDir))
    lines += await withoutLines(file, isNaming, isTried);
  return { messages, samples: samples.length, deadLetters, lines };
};

/** Their mails, and the samples that were made of them: the first of each name. */
const mailsOf = async (stateDir: string, { shop, orderIds, names }: Traces) => {
  const isTheirs = ({ tags, to }: SentMail): boolean =>
    (tags['shop'] === shop && orderIds.includes(tags['orderId'] ?? '')) ||
    to.some((address) => names.includes(address));
  const seen = new Set<string>();
  const samples: string[] = [];
  for await (const line of linesOf(join(stateDir, 'outbox.jsonl'))) {
    const mail: SentMail = JSON.parse(line);
    const name = sampleNameOf(mail);
    if (!seen.has(name) && isTheirs(mail))
      samples.push(...['html', 'txt'].map((kind) => join(stateDir, 'messages', `${name}.${kind}`)));
    seen.add(name);
  }
  return {
    samples: samples.filter((file) => existsSync(file)),
    mails: (line: string): boolean => {
      const mail: SentMail = JSON.parse(line);
      return isTheirs(mail);
    },
  };
};

const otherFiles = async (stateDir: string): Promise<readonly string[]> => {
  const logs = join(stateDir, 'logs');
  const names = existsSync(logs) ? await readdir(logs) : [];
  return [
    join(stateDir, 'executions.jsonl'),
    join(stateDir, 'refused.jsonl'),
    ...names.map((name) => join(logs, name)),
  ];
};

/** Whether a text names one of these, and not merely another that begins or ends like it. */
const naming = (names: readonly string[]): ((text: string) => boolean) => {
  if (names.length === 0) return () => false;
  const any = names.map((name) => RegExp.escape(name)).join('|');
  const pattern = new RegExp(`(?<![\\w.+-])(?:${any})(?![\\w-])`, 'i');
  return (text) => pattern.test(text);
};

async function* linesOf(file: string): AsyncGenerator<string> {
  if (existsSync(file)) yield* createInterface({ input: createReadStream(file) });
}

/** Writes a file without some of its lines. @returns how many */
const withoutLines = async (
  file: string,
  goes: (line: string) => boolean,
  isTried: boolean,
): Promise<number> => {
  let gone = 0;
  for await (const line of linesOf(file)) if (goes(line)) gone += 1;
  if (gone === 0 || isTried) return gone;
  const kept = `${file}.kept`;
  await writeFile(
    kept,
    (async function* () {
      for await (const line of linesOf(file)) if (!goes(line)) yield `${line}\n`;
    })(),
  );
  await rename(kept, file);
  return gone;
};
