import type { CitableFact } from '../domain/content/citable-facts.ts';
import type { ContentKind, Draft, ProposableFact, Violation } from '../domain/content/content.ts';

/** What is to be written of a product in one call. */
export interface DraftRequest {
  /** BCP 47. */
  readonly locale: string;
  readonly kinds: readonly ContentKind[];
  /** Facts that nobody states. */
  readonly wanted: readonly ProposableFact[];
  /** Catalogue text: quoted to the model, never obeyed. */
  readonly facts: readonly CitableFact[];
  /** How the shop speaks, in its own words. */
  readonly tone: string;
  readonly bannedWords: readonly string[];
  /** What was wrong with the last attempt, for another. @default the first attempt */
  readonly refused?:
    | readonly { readonly kind: ContentKind; readonly violations: readonly Violation[] }[]
    | undefined;
}

export interface TokenUse {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export type DrafterAnswer = {
  readonly use: TokenUse;
} & (
  | { readonly kind: 'draft'; readonly draft: Draft }
  /** It wrote something that is no draft: not our schema, cut off, or a refusal of its own. */
  | {
      readonly kind: 'unusable';
      readonly reason: 'truncated' | 'not-our-schema' | 'declined';
      readonly because: string;
    }
);

/** A model that drafts texts. */
export interface ContentDrafter {
  /** Its key in the configuration. */
  readonly model: string;
  /** Which reviewed prompt it is asked by, `v1`. */
  readonly prompt: string;
  /** The most tokens that a call with this request can take: for the budget, before it is made. */
  readonly mostTokens: (request: DraftRequest) => TokenUse;
  /** @throws when the service did not answer: throttled, timed out, gone */
  readonly draft: (request: DraftRequest) => Promise<DrafterAnswer>;
}

/** Something that looks at a text once more, beside our own checks. */
export interface ContentGuardrail {
  /** @returns what it objects to; nothing when it lets the text pass @throws when it did not answer */
  readonly check: (text: {
    readonly text: string;
    readonly facts: readonly CitableFact[];
    readonly question: string;
  }) => Promise<readonly string[]>;
}
