/**
 * What a claim can be about: id, its forms in English and in German (separated by `|`, of one word or several),
 * and the ids of what it is a kind of, separated by spaces. A fact that states the narrower bears out the broader.
 */
export type ConceptRow = readonly [
  id: string,
  english: string,
  german: string,
  broader?: string | undefined,
];

/** What a concept is: each has a rule of its own. */
export const families = [
  'material',
  'ingredient',
  'certification',
  'place',
  'care',
  'heat',
  'origin',
  'hazard',
] as const;

export type Family = (typeof families)[number];
