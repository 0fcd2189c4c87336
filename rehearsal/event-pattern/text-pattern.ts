import { caseSpellings } from './ignore-case.ts';
import type { ValuePattern } from './value-pattern.ts';
import { wildcardPieces } from './wildcard.ts';

/** Patterns over text are held against a value in bare quotes, so each carries the quotes that it pins down. */
export const exactText = (text: string): ValuePattern => ({ kind: 'exact', token: `"${text}"` });

export const prefix = (text: string): ValuePattern => ({ kind: 'prefix', start: `"${text}` });

export const suffix = (text: string): ValuePattern => ({ kind: 'suffix', end: `${text}"` });

export const ignoreCase = (text: string): ValuePattern => ({
  kind: 'ignore-case',
  part: 'whole',
  spellings: caseSpellings(`"${text}"`),
});

export const prefixIgnoreCase = (text: string): ValuePattern => ({
  kind: 'ignore-case',
  part: 'start',
  spellings: caseSpellings(`"${text}`),
});

export const suffixIgnoreCase = (text: string): ValuePattern => ({
  kind: 'ignore-case',
  part: 'end',
  spellings: caseSpellings(`${text}"`),
});

/** Throws InvalidEventPattern on a misplaced `*` or backslash. */
export const wildcard = (text: string): ValuePattern => {
  const [first = '', ...rest] = wildcardPieces(text);
  const last = rest.pop();
  const pieces = last === undefined ? [`"${first}"`] : [`"${first}`, ...rest, `${last}"`];
  return { kind: 'wildcard', pieces };
};
