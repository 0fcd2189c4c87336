import { type ContentKind, type ContentRisk, contentRisks } from './content.ts';

/** Lets a text pass without a person, when all of it holds. */
export interface ApprovalRule {
  readonly name: string;
  readonly kinds?: readonly ContentKind[] | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly maxRisk: ContentRisk;
  readonly minScore: number;
}

export interface Approvable {
  readonly kind: ContentKind;
  readonly category: string | undefined;
  readonly risk: ContentRisk;
  readonly score: number;
}

/** The first rule that lets the text pass; none: it waits for a person. */
export const approvalOf = (
  text: Approvable,
  rules: readonly ApprovalRule[],
): ApprovalRule | undefined =>
  rules.find(
    ({ kinds, categories, maxRisk, minScore }) =>
      kinds?.includes(text.kind) !== false &&
      (categories === undefined || categories.includes(text.category ?? '')) &&
      contentRisks.indexOf(text.risk) <= contentRisks.indexOf(maxRisk) &&
      text.score >= minScore,
  );
