import type { ContentReviewed } from '#core/contracts/parse-event.ts';
import type { ReviewDecision } from '#core/domain/content/product-texts.ts';
import type { StoredContents } from './stored-contents.ts';

/** A review as it is kept with what it is of. */
export const decisionOf = ({
  verdict,
  reviewer: by,
  occurredAt: at,
  reason,
  eventId,
}: ContentReviewed): ReviewDecision => ({ verdict, by, at, reason, eventId });

/** Whether a review is kept with what it is of. */
export const isKept = (
  { texts, proposals }: StoredContents,
  { shop, sku, subject, eventId }: ContentReviewed,
): boolean => {
  const isOfProduct = (each: { readonly shop: string; readonly sku: string }): boolean =>
    each.shop === shop && each.sku === sku;
  const decisions =
    subject.type === 'text'
      ? texts
          .filter((each) => isOfProduct(each) && each.locale === subject.locale)
          .flatMap(({ versions }) => versions)
          .filter(({ kind, version }) => kind === subject.kind && version === subject.version)
          .flatMap((version) => version.decisions)
      : proposals
          .filter(isOfProduct)
          .flatMap(({ facts }) => facts)
          .filter(({ fact }) => fact === subject.fact)
          .flatMap((fact) => fact.decisions);
  return decisions.some((decision) => decision.eventId === eventId);
};
