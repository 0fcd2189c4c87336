import { Liquid } from 'liquidjs';
import { strictLiquid } from '#core/adapters/liquid-message-renderer.ts';
import { liquidProblem } from './liquid-problem.ts';
import type { Problem } from './message-source.ts';

/** Liquid of its own brackets; all other Liquid is text to it. */
const brackets = {
  ...strictLiquid,
  tagDelimiterLeft: '[%',
  tagDelimiterRight: '%]',
  outputDelimiterLeft: '[[',
  outputDelimiterRight: ']]',
} as const;

const htmlBrackets = new Liquid({ ...brackets, outputEscape: 'escape' });

const textBrackets = new Liquid(brackets);

export type Settled =
  | { readonly kind: 'settled'; readonly text: string }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/**
 * The template with what no order changes written out: `[[ word_total ]]` and `[% if show_amount %]`. What is settled
 * once here is not asked for each line of each message.
 *
 * @param file where it was written
 */
export const settled = (file: string, template: string, isHtml: boolean): Settled => {
  try {
    const text = String((isHtml ? htmlBrackets : textBrackets).parseAndRenderSync(template));
    return { kind: 'settled', text };
  } catch (error) {
    return { kind: 'refused', problems: [liquidProblem([file], error)] };
  }
};
