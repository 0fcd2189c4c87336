import type { ProductFacts } from '../catalogue/product.ts';
import type { Instant } from '../orders/order-event.ts';
import type { FactProposal, ProposableFact } from './content.ts';
import {
  type DraftedBy,
  type ReviewDecision,
  stateOf,
  type VersionState,
} from './product-texts.ts';

/** A fact that a model proposed, and what was decided of it. */
export interface ProposedFact extends FactProposal {
  /** Of the facts that it was drawn from. */
  readonly sourceDigest: string;
  readonly proposedAt: Instant;
  readonly proposedBy: DraftedBy;
  readonly requestId: string;
  readonly decisions: readonly ReviewDecision[];
}

/** What is proposed of one product: of each fact the newest proposal. */
export interface ProductProposals {
  readonly shop: string;
  readonly sku: string;
  /** Of the stored document; 0 for one that is not stored yet. */
  readonly revision: number;
  readonly facts: readonly ProposedFact[];
  /** Digest of the facts from which a model was last asked for all that nobody states. @default never */
  readonly askedFrom?: string | undefined;
}

export const stateOfProposal = ({
  decisions,
}: Pick<ProposedFact, 'decisions'>): Exclude<VersionState, 'refused'> => {
  const state = stateOf({ violations: [], decisions });
  return state === 'refused' ? 'pending' : state;
};

/** What was approved: what counts where nobody states it. */
export const approvedFacts = ({ facts }: Pick<ProductProposals, 'facts'>): ProductFacts =>
  Object.fromEntries(
    facts
      .filter((each) => stateOfProposal(each) === 'approved')
      .map(({ fact, value }) => [fact, value]),
  );

/** The proposals with newer ones in place of those of the same facts. */
export const withProposals = (
  proposals: ProductProposals,
  proposed: readonly ProposedFact[],
): ProductProposals => {
  const renewed = new Set(proposed.map(({ fact }) => fact));
  const others = proposals.facts.filter(({ fact }) => !renewed.has(fact));
  return { ...proposals, facts: [...others, ...proposed] };
};

/** The proposals with a decision on one; the same ones when they have it already, or have no such fact. */
export const withProposalDecision = (
  proposals: ProductProposals,
  fact: ProposableFact,
  decision: ReviewDecision,
): ProductProposals => {
  const meant = proposals.facts.find((each) => each.fact === fact);
  const isKnown = meant?.decisions.some(
    ({ eventId }) => eventId !== undefined && eventId === decision.eventId,
  );
  if (isKnown !== false) return proposals;
  return {
    ...proposals,
    facts: proposals.facts.map((each) =>
      each === meant ? { ...each, decisions: [...each.decisions, decision] } : each,
    ),
  };
};
