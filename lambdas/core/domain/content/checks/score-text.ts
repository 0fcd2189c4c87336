import type { CitableFact } from '../citable-facts.ts';
import type { ContentBlock } from '../content.ts';
import { evidenceOf, readText, statedAmount } from './reading.ts';
import { isChecked } from './words.ts';

export interface TextToScore {
  /** ISO 639-1 */
  readonly language: string;
  readonly blocks: readonly ContentBlock[];
  readonly facts: readonly CitableFact[];
}

/**
 * From 0 to 1: the share of a text's content words and numbers that the facts its blocks cite bear out, by stem,
 * concept or amount. A measure of how closely a text keeps to its facts, not of whether it is true: `checkText` decides
 * that first. A text against facts in another language scores low, for only concepts and numbers meet.
 *
 * @returns 0 for a text without content words and in a language that has no lexicons
 */
export const scoreText = ({ language, blocks, facts }: TextToScore): number => {
  if (!isChecked(language)) return 0;
  const counts = blocks.map(({ text, facts: cited }) => {
    const evidence = evidenceOf(
      facts.filter(({ id }) => cited.includes(id)),
      language,
    );
    const { content, mentions, quantities } = readText(text, language);
    const isBorneOut = ({ stem, start, end }: (typeof content)[number]): boolean =>
      evidence.stems.has(stem) ||
      mentions.some(
        (mention) =>
          start >= mention.start && end <= mention.end && evidence.concepts.has(mention.id),
      ) ||
      quantities.some(
        (claim) =>
          start >= claim.start && end <= claim.end && statedAmount(evidence, claim) !== undefined,
      );
    return { all: content.length, borneOut: content.filter(isBorneOut).length };
  });
  const all = counts.reduce((sum, each) => sum + each.all, 0);
  return all === 0 ? 0 : counts.reduce((sum, each) => sum + each.borneOut, 0) / all;
};
