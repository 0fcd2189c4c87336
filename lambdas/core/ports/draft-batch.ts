import type { DrafterAnswer, DraftRequest, TokenUse } from './content-drafter.ts';

/** A product, as far as records of a batch are named for it. */
export interface RecordOf {
  readonly shop: string;
  readonly sku: string;
}

/** A request among those of a job. */
export interface BatchRecord {
  /** Names product and request: the request of other facts is another record. */
  readonly recordId: string;
  /** Of the job's input, without its end. */
  readonly line: string;
}

/** What a job answered to a record, as it came. */
export interface BatchAnswer {
  readonly recordId: string;
  readonly output: unknown;
}

/** A line of a job's output. */
export type BatchOutput =
  | ({ readonly kind: 'answered'; readonly use: TokenUse } & BatchAnswer)
  | { readonly kind: 'failed'; readonly because: string };

/** Drafts that are asked for by the thousand, and answered in hours. */
export interface DraftBatch {
  record(of: RecordOf, request: DraftRequest): BatchRecord;

  /** A line that cannot be read has failed. */
  read(line: string): BatchOutput;

  /** @returns what was answered to this very request; undefined when nothing was, or nothing that can be read */
  answer(
    of: RecordOf,
    request: DraftRequest,
    answers: readonly BatchAnswer[],
  ): DrafterAnswer | undefined;
}
