import type { TextRequest } from './feedback.ts';

/**
 * The words that AWS opts a number out by (End User Messaging user guide, "Required opt-out keywords"), those of
 * 47 CFR 64.1200(a)(10) that it lacks, and German ones.
 */
const stopWords: readonly string[] = [
  'ARRET',
  'CANCEL',
  'END',
  'OPT-OUT',
  'OPT OUT',
  'OPTOUT',
  'QUIT',
  'REMOVE',
  'REVOKE',
  'STOP',
  'STOPALL',
  'TD',
  'UNSUBSCRIBE',
  'ABBESTELLEN',
  'ABMELDEN',
  'STOPP',
];

/** Those by which a customer of a toll-free number comes back (ibid.). */
const startWords: ReadonlySet<string> = new Set(['START', 'UNSTOP']);

const helpWords: readonly string[] = ['HELP', 'HILFE'];

/**
 * What a customer's text asks for. It asks to stop when it begins with such a word, as AWS has it ("Keywords"): who
 * writes more than the word means it no less. It asks to start again only by the word alone: silence is the
 * safe side.
 */
export const requestOf = (text: string): TextRequest => {
  const said = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .replace(/\s+/g, ' ');
  if (startWords.has(said)) return 'start';
  if (stopWords.some((word) => beginsWith(said, word))) return 'stop';
  return helpWords.some((word) => beginsWith(said, word)) ? 'help' : 'other';
};

const beginsWith = (said: string, word: string): boolean =>
  said.startsWith(word) && !/^[\p{L}\p{N}]/u.test(said.slice(word.length));
