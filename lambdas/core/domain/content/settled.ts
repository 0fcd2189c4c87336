import { type CitableFact, groundsOf } from './citable-facts.ts';
import type { ContentBlock, ContentKind } from './content.ts';
import { kindsCarriedBy } from './kind-facts.ts';
import {
  type ContentVersion,
  type DraftedBy,
  newestVersion,
  type ProductTexts,
  stateOf,
} from './product-texts.ts';

export interface DraftNeeds {
  readonly texts: Pick<ProductTexts, 'versions' | 'leftOut'>;
  /** All that is stated of the product, for the language of the texts. */
  readonly facts: readonly CitableFact[];
  /** Kinds that are wanted at all. */
  readonly kinds: readonly ContentKind[];
  /** What would draft now. */
  readonly draftedBy: DraftedBy;
  readonly digest: (text: string) => string;
  /**
   * Asks again for what was refused, rejected or retracted although nothing has changed since; not for what this
   * request itself drafted: a request may come twice.
   */
  readonly again?: { readonly requestId: string } | undefined;
}

/** Which kinds of text are to be drafted of a product in one locale. */
export interface SortedKinds {
  readonly missing: readonly ContentKind[];
  /** Drafted before, from the same facts. */
  readonly unchanged: readonly ContentKind[];
  /** There is nothing to make a text of. */
  readonly withoutFacts: readonly ContentKind[];
}

export const sortKinds = (needs: DraftNeeds): SortedKinds => {
  const carried = new Set(kindsCarriedBy(needs.facts));
  const possible = needs.kinds.filter((kind) => carried.has(kind));
  const isDone = (kind: ContentKind): boolean =>
    isSettled(needs, newestVersion(needs.texts, kind)) || wasLeftOut(needs, kind);
  return {
    missing: possible.filter((kind) => !isDone(kind)),
    unchanged: possible.filter(isDone),
    withoutFacts: needs.kinds.filter((kind) => !carried.has(kind)),
  };
};

/**
 * Whether another draft would be no other: the newest one is of the same facts, model and prompt; or it is in use,
 * and what it rests on has not changed.
 */
const isSettled = (
  { facts, draftedBy, digest, again }: DraftNeeds,
  newest: ContentVersion | undefined,
): boolean => {
  if (newest === undefined) return false;
  const state = stateOf(newest);
  if (state === 'approved')
    return newest.groundsDigest === digest(groundsOf(facts, citedBy(newest.blocks)));
  if (again !== undefined && state !== 'pending' && newest.requestId !== again.requestId)
    return false;
  return (
    newest.sourceDigest === sourceDigest(facts, digest) &&
    newest.draftedBy.model === draftedBy.model &&
    newest.draftedBy.prompt === draftedBy.prompt
  );
};

/** Whether the same model was asked for it from the same facts, and nothing came of it. */
const wasLeftOut = ({ texts, facts, draftedBy, digest, again }: DraftNeeds, kind: ContentKind) =>
  (texts.leftOut ?? []).some(
    (each) =>
      each.kind === kind &&
      each.sourceDigest === sourceDigest(facts, digest) &&
      each.draftedBy.model === draftedBy.model &&
      each.draftedBy.prompt === draftedBy.prompt &&
      (again === undefined || again.requestId === each.requestId),
  );

/** Ids of the facts that a text cites. */
export const citedBy = (blocks: readonly ContentBlock[]): ReadonlySet<string> =>
  new Set(blocks.flatMap(({ facts }) => facts));

/** Names everything that a draft is made from. */
export const sourceDigest = (
  facts: readonly CitableFact[],
  digest: (text: string) => string,
): string => digest(JSON.stringify(facts));
