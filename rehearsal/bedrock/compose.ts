import type {
  ContentBlock,
  ContentKind,
  Draft,
  DraftedText,
} from '#core/domain/content/content.ts';
import { factsOfKind } from '#core/domain/content/kind-facts.ts';
import { composedLanguages, type ComposedLanguage, framesOf, pick, sentenceOf } from './frames.ts';
import { proposalsFrom } from './propose.ts';
import { isQuotable, neutralSentences } from './quotable.ts';
import type { AskedDraft, GivenFact } from './read-request.ts';

/** Types that texts of a kind also tell of, where they have something to tell. */
const besides: Readonly<Record<ContentKind, readonly string[]>> = {
  'usage-guide': [],
  care: [],
  troubleshooting: ['compatibility'],
  pairing: ['compatibility'],
  upsell: [],
};

/** Kinds that keep every warning. */
const warned: ReadonlySet<ContentKind> = new Set(['usage-guide', 'care', 'troubleshooting']);

const warningTypes: ReadonlySet<string> = new Set(['warning', 'allergens']);

/** Facts that one text tells of, besides warnings. */
const MOST_FACTS = 6;

/**
 * An honest draft: sentences of the catalogue in the asked-for language, word for word, in frames of our own. It
 * composes and does not write, so it says nothing about how good a model's texts are.
 *
 * @param draw chooses among frames
 */
export const compose = ({ task, facts }: AskedDraft, draw: () => number): Draft => {
  const language = composedLanguages.find((each) => each === task.locale.split('-')[0]);
  const proposals = proposalsFrom(task.propose, facts);
  if (language === undefined) return { texts: [], proposals };
  const told = facts.filter((fact) => (fact.language ?? language) === language);
  const isComplete = facts.filter(isWarning).every((fact) => told.includes(fact));
  const texts = task.kinds.flatMap((kind): readonly DraftedText[] => {
    if (warned.has(kind) && !isComplete) return [];
    const blocks = blocksOf({ kind, language, told, bannedWords: task.bannedWords, draw });
    return blocks.length === 0 ? [] : [{ kind, blocks }];
  });
  return { texts, proposals };
};

const isWarning = ({ type }: GivenFact): boolean => warningTypes.has(type);

interface Writing {
  readonly kind: ContentKind;
  readonly language: ComposedLanguage;
  readonly told: readonly GivenFact[];
  readonly bannedWords: readonly string[];
  readonly draw: () => number;
}

const blocksOf = (writing: Writing): readonly ContentBlock[] => {
  const { kind, told, bannedWords, language, draw } = writing;
  const isAllowed = ({ text }: ContentBlock): boolean => !hasBannedWord(text, bannedWords);
  const own: readonly string[] = factsOfKind[kind];
  const stated = told
    .filter(({ type }) => own.includes(type))
    .toSorted((a, b) => own.indexOf(a.type) - own.indexOf(b.type))
    .slice(0, MOST_FACTS)
    .flatMap((fact) => statementsOf(fact, writing))
    .filter(isAllowed);
  if (stated.length === 0) return [];
  const further = told
    .filter(({ type }) => besides[kind].includes(type))
    .flatMap((fact) => statementsOf(fact, writing));
  const warnings = warned.has(kind) ? told.filter(isWarning) : [];
  return [
    ...openingOf(writing).filter(isAllowed),
    ...stated,
    ...further.filter(isAllowed),
    ...warnings.map((fact): ContentBlock => {
      return { style: 'warning', text: sentenceOf(fact, language, draw), facts: [fact.id] };
    }),
  ];
};

/** The name is a fact like any other. One longer than the words around it would set the language of the block. */
const openingOf = ({ kind, language, told, draw }: Writing): readonly ContentBlock[] => {
  const name = told.find(({ type, text }) => type === 'name' && isQuotable(text));
  const frame = pick(framesOf[language].openings[kind], draw);
  return name === undefined || frame === undefined || wordsIn(name.text) >= wordsIn(frame)
    ? []
    : [{ style: 'paragraph', text: frame.replace('{}', () => name.text), facts: [name.id] }];
};

const wordsIn = (text: string): number => text.split(/\s+/).length;

const statementsOf = (
  fact: GivenFact,
  { kind, language, draw }: Writing,
): readonly ContentBlock[] => {
  const style = kind === 'usage-guide' && fact.type === 'use' ? 'step' : 'paragraph';
  const facts = [fact.id];
  if (fact.type === 'description') {
    const text = neutralSentences(fact, language).join(' ');
    return text === '' ? [] : [{ style, text, facts }];
  }
  return isQuotable(fact.text) ? [{ style, text: sentenceOf(fact, language, draw), facts }] : [];
};

/** A word that ends in `*` stands for all that begin like it. */
const hasBannedWord = (text: string, bannedWords: readonly string[]): boolean =>
  bannedWords.some((word) => {
    const stem = RegExp.escape(word.replace(/\*$/, ''));
    const end = word.endsWith('*') ? '' : '(?![\\p{L}\\p{N}])';
    return new RegExp(`(?<![\\p{L}\\p{N}])${stem}${end}`, 'iu').test(text);
  });
