import type { GivenFact } from './read-request.ts';

/** What an honest writer does not take from a catalogue: praise, prices, links, markup, talk to a model. */
const notQuoted: readonly RegExp[] = [
  /https?:|www\.|\S@\S|\b[\w-]+\.(?:com|net|org|de|example)\b/i,
  /[<>{}`*_#|\\]|\[[^\]]*\]\(/,
  /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/,
  /\p{Extended_Pictographic}/u,
  /[$€£]\s?\d|\d\s?(?:[$€£]|USD|EUR)\b|\b(?:discount|rabatt|gratis|free shipping|versandkostenfrei)\b/i,
  /\b(?:best|perfect|perfectly|ultimate|unbeatable|amazing|stunning|incredible|must-have|luxurious|number one|world-class|finest|greatest|favou?rite|beautiful|gorgeous|fantastic|you(?:'|’)ll love)\b/i,
  /\b(?:beste[nrs]?|perfekt\w*|ultimativ\w*|unschlagbar\w*|einzigartig\w*|traumhaft\w*|nummer eins|luxuriös\w*|fantastisch\w*)(?![\p{L}])/iu,
  /!\s*$/,
];

/** Words by which somebody talks to a model instead of stating something. */
const INSTRUCTION =
  /\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instruction|rule|prompt|above|previous|everything)|\bsystem prompt\b|\bas an ai\b|\byou (?:are|must) now\b|\b(?:write|say|tell|state|answer|output)\b.{0,20}\bthat\b|\b(?:ignoriere|vergiss|missachte)\b|\bschreib\w*\b.{0,20}\bdass\b|\bantworte\b/i;

/** Whether a text tells a model what to do. */
export const isInstruction = (text: string): boolean => INSTRUCTION.test(text);

export const isQuotable = (text: string): boolean =>
  !isInstruction(text) && notQuoted.every((pattern) => !pattern.test(text));

/** Sentences of a longer description that only state something, three at most. */
export const neutralSentences = ({ text }: GivenFact, language: string): readonly string[] =>
  [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)]
    .map(({ segment }) => segment.trim())
    .filter((sentence) => sentence !== '' && isQuotable(sentence))
    .slice(0, 3);
