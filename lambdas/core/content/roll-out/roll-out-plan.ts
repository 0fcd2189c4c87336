import type { DraftSpend } from '#core/ports/draft-budget.ts';

/** What a roll-out is started with; what is left out is not narrowed. */
export interface RollOutInput {
  readonly shops?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly skus?: readonly string[] | undefined;
  readonly locales?: readonly string[] | undefined;
  readonly budgetUsd?: number | undefined;
  readonly budgetTokens?: number | undefined;
  /** Products, of those that come first. */
  readonly limit?: number | undefined;
  /** Drafts again what was refused, rejected or retracted although its facts have not changed. */
  readonly again?: boolean | undefined;
  /** Drafts by batch inference: cheaper, and in hours. */
  readonly batch?: boolean | undefined;
}

/** A line of `plan.jsonl`: a product, and what its execution is told. */
export interface PlannedProduct {
  readonly requestId: string;
  readonly shop: string;
  readonly sku: string;
  readonly locales: readonly string[];
  /** Empty without one; of use to the report alone. */
  readonly category: string;
  readonly again?: true | undefined;
  /** Its records in the input of a batch. */
  readonly records?: readonly string[] | undefined;
}

/** What became of the wish for a batch. */
export type BatchPlan =
  | {
      readonly kind: 'job';
      readonly records: number;
      /** At the batch's price. */
      readonly estimate: DraftSpend;
      /** Products that had no room, which are among those left out; and in what. */
      readonly cut: number;
      readonly cutBy?: string | undefined;
    }
  /** Drafts are made by calls. */
  | { readonly kind: 'on-demand'; readonly because: string };

/** How a job of batch inference ended, by its status at Bedrock or `NotCreated`. */
export interface BatchOutcome {
  readonly status: string;
  /** In Bedrock's words. */
  readonly message?: string | undefined;
  /** Records. */
  readonly answered?: number | undefined;
  readonly failed?: number | undefined;
  readonly usd?: number | undefined;
}

/** Tokens and money that the drafts of a plan would take by one model. */
export interface ModelEstimate extends DraftSpend {
  /** A key of the configuration's models. */
  readonly model: string;
  readonly isInUse: boolean;
  /** One a product and locale; a call for a text that was refused comes on top. */
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** `plan.json`: what a roll-out is about to do. */
export interface RollOutPlan {
  readonly run: string;
  readonly plannedAt: string;
  readonly input: RollOutInput;
  readonly shops: readonly string[];
  readonly products: {
    /** Of the shops and categories, or among the SKUs, that were asked for. */
    readonly inCatalogue: number;
    /** Of those, with nothing left to draft. */
    readonly settled: number;
    /** Beyond the limit. */
    readonly leftOut: number;
    readonly planned: number;
  };
  readonly estimates: readonly ModelEstimate[];
  readonly budget: DraftSpend;
  /** Absent where none was asked for. */
  readonly batch?: BatchPlan | undefined;
}

/** Where the files of a run are, by what is in them. */
export const runFiles = (run: string) =>
  ({
    /** A planned product a line, those first that most revenue hangs on. */
    lines: `runs/${run}/plan.jsonl`,
    plan: `runs/${run}/plan.json`,
    batchInput: `runs/${run}/batch/input.jsonl`,
    /** Below it a folder a job, by its id. */
    batchOutput: `runs/${run}/batch/output/`,
    /** The lines of the plan with what a batch answered. */
    drafts: `runs/${run}/drafts.jsonl`,
    /** Begins the exports of what became of the products. */
    results: `runs/${run}/results`,
    report: `runs/${run}/report.json`,
    page: `runs/${run}/report.md`,
  }) as const;

/** What the drafts of a run are paid from. */
export const budgetOfRun = (run: string): string => `run/${run}`;

/** Begins the ids of all requests of a run, which stand in the texts that they drafted. */
export const requestsOfRun = (run: string): string => `${run}/`;
