import type { Product, ProductFacts } from '#core/domain/catalogue/product.ts';
import { checkProposal } from '#core/domain/content/checks/check-proposal.ts';
import type { CitableFact } from '#core/domain/content/citable-facts.ts';
import {
  type FactProposal,
  proposableFacts,
  type ProposableFact,
} from '#core/domain/content/content.ts';
import {
  approvedFacts,
  type ProposedFact,
  stateOfProposal,
  withProposals,
} from '#core/domain/content/proposals.ts';
import { sourceDigest } from '#core/domain/content/settled.ts';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';
import type { FactOutcome } from './draft-outcome.ts';
import type { DraftProductDeps, ProductDraftRequest } from './draft-product.ts';

/**
 * Facts that nobody states of a product and that were not proposed from the same source before. Days of supply
 * are wanted of what is eaten or used up alone: most products last.
 */
export const factsWanted = (
  product: Product,
  kind: ProductFacts['kind'],
  proposed: readonly ProposedFact[],
  source: string,
  askedFrom?: string,
): readonly ProposableFact[] => {
  if (askedFrom === source) return [];
  const known: Readonly<Record<ProposableFact, unknown>> = {
    kind: kind ?? product.kind,
    complexity: product.complexity,
    daysOfSupply: product.daysOfSupply ?? (isUsedUp(product) ? undefined : 'it lasts'),
    careCategory: product.careCategory,
  };
  return proposableFacts.filter(
    (fact) =>
      known[fact] === undefined &&
      !proposed.some((each) => each.fact === fact && each.sourceDigest === source),
  );
};

const isUsedUp = ({ careCategory, subscribable }: Product): boolean =>
  careCategory === undefined ||
  careCategory === 'food' ||
  careCategory === 'cosmetic' ||
  subscribable === true;

export interface ProposalInputs {
  readonly request: ProductDraftRequest;
  readonly wanted: readonly ProposableFact[];
  readonly proposals: readonly FactProposal[];
  readonly facts: readonly CitableFact[];
}

/** Keeps what was proposed and is sound; what the configuration trusts is approved at once. */
export const keepProposals = async (
  deps: DraftProductDeps,
  { request, wanted, proposals, facts }: ProposalInputs,
): Promise<readonly FactOutcome[]> => {
  const { shop, sku, requestId } = request;
  const asked = wanted.flatMap((fact) => proposals.find((each) => each.fact === fact) ?? []);
  const judged = asked.map((proposal) => ({ proposal, broken: checkProposal(proposal, facts) }));
  const sound = judged.filter(({ broken }) => broken.length === 0);
  const at = deps.now().toISOString();
  const source = sourceDigest(facts, deps.digest);
  const { model, prompt } = deps.drafter;
  const proposed = sound.map(({ proposal }): ProposedFact => ({
    ...proposal,
    sourceDigest: source,
    proposedAt: at,
    proposedBy: { model, prompt },
    requestId,
    decisions: isTrusted(deps, proposal)
      ? [{ verdict: 'approve', by: 'rule: confidence', at }]
      : [],
  }));
  await keep(deps, { shop, sku }, proposed, source);
  return [
    ...proposed.map((each) => ({ fact: each.fact, outcome: stateOfProposal(each) })),
    ...judged
      .filter(({ broken }) => broken.length > 0)
      .map(({ proposal: { fact }, broken }) => ({
        fact,
        outcome: 'refused' as const,
        rules: [...new Set(broken.map(({ rule }) => rule))],
      })),
  ];
};

const isTrusted = (
  { config: { factConfidence } }: DraftProductDeps,
  { confidence }: FactProposal,
): boolean => factConfidence !== undefined && confidence >= factConfidence;

const keep = async (
  { contents, catalogue }: DraftProductDeps,
  { shop, sku }: { readonly shop: string; readonly sku: string },
  proposed: readonly ProposedFact[],
  askedFrom: string,
): Promise<void> => {
  const kept = await retryOnConflict(async () => {
    const before = await contents.readProposals(shop, sku);
    const after = { ...withProposals(before, proposed), askedFrom };
    return (await contents.writeProposals(after)) ? after : undefined;
  });
  if (proposed.length > 0) await catalogue.approve(shop, sku, approvedFacts(kept));
};
