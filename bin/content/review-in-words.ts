import { styleText } from 'node:util';
import { contentRefInWords } from '#core/domain/content/product-texts.ts';
import {
  BLOCK_END,
  type CitedFact,
  type ReviewedBlock,
  type ReviewList,
  styleMarks,
  type WaitingFact,
  type WaitingText,
} from './review-list.ts';
import { visible } from '../catalogue/visible-text.ts';
import { ageInWords, count, usdInWords } from './words.ts';
import type { DiffPart } from './word-diff.ts';

/** The list to read in a terminal; colours only where it has them. */
export const reviewInWords = (list: ReviewList): string =>
  [
    ...list.texts.map((text) => textInWords(text, list.asOf)),
    ...list.facts.map((fact) => factInWords(fact, list.asOf)),
    summaryInWords(list),
  ].join('\n\n');

/** `2 texts and 1 proposed fact wait for a person; 3 texts were refused: number 2, link 1.` */
export const summaryInWords = ({ texts, facts, refused }: ReviewList): string => {
  const waiting = `${count(texts.length, 'text')} and ${count(facts.length, 'proposed fact')} ${texts.length + facts.length === 1 ? 'waits' : 'wait'} for a person`;
  if (refused.texts === 0) return `${waiting}; none was refused.`;
  const rules = refused.rules.map(({ rule, texts: of }) => `${rule} ${of}`).join(', ');
  return `${waiting}; ${count(refused.texts, 'text')} ${refused.texts === 1 ? 'was' : 'were'} refused: ${rules}.`;
};

const riskColours = { low: 'green', medium: 'yellow', high: 'red' } as const;

const textInWords = (text: WaitingText, now: string): string => {
  const { name, shop, category, risk, score, model, prompt, usd, draftedAt, change } = text;
  return [
    styleText(
      'bold',
      `${visible(contentRefInWords(text))}  ${visible(name ?? 'not in the catalogue')}`,
    ),
    `  ${styleText(riskColours[risk], `risk ${risk}`)}, score ${score.toFixed(2)}, ${shop}${category === undefined ? '' : `, ${visible(category)}`}; by ${model} (${prompt}) for ${usdInWords(usd)}, age ${ageInWords(draftedAt, now)}`,
    ...(text.isOutdated
      ? [
          styleText(
            'yellow',
            '  Its facts have changed since: it would not be sent. Draft it again.',
          ),
        ]
      : []),
    ...text.blocks.flatMap(blockLines),
    ...text.otherWarnings.map((fact) =>
      styleText('gray', `      not cited: ${citedInWords(fact)}`),
    ),
    ...(change === undefined
      ? ['  nothing of this kind is in use']
      : [`  against v${change.from}, which is in use:`, ...diffLines(change.parts)]),
  ].join('\n');
};

/** A block and what it cites, a line each. */
export const blockLines = ({ style, text, facts }: ReviewedBlock): readonly string[] => [
  `    ${style === 'warning' ? styleText('yellow', `⚠ WARNING ${visible(text)}`) : `${styleMarks[style]} ${visible(text)}`.trimStart()}`,
  ...facts.map((fact) => styleText('gray', `      ${citedInWords(fact)}`)),
];

const citedInWords = ({ id, type, text }: CitedFact): string =>
  `${visible(id)}${type === 'warning' ? ' (warning)' : ''}: ${text === undefined ? 'not stated any more' : visible(text)}`;

/** Each block on its line, with `[-what goes-]` and `{+what is new+}`. */
export const diffLines = (parts: readonly DiffPart[]): readonly string[] =>
  parts
    .flatMap(({ kind, words }) =>
      runsOf(words).map((run) => (run === BLOCK_END ? run : marked(kind, run))),
    )
    .join(' ')
    .split(BLOCK_END)
    .map((line) => `    ${line.trim()}`);

const marked = (kind: DiffPart['kind'], run: string): string => {
  switch (kind) {
    case 'same':
      return visible(run);
    case 'removed':
      return styleText('red', `[-${visible(run)}-]`);
    case 'added':
      return styleText('green', `{+${visible(run)}+}`);
  }
};

/** Words up to the end of their block, and the ends of blocks between them. */
export const runsOf = (words: readonly string[]): readonly string[] =>
  words
    .join(' ')
    .split(new RegExp(` ?(${BLOCK_END}) ?`, 'u'))
    .filter((run) => run !== '');

const factInWords = (proposed: WaitingFact, now: string): string => {
  const { shop, sku, name, fact, value, confidence, because, evidence, model, prompt } = proposed;
  return [
    styleText(
      'bold',
      `${visible(sku)} fact ${fact} = ${visible(String(value))}  ${visible(name ?? 'not in the catalogue')}`,
    ),
    `  confidence ${confidence.toFixed(2)}, ${shop}; by ${model} (${prompt}), age ${ageInWords(proposed.proposedAt, now)}`,
    `  ${visible(because)}`,
    ...evidence.map((cited) => styleText('gray', `      ${citedInWords(cited)}`)),
  ].join('\n');
};
