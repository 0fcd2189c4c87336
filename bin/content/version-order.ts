import type { ContentKind } from '#core/domain/content/content.ts';
import {
  type ContentVersion,
  type ProductTexts,
  stateOf,
} from '#core/domain/content/product-texts.ts';

/**
 * The version of a kind that waits for a person: the newest that broke no rule, unless something was decided of
 * it. What is older than a version that was decided is past.
 */
export const waitingVersion = (
  { versions }: Pick<ProductTexts, 'versions'>,
  kind: ContentKind,
): ContentVersion | undefined => {
  const newest = versions.findLast((each) => each.kind === kind && stateOf(each) !== 'refused');
  return newest !== undefined && stateOf(newest) === 'pending' ? newest : undefined;
};
