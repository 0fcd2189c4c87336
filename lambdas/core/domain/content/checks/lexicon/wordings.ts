import { promises, superlatives } from './boasts.ts';
import { healthWords } from './health-words.ts';
import { instructions } from './instructions.ts';
import { personalWords, priceWords } from './sales-words.ts';
import type { Wording } from './wording.ts';

/** Words that no text has. */
export const wordings: readonly Wording[] = [
  superlatives,
  priceWords,
  instructions,
  personalWords,
  healthWords,
  promises,
];
