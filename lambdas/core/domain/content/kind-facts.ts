import type { CitableFact } from './citable-facts.ts';
import { type ContentKind, contentKinds } from './content.ts';

/** What a text of each kind is made of: without a fact of any of these types it is not asked for. */
export const factsOfKind: Readonly<Record<ContentKind, readonly CitableFact['type'][]>> = {
  'usage-guide': ['use', 'contents', 'capacity', 'power', 'temperature', 'feature', 'description'],
  care: ['care', 'material', 'storage'],
  troubleshooting: ['troubleshooting'],
  pairing: ['pairs-with'],
  upsell: ['feature', 'material', 'capacity', 'dimensions', 'description'],
};

/** The kinds of text that these facts can carry. */
export const kindsCarriedBy = (facts: readonly CitableFact[]): readonly ContentKind[] => {
  const stated = new Set(facts.map(({ type }) => type));
  return contentKinds.filter((kind) => factsOfKind[kind].some((type) => stated.has(type)));
};
