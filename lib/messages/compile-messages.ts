import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MessageTemplate } from '#core/ports/message-templates.ts';
import { problemsOf } from './check-email.ts';
import { compileEmail } from './compile-email.ts';
import {
  allTouches,
  emailsOf,
  type EmailSource,
  InvalidMessages,
  type MessageSource,
  missingFiles,
  type Problem,
} from './message-source.ts';

interface Result {
  readonly source: EmailSource;
  readonly template?: MessageTemplate | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Compiles every touch in every language that it is written in, to `<outDir>/<touch>/<language>.json`,
 * and tries each on sample orders. Writes nothing unless all of them are right.
 *
 * @throws {InvalidMessages} naming file, line and what is wrong, for all templates at once
 */
export const compileMessages = async (
  outDir: string,
  { folder, touches }: MessageSource = allTouches,
): Promise<void> => {
  const missing = touches.flatMap((touch) => missingFiles(folder, touch));
  if (missing.length > 0) throw new InvalidMessages(missing);

  const sources = touches.flatMap((touch) => emailsOf(folder, touch));
  const results = await Promise.all(sources.map((source) => resultOf(source, folder)));
  const problems = results.flatMap((result) => result.problems);
  if (problems.length > 0) throw new InvalidMessages(distinct(problems));

  await Promise.all(results.map((result) => write(outDir, result)));
};

const resultOf = async (source: EmailSource, folder: string): Promise<Result> => {
  const compiled = await compileEmail(source, folder);
  if (compiled.kind === 'refused') return { source, problems: compiled.problems };
  const { template } = compiled;
  return { source, template, problems: problemsOf(source, template) };
};

/** A file that many include is wrong once. */
const distinct = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];

const write = async (
  outDir: string,
  { source: { touch, language }, template }: Result,
): Promise<void> => {
  const folder = join(outDir, touch);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${language}.json`), JSON.stringify(template));
};
