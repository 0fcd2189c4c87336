/** Patterns by rule and language: words that no text has, whatever the facts say. Without case. */
export interface Wording {
  readonly rule: 'superlative' | 'price' | 'instruction' | 'personal' | 'health' | 'promise';
  readonly en: readonly string[];
  readonly de: readonly string[];
  /** Whether a cited fact that has the same words bears them out. */
  readonly isBorneOutByFacts: boolean;
}
