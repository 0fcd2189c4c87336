import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { touches } from '#touches/registry.ts';

/** Where the templates of touches are, a folder for each. */
export interface MessageSource {
  readonly folder: string;
  readonly touches: readonly string[];
}

export const allTouches: MessageSource = {
  folder: fileURLToPath(new URL('../../touches', import.meta.url)),
  touches: Object.keys(touches),
};

/** The two files that an e-mail of one touch in one language is written in. */
export interface EmailSource {
  readonly touch: string;
  readonly language: string;
  readonly mjml: string;
  readonly text: string;
}

/** What is wrong in which file; the line is not always known. */
export interface Problem {
  readonly file: string;
  readonly line?: number | undefined;
  readonly what: string;
}

/** The e-mails of a touch, by the MJML files in its folder. */
export const emailsOf = (folder: string, touch: string): readonly EmailSource[] => {
  const path = join(folder, touch);
  const files = existsSync(path) ? readdirSync(path) : [];
  return files
    .flatMap((file) => /^email\.([a-z]{2,3})\.mjml$/.exec(file)?.[1] ?? [])
    .map((language) => ({
      touch,
      language,
      mjml: join(path, `email.${language}.mjml`),
      text: join(path, `text.${language}.liquid`),
    }));
};

/** Files that a touch lacks for being sent in each of its languages. */
export const missingFiles = (folder: string, touch: string): readonly Problem[] => {
  const emails = emailsOf(folder, touch);
  if (emails.length === 0)
    return [
      { file: join(folder, touch), what: 'has no email.<language>.mjml: nothing could be sent' },
    ];
  return emails
    .filter(({ text }) => !existsSync(text))
    .map(({ text }) => ({ file: text, what: 'is missing: every e-mail has a plain-text part' }));
};

const textInclude = /\{%-?\s*include\s+'([^']+)'\s*-?%\}/g;

const mjmlInclude = /<mj-include\s[^>]*path="([^"]+)"/g;

/** The text with each `{% include '<path>' %}` replaced by that file; paths are relative to the file. */
export const expanded = (file: string): string =>
  readFileSync(file, 'utf8').replaceAll(textInclude, (_, path: string) =>
    expanded(resolve(dirname(file), path)),
  );

/** The file and every file that it includes. */
const filesOf = (file: string): readonly string[] => {
  const content = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const included = [...content.matchAll(textInclude), ...content.matchAll(mjmlInclude)].map(
    ([, path = '']) => resolve(dirname(file), path),
  );
  return [file, ...included.flatMap(filesOf)];
};

/** Includes of files that are not there. */
export const brokenIncludes = (file: string): readonly Problem[] =>
  filesOf(file)
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
  const places = filesOf(file)
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
