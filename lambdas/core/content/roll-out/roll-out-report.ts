import type { DraftOutcome } from '../draft-outcome.ts';
import type { DraftSpend } from '#core/ports/draft-budget.ts';
import type { BatchOutcome, RollOutPlan } from './roll-out-plan.ts';

type Product = Pick<DraftOutcome, 'shop' | 'sku'> & {
  /** Empty without one. */
  readonly category: string;
};

/** What became of a planned product. */
export type ProductResult =
  | (Product & { readonly kind: 'answered' } & Omit<DraftOutcome, 'shop' | 'sku'>)
  /** Every attempt failed: it has what it had before. */
  | (Product & { readonly kind: 'failed'; readonly error: string; readonly cause: string });

/** What was drafted of some products, and what it took. */
export interface DraftSums {
  readonly products: number;
  /** Products that got a version of a text or more, whatever became of it. */
  readonly drafted: number;
  readonly approved: number;
  readonly pending: number;
  readonly refused: number;
  readonly tokens: number;
  readonly usd: number;
}

/** Of orders, those of which some line, or every line, had a text. */
export interface OrderShares {
  readonly some: number;
  readonly every: number;
}

/** Last month's orders, by whether a message could say how to use or care for what was bought. */
export interface OrderCoverage {
  readonly shop: string;
  /** Or `every`: the product has a text in every locale of the shop. */
  readonly locale: string;
  readonly orders: number;
  /** Without the texts of this run. */
  readonly before: OrderShares;
  readonly after: OrderShares;
}

/** A rule that drafts broke, and where to look. */
export interface RefusalSum {
  readonly rule: string;
  readonly texts: number;
  /** SKUs, each once. */
  readonly examples: readonly string[];
}

export interface FailureSum {
  readonly error: string;
  readonly products: number;
  readonly examples: readonly { readonly sku: string; readonly cause: string }[];
}

/** What became of all planned products. */
export interface ResultSums {
  /** By what became of them: drafted, unchanged, over-budget, being-drafted, unknown-item, failed. */
  readonly products: Readonly<Record<string, number>>;
  /** By outcome: approved, pending, refused, no-facts, not-written, unusable, unchanged. */
  readonly texts: Readonly<Record<string, number>>;
  /** Facts that were proposed, by what became of them. */
  readonly facts: Readonly<Record<string, number>>;
  readonly refusals: readonly RefusalSum[];
  readonly failures: readonly FailureSum[];
  readonly calls: number;
  readonly all: DraftSums;
  readonly byShop: readonly ({ readonly shop: string } & DraftSums)[];
  /** Those that took most first. */
  readonly byCategory: readonly ({
    readonly shop: string;
    readonly category: string;
  } & DraftSums)[];
}

/** `report.json` */
export interface RollOutReport {
  readonly run: string;
  readonly reportedAt: string;
  readonly plan: RollOutPlan;
  readonly results: ResultSums;
  /** What the budget's counter says: with what broke off and may have been charged. */
  readonly counted: DraftSpend;
  readonly orders: readonly OrderCoverage[];
  /** Absent where there was no job. */
  readonly batch?: BatchOutcome | undefined;
}
