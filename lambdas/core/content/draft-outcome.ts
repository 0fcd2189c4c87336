import type { ContentKind, ProposableFact } from '#core/domain/content/content.ts';
import type { VersionState } from '#core/domain/content/product-texts.ts';

/**
 * What became of one kind of text: a version in its state; or none, since its facts do not carry it, the model
 * left it out, or what it gave was no draft.
 */
export interface TextOutcome {
  readonly locale: string;
  readonly kind: ContentKind;
  readonly outcome: VersionState | 'no-facts' | 'not-written' | 'unusable' | 'unchanged';
  readonly version?: number | undefined;
  /** Rules that it broke, each once. */
  readonly rules?: readonly string[] | undefined;
}

export interface FactOutcome {
  readonly fact: ProposableFact;
  readonly outcome: VersionState;
  readonly rules?: readonly string[] | undefined;
}

/** What became of a product that was to be drafted. */
export interface DraftOutcome {
  readonly shop: string;
  readonly sku: string;
  readonly texts: readonly TextOutcome[];
  readonly facts: readonly FactOutcome[];
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
  /** Why it stopped short: the budget has no room, the catalogue has no such item, or another call drafts it now. */
  readonly stopped?: 'over-budget' | 'unknown-item' | 'being-drafted' | undefined;
}
