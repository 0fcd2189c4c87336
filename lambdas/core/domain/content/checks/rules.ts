/** Every rule that a text can break, and what it finds. */
export const checkRules = {
  schema: 'what is not of the form that was asked for',
  'no-blocks': 'a text without a block',
  uncited: 'a block that cites no fact',
  'unknown-fact': 'an id that is no fact of the product',
  number: 'a number, in digits or words, that the cited facts do not state, or of something else',
  unit: 'a number of the facts with another unit',
  temperature: 'a temperature, in degrees or words, that the cited facts do not state',
  material: 'a material that the cited facts do not name',
  ingredient: 'an ingredient, allergen or freedom from one that the cited facts do not state',
  compatibility: 'something it goes with, fits or is for that the cited facts do not name',
  'care-claim': 'an act of care that the cited facts do not speak of',
  certification: 'a seal, standard or tested property that the cited facts do not state',
  health: 'a claim of an effect on health',
  origin: 'a country or way of making that the cited facts do not name',
  price: 'a price, discount or free delivery',
  promise: 'a warranty or promise beyond the facts',
  'warning-dropped': 'a warning or allergen that is missing, or has lost a part',
  'warning-changed': 'a warning that was softened, or a negation lost or gained',
  contradiction: 'the opposite of what a cited fact, or a warning, says',
  superlative: 'a superlative or boast',
  'banned-word': 'a word that the shop bans',
  'too-long': 'more text or blocks than the kind has room for',
  'too-short': 'less text than says anything',
  'reading-level': 'sentences too long and words too hard (LIX)',
  markup: 'markup, template code, emoji, hidden or disguised characters',
  link: 'an address, phone number or handle',
  instruction: 'talk to a reader or model: instructions, requests for data, calls to act elsewhere',
  language: 'another language than asked for',
  'language-unsupported': 'a language without lexicons',
  personal: 'words about the customer or the order',
  'unknown-name': 'a model number or brand that the cited facts do not name',
} as const;

export type CheckRule = keyof typeof checkRules;

/** What a rule finds in a block. */
export interface Finding {
  readonly rule: CheckRule;
  readonly because: string;
}
