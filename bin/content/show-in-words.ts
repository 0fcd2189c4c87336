import { styleText } from 'node:util';
import { contentKinds } from '#core/domain/content/content.ts';
import {
  type ContentVersion,
  liveVersion,
  type ProductTexts,
  type ReviewDecision,
  stateOf,
} from '#core/domain/content/product-texts.ts';
import { type ProposedFact, stateOfProposal } from '#core/domain/content/proposals.ts';
import { blockLines } from './review-in-words.ts';
import { visible } from '../catalogue/visible-text.ts';
import { minuteOf, usdInWords } from './words.ts';
import type { StoredContents } from './stored-contents.ts';

/** All versions of a product's texts and what was decided of them, the newest of each kind first. */
export const showInWords = ({ texts, proposals }: StoredContents): string =>
  [
    ...texts.flatMap((of) =>
      contentKinds.flatMap((kind) =>
        of.versions
          .filter((version) => version.kind === kind)
          .toReversed()
          .map((version) => versionInWords(of, version)),
      ),
    ),
    ...proposals.flatMap(({ shop, sku, facts }) =>
      facts.map((fact) => proposedInWords(`${sku} of ${shop}`, fact)),
    ),
  ].join('\n\n');

const versionInWords = (of: ProductTexts, version: ContentVersion): string => {
  const isLive = liveVersion(of, version.kind) === version;
  const { kind, draftedBy, draftedAt, tokens, usd, score, risk, violations, decisions } = version;
  return [
    `${styleText('bold', visible(`${of.sku} ${kind} ${of.locale} v${version.version}`))} of ${of.shop}: ${stateOf(version)}${isLive ? ', in use' : ''}`,
    `  drafted ${minuteOf(draftedAt)} by ${draftedBy.model} (${draftedBy.prompt}), ${tokens} tokens, ${usdInWords(usd)}; risk ${risk}, score ${score.toFixed(2)}`,
    ...decisions.map(decisionInWords),
    ...violations.map(
      ({ rule, block, because }) =>
        `  ${styleText('red', `✗ ${rule}`)}${block === undefined ? '' : `, block ${block + 1}`}: ${visible(because)}`,
    ),
    ...version.blocks.flatMap((block) => [
      ...blockLines({ ...block, facts: [] }),
      styleText('gray', `      rests on ${visible(block.facts.join(', ')) || 'nothing'}`),
    ]),
  ].join('\n');
};

const decisionInWords = ({ verdict, by, at, reason }: ReviewDecision): string =>
  `  ${minuteOf(at)} ${verdict} by ${visible(by)}${reason === undefined ? '' : `: ${visible(reason)}`}`;

const proposedInWords = (of: string, proposed: ProposedFact): string =>
  [
    `${styleText('bold', visible(`${of} fact ${proposed.fact} = ${proposed.value}`))}: ${stateOfProposal(proposed)}`,
    `  proposed ${minuteOf(proposed.proposedAt)} by ${proposed.proposedBy.model} (${proposed.proposedBy.prompt}), confidence ${proposed.confidence.toFixed(2)}, from ${visible(proposed.evidence.join(', '))}: ${visible(proposed.because)}`,
    ...proposed.decisions.map(decisionInWords),
  ].join('\n');
