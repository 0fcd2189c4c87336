import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Touch } from '#core/domain/touches/touch.ts';
import { colourProblems } from './check-colours.ts';
import { personalisationProblems } from './check-personalisation.ts';
import { problemsOf } from './check-template.ts';
import { type CompiledMessage, compileTemplate } from './compile-template.ts';
import {
  allTouches,
  fileProblems,
  InvalidMessages,
  type MessageSource,
  type Problem,
  sourcesOf,
} from './message-source.ts';

/**
 * Compiles every touch in every language that it is written in, to `<outDir>/<touch>/<language>.json`,
 * and tries each on sample orders. Writes nothing unless all of them are right.
 *
 * @throws {InvalidMessages} naming file, line and what is wrong, for all templates at once
 */
export const compileMessages = async (
  outDir: string,
  messages: MessageSource = allTouches,
): Promise<void> => {
  const compiled = await compiledMessages(messages);
  await Promise.all(compiled.map((each) => write(outDir, each)));
};

/** @throws {InvalidMessages} as compileMessages */
export const compiledMessages = async ({
  folder,
  touches,
}: MessageSource): Promise<readonly CompiledMessage[]> => {
  refuseAny(touches.flatMap((touch) => fileProblems(folder, touch)));
  refuseAny(colourProblems(folder));
  const touchResults = await Promise.all(touches.map((touch) => compiledTouch(folder, touch)));
  refuseAny(touchResults.flatMap(({ problems }) => problems));
  return touchResults.flatMap(({ compiled }) => compiled);
};

interface TouchResult {
  readonly compiled: readonly CompiledMessage[];
  readonly problems: readonly Problem[];
}

const compiledTouch = async (folder: string, touch: Touch): Promise<TouchResult> => {
  const results = await Promise.all(
    sourcesOf(folder, touch).map(async (source) => ({
      source,
      result: await compileTemplate(source, folder),
    })),
  );
  const compiled = results.flatMap(({ source, result }) =>
    result.kind === 'compiled' ? { source, template: result.template } : [],
  );
  const read = new Set<string>();
  const problems = [
    ...results.flatMap(({ result }) => (result.kind === 'refused' ? result.problems : [])),
    ...compiled.flatMap((message) =>
      problemsOf(message, { folder, note: (path) => read.add(path) }),
    ),
  ];
  // What a template uses can be counted once it renders.
  return problems.length > 0
    ? { compiled, problems }
    : { compiled, problems: personalisationProblems(folder, touch, read) };
};

const refuseAny = (problems: readonly Problem[]): void => {
  if (problems.length > 0) throw new InvalidMessages(distinct(problems));
};

/** A file that many include is wrong once. */
const distinct = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];

const write = async (
  outDir: string,
  { source: { touch, language }, template }: CompiledMessage,
): Promise<void> => {
  const folder = join(outDir, touch.name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${language}.json`), JSON.stringify(template));
};
