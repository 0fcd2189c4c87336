import { negators } from './lexicon/phrases.ts';
import type { CheckedLanguage } from './words.ts';

/** Said, denied, or not to be told: a member of a list that begins or ends with a negation. */
export type Polarity = 'said' | 'denied' | 'either';

interface Clause {
  readonly start: number;
  readonly end: number;
  readonly words: number;
  /** Joined to the one before by a comma or by and, or. */
  readonly isContinued: boolean;
  readonly isDenied: boolean;
  /** From where to where its words are denied, as by `without`. */
  readonly deniedFrom: number;
  readonly deniedTo: number;
  /** By and, or; not by a comma. */
  readonly isJoined: boolean;
}

/** More words than these say something of their own. */
const LIST_MEMBER_WORDS = 5;

/** So few words joined to a denial are denied with it: `free from perfume and alcohol`. */
const JOINED_WORDS = 2;

const splitters: Readonly<Record<CheckedLanguage, RegExp>> = {
  en: /(?<hard>[.!?](?=\s|$)|[:;–—()\n]|\b(?:but|then|while|because|before|until|otherwise|where|if|when|unless)\b)|,(?=\s)|\b(?:and|or|so)\b/giu,
  de: /(?<hard>[.!?](?=\s|$)|[:;–—()\n]|\b(?:aber|sondern|dann|denn|weil|bevor|sonst|wenn|falls|während)\b)|,(?=\s)|\b(?:und|oder|bzw)\b/giu,
};

const compiled = (language: CheckedLanguage) => {
  const { clause, ahead, behind } = negators[language];
  const edges = (words: string) => `(?<![\\p{L}\\d])(?:${words})(?![\\p{L}\\d])`;
  return {
    clause: new RegExp(`${edges(clause)}(?! (?:only|just|forget|nur|vergessen))`, 'iu'),
    ahead: new RegExp(edges(ahead), 'iu'),
    behind: new RegExp(`^[\\s-]?(?:${behind})(?![\\p{L}\\d])(?! (?:from|of|von))`, 'iu'),
  };
};

const patterns = { en: compiled('en'), de: compiled('de') } as const;

/** How far `without` and `no` reach: over a noun with what stands before it; the others to the clause's end. */
const reachOf = (part: string, language: CheckedLanguage): number =>
  reaches[language].exec(part)?.[0].length ?? part.length;
const reaches = {
  en: /^(?:no|without)(?:[\s-]+\S+){1,3}/iu,
  de: /^(?:[Kk]ein\p{L}*|[Oo]hne)(?: \p{Ll}\S*){0,3} \p{Lu}[\p{L}-]*/u,
} as const;

/** The parts of a text within which a negation holds. */
export const clausesOf = (text: string, language: CheckedLanguage): readonly Clause[] => {
  const clauses: Clause[] = [];
  let start = 0;
  let isContinued = false;
  let isJoined = false;
  const add = (end: number) => {
    const part = text.slice(start, end);
    const words = part.split(/\s+/u).filter((word) => word !== '').length;
    if (words === 0) return;
    const ahead = patterns[language].ahead.exec(part);
    clauses.push({
      start,
      end,
      words,
      isContinued,
      isDenied: patterns[language].clause.test(part),
      deniedFrom: ahead === null ? Infinity : start + ahead.index,
      deniedTo:
        ahead === null ? end : start + ahead.index + reachOf(part.slice(ahead.index), language),
      isJoined,
    });
  };
  for (const match of text.matchAll(splitters[language])) {
    const before = clauses.length;
    add(match.index);
    const isHard = match.groups?.['hard'] !== undefined;
    isContinued = clauses.length === before ? isContinued && !isHard : !isHard;
    isJoined = /\p{L}/u.test(match[0]) && !isHard;
    start = match.index + match[0].length;
  }
  add(text.length);
  return clauses;
};

/** Of which clause a place in the text is; -1 where it is between two. */
export const clauseAt = (clauses: readonly Clause[], place: number): number =>
  clauses.findIndex(({ start, end }) => place >= start && place < end);

/** Whether what stands from `start` to `end` is said or denied. */
export const polarityAt = (
  {
    text,
    language,
    clauses,
  }: {
    readonly text: string;
    readonly language: CheckedLanguage;
    readonly clauses: readonly Clause[];
  },
  { start, end }: { readonly start: number; readonly end: number },
): Polarity => {
  const at = clauseAt(clauses, start);
  const clause = clauses[at];
  if (clause === undefined) return 'said';
  if (patterns[language].behind.test(text.slice(end, end + 10))) return 'denied';
  if (clause.isDenied || (clause.deniedFrom <= start && start < clause.deniedTo)) return 'denied';
  return clause.words > LIST_MEMBER_WORDS
    ? 'said'
    : asListMember(clause, clauses[at - 1], clauses[at + 1]);
};

/** What the denial before or after a member of a list makes of it. */
const asListMember = (
  { isContinued, isJoined, words }: Clause,
  before: Clause | undefined,
  after: Clause | undefined,
): Polarity => {
  const followsDenial = isContinued && before !== undefined && hasDenial(before);
  if (followsDenial && isJoined && words <= JOINED_WORDS) return 'denied';
  const precedesDenial = after?.isContinued === true && after.isDenied;
  return followsDenial || precedesDenial ? 'either' : 'said';
};

const hasDenial = ({ isDenied, deniedFrom }: Clause): boolean => isDenied || deniedFrom < Infinity;

/** Whether two can both be true. */
export const agree = (one: Polarity, other: Polarity): boolean =>
  one === 'either' || other === 'either' || one === other;
