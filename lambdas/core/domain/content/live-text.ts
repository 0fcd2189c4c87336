import type { ContentBlock } from './content.ts';
import type { ContentRef } from './product-texts.ts';

/** A text that a message may carry now, with the version that it is pinned by. */
export interface LiveText extends ContentRef {
  readonly blocks: readonly ContentBlock[];
}
