import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Channel, Touch } from '#core/domain/touches/touch.ts';
import { touches } from '#touches/registry.ts';

/** Where the templates of touches are, a folder for each. */
export interface MessageSource {
  readonly folder: string;
  readonly touches: readonly Touch[];
}

export const allTouches: MessageSource = {
  folder: fileURLToPath(new URL('../../touches', import.meta.url)),
  touches: Object.values(touches),
};

/** The files that a touch in one language is written in; those of channels that it has exist. */
export interface TemplateSource {
  readonly touch: Touch;
  readonly language: string;
  readonly files: Readonly<Record<TemplateFile, string>>;
}

/** What is wrong in which file; the line is not always known. */
export interface Problem {
  readonly file: string;
  readonly line?: number | undefined;
  readonly what: string;
}

/** Every touch is written in these; in others too, where a shop speaks them. */
const requiredLanguages = ['en', 'de'] as const;

const channelOf = {
  email: 'email',
  text: 'email',
  sms: 'sms',
  push: 'push',
  insert: 'insert',
} as const satisfies Readonly<Record<string, Channel>>;

export type TemplateFile = keyof typeof channelOf;

const templateFiles = ['email', 'text', 'sms', 'push', 'insert'] as const;

const nameOf = (file: TemplateFile, language: string): string =>
  `${file}.${language}.${file === 'email' ? 'mjml' : 'liquid'}`;

/** The touch in each language that it has to be, or is, written in. */
export const sourcesOf = (folder: string, touch: Touch): readonly TemplateSource[] => {
  const path = join(folder, touch.name);
  const at = (file: TemplateFile, language: string): string => join(path, nameOf(file, language));
  return languagesOf(filesIn(path)).map((language) => ({
    touch,
    language,
    files: {
      email: at('email', language),
      text: at('text', language),
      sms: at('sms', language),
      push: at('push', language),
      insert: at('insert', language),
    },
  }));
};

const filesIn = (path: string): readonly string[] => (existsSync(path) ? readdirSync(path) : []);

const templateName = /^([a-z]+)\.([a-z]{2,3})\.(?:mjml|liquid)$/;

const languagesOf = (files: readonly string[]): readonly string[] => [
  ...new Set([
    ...requiredLanguages,
    ...files.flatMap((file) => templateName.exec(file)?.[2] ?? []),
  ]),
];

/** Files that the touch's channels need and that are not there, and those that no channel needs. */
export const fileProblems = (folder: string, touch: Touch): readonly Problem[] => {
  const path = join(folder, touch.name);
  const sources = sourcesOf(folder, touch);
  const expected = sources.flatMap(({ language }) =>
    templateFiles
      .filter((file) => touch.channels.includes(channelOf[file]))
      .map((file) => ({ name: nameOf(file, language), why: whyNeeded(file) })),
  );
  const present = filesIn(path);
  const missing = expected.filter(({ name }) => !present.includes(name));
  const surplus = present.filter(
    (file) => file !== 'touch.ts' && !expected.some(({ name }) => name === file),
  );
  return [
    ...missing.map(({ name, why }) => ({ file: join(path, name), what: `is missing: ${why}` })),
    ...surplus.map((name) => ({
      file: join(path, name),
      what: `is used by no channel of touch.ts, which has ${touch.channels.join(', ')}`,
    })),
  ];
};

const whyNeeded = (file: TemplateFile): string =>
  file === 'text'
    ? 'every e-mail has a plain-text part'
    : `touch.ts names ${channelOf[file]}, in ${requiredLanguages.join(' and ')} at least`;

const textInclude = /\{%-?\s*include\s+'([^']+)'\s*-?%\}/g;

const mjmlInclude = /<mj-include\s[^>]*path="([^"]+)"/g;

/** The text with each `{% include '<path>' %}` replaced by that file; paths are relative to the file. */
export const expanded = (file: string): string =>
  readFileSync(file, 'utf8').replaceAll(textInclude, (_, path: string) =>
    expanded(resolve(dirname(file), path)),
  );

/** The file and every file that it includes. */
const withIncluded = (file: string): readonly string[] => {
  const content = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const included = [...content.matchAll(textInclude), ...content.matchAll(mjmlInclude)].map(
    ([, path = '']) => resolve(dirname(file), path),
  );
  return [file, ...included.flatMap(withIncluded)];
};

/** Includes of files that are not there. */
export const brokenIncludes = (file: string): readonly Problem[] =>
  withIncluded(file)
    .filter((each) => !existsSync(each))
    .map((each) => ({ ...placeOf(file, basename(each)), what: `includes ${each}: no such file` }));

/**
 * Where a fragment of a compiled template was written: the first place in the file, or in one that it
 * includes. Compiling joins lines, so white space is not compared.
 */
export const placeOf = (file: string, fragment: string): Omit<Problem, 'what'> => {
  const pattern = new RegExp(
    fragment
      .trim()
      .split(/\s+/)
      .map((word) => RegExp.escape(word))
      .join('\\s*'),
  );
  const places = withIncluded(file)
    .filter((each) => existsSync(each))
    .map((each) => ({ file: each, line: lineOf(readFileSync(each, 'utf8'), pattern) }));
  return places.find(({ line }) => line !== undefined) ?? { file };
};

const lineOf = (content: string, pattern: RegExp): number | undefined => {
  const at = content.search(pattern);
  return at < 0 ? undefined : content.slice(0, at).split('\n').length;
};

/** Some messages cannot be sent as they are written. */
export class InvalidMessages extends Error {
  override readonly name = 'InvalidMessages';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(`${problems.length} problem(s) in messages:\n  ${problems.map(inWords).join('\n  ')}`);
    this.problems = problems;
  }
}

const inWords = ({ file, line, what }: Problem): string => {
  const path = relative(process.cwd(), file);
  return `${path}${line === undefined ? '' : `:${line}`}: ${what}`;
};
