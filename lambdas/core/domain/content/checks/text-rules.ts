import type { ContentBlock, ContentKind, Violation } from '../content.ts';
import type { Evidence, Reading } from './reading.ts';
import type { Finding } from './rules.ts';
import type { CheckedLanguage } from './words.ts';

/** Characters and blocks that a kind has room for: what its place in a message or on a page holds. */
const limits: Readonly<
  Record<ContentKind, { readonly blocks: number; readonly characters: number }>
> = {
  'usage-guide': { blocks: 12, characters: 2400 },
  care: { blocks: 10, characters: 1800 },
  troubleshooting: { blocks: 12, characters: 2400 },
  pairing: { blocks: 5, characters: 800 },
  upsell: { blocks: 5, characters: 800 },
};
const BLOCK_CHARACTERS = 600;
/** Below this nothing is said: `Enjoy!` */
const LEAST_CHARACTERS = 20;

export const lengthViolations = (
  kind: ContentKind,
  blocks: readonly ContentBlock[],
): readonly Violation[] => {
  const { blocks: most, characters } = limits[kind];
  const lengths = blocks.map(({ text }) => text.trim().length);
  const total = lengths.reduce((sum, each) => sum + each, 0);
  const own = blocks
    .filter(({ style }) => style !== 'warning')
    .reduce((sum, { text }) => sum + text.trim().length, 0);
  return [
    ...(blocks.length > most
      ? [{ rule: 'too-long', because: `${blocks.length} blocks, at most ${most}` }]
      : []),
    ...(total > characters
      ? [{ rule: 'too-long', because: `${total} characters, at most ${characters}` }]
      : []),
    ...(own < LEAST_CHARACTERS
      ? [
          {
            rule: 'too-short',
            because: `${own} characters besides warnings, at least ${LEAST_CHARACTERS}`,
          },
        ]
      : []),
    ...lengths.flatMap((length, block): readonly Violation[] => {
      if (length > BLOCK_CHARACTERS)
        return [
          { rule: 'too-long', block, because: `${length} characters, at most ${BLOCK_CHARACTERS}` },
        ];
      return length === 0 ? [{ rule: 'too-short', block, because: 'nothing written' }] : [];
    }),
  ];
};

/** German words are longer than English ones: the same ease has a higher LIX. */
const mostLix: Readonly<Record<CheckedLanguage, number>> = { en: 60, de: 70 };
/** In fewer words one long one decides. */
const LIX_WORDS = 18;

/**
 * LIX: words per sentence + percentage of words of more than six letters (C. H. Björnsson, Läsbarhet, 1968). 60 is
 * very hard.
 */
export const lix = (text: string): number => {
  const words = text.match(/[\p{L}\p{M}'’-]+/gu) ?? [];
  const sentences = text.match(/[.!?:](?=\s|$)/gu)?.length ?? 0;
  const long = words.filter((word) => word.length > 6).length;
  return words.length === 0
    ? 0
    : words.length / Math.max(sentences, 1) + (100 * long) / words.length;
};

export const readingFindings = ({ text, language, words }: Reading): readonly Finding[] => {
  const found = words.length < LIX_WORDS ? 0 : lix(text);
  return found <= mostLix[language]
    ? []
    : [
        {
          rule: 'reading-level',
          because: `LIX ${Math.round(found)}, at most ${mostLix[language]}`,
        },
      ];
};

const markups: readonly (readonly [string, RegExp])[] = [
  ['HTML', /<\/?[a-z!][^>]*>|&(?:[a-z]{2,8}|#x?[\da-f]+);/iu],
  ['angle brackets', /[<>]/u],
  ['template code', /\{\{|\}\}|\{%|%\}|\$\{|[{}]/u],
  ['Markdown', /\*\*|__|``?|^\s*#{1,6}\s|^\s*(?:[-*+•]|\d+\.)\s|\[[^\]]*\]\(|~~|\*\S/mu],
  [
    'emoji or pictographs',
    /\p{Extended_Pictographic}(?<![™®©#*\d])|[\u{1f1e6}-\u{1f1ff}]|\ufe0f|\u20e3/u,
  ],
  [
    'hidden or control characters',
    /[\p{Cc}--\n]|[\p{Cf}\p{Co}\p{Cn}\p{Cs}]|\u034f|[\u115f\u1160\u3164\uffa0\u2800]/v,
  ],
  ['letters of other scripts', /(?!\p{Script=Latin})\p{L}(?<![µμº])/u],
  [
    'disguised letters',
    /[\u{1d400}-\u{1d7ff}\u{1f130}-\u{1f189}\uff01-\uff5e\u2460-\u24ff\u2100-\u2101\u2103-\u2108\u210a-\u2115]/u,
  ],
  ['code', /\\[nrtux]|\/\*|\*\/|=>|;\s*$/u],
];

export const markupFindings = (text: string): readonly Finding[] =>
  markups
    .filter(([, pattern]) => pattern.test(text))
    .map(([name]) => ({ rule: 'markup', because: `${name} in the text` }));

const links: readonly (readonly [string, RegExp])[] = [
  ['an address', /\b(?:https?|ftp|mailto|tel|sms|javascript|data):|\bwww\b/iu],
  [
    'a domain',
    /\b[\p{L}\d-]{2,}(?:\.|\s\.\s?|\s?(?:\[\.\]|\(\.\)|\(dot\)|\[dot\])\s?)(?:com|net|org|de|at|ch|eu|io|co|uk|shop|store|info|biz|app|dev|me|ai|tv|fr|it|es|nl|pl|us|cc|ly|gl|link|click|site|online|xyz|top|example|test)\b(?![.]\p{L}{3,}\s\p{L})/iu,
  ],
  [
    'a spelled domain',
    /\b[\p{L}\d-]{2,}\s(?:dot|punkt|\(\.\)|\[\.\])\s?(?:com|net|org|de|at|ch|eu|io|co|uk|shop|store|info)\b/iu,
  ],
  ['an e-mail address', /\S@\S|[([{](?:at|ät)[)\]}]|\s\(?(?:at|ät)\)?\s\S+\s(?:dot|punkt)\s/iu],
  ['a handle', /(?:^|\s)@\p{L}/u],
  ['a phone number', /(?:\+|\b00)\d[\d\s()/-]{6,}\d|\b0\d{2,5}[\s/-]\d[\d\s/-]{3,}\d/u],
  ['a path', /\b\p{L}[\p{L}\d-]+\.\p{L}{2,}\/\p{L}/u],
];

export const linkFindings = (text: string): readonly Finding[] =>
  links
    .filter(([, pattern]) => pattern.test(text))
    .map(([name]) => ({ rule: 'link', because: `${name} in the text` }));

const TOKEN = /[\p{L}\d]+[™®]?/gu;
const NAME = /\p{Ll}\p{Lu}|[™®]|\p{L}\d|^\d+\p{Lu}\p{L}*$/u;

/** Model numbers and trademarks: what is written like no word has to be in a cited fact. */
export const nameFindings = (
  { text, quantities }: Reading,
  evidence: Evidence,
): readonly Finding[] =>
  Array.from(text.matchAll(TOKEN))
    .filter(
      ({ 0: token, index }) =>
        NAME.test(token) && !quantities.some(({ start, end }) => index >= start && index < end),
    )
    .map(([token]) => token)
    .filter((token) => !evidence.text.includes(token.toLowerCase()))
    .map((token) => ({ rule: 'unknown-name', because: `"${token}" is in no cited fact` }));

/** A banned word: whole, without case, any gap between its words; `luxur*` also what begins with it. */
export const bannedPattern = (word: string): RegExp => {
  const isPrefix = word.endsWith('*');
  const parts = (isPrefix ? word.slice(0, -1) : word)
    .trim()
    .split(/\s+/u)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`));
  return new RegExp(
    `(?<![\\p{L}\\d])${parts.join(String.raw`[\s-]+`)}${isPrefix ? '' : String.raw`(?![\p{L}\d])`}`,
    'iu',
  );
};

export const bannedFindings = (text: string, patterns: readonly RegExp[]): readonly Finding[] =>
  patterns
    .flatMap((pattern) => pattern.exec(text)?.[0] ?? [])
    .map((word) => ({ rule: 'banned-word', because: `"${word}" is on the shop's list` }));
