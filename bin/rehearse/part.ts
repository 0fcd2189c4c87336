import type { StackChoice } from '#rehearsal/assembly/assembly.ts';
import type { UsageCounts } from '#rehearsal/cost/counts.ts';
import type { Faults } from '#rehearsal/faults.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import type { PackedMails } from '#rehearsal/services/packed-mail.ts';
import type { PartSummary } from '#rehearsal/parts/merge-summaries.ts';

/** What a thread is given: all of it can be cloned. */
export interface Part {
  /** Counted from 0. */
  readonly part: number;
  readonly events: readonly TimedEvent[];
  readonly fromMs: number;
  readonly untilMs: number;
  readonly assemblyDir: string;
  readonly stacks: StackChoice | undefined;
  /** The part's own. */
  readonly stateDir: string;
  readonly seed: string;
  readonly hiccups: number;
  readonly faults: Faults | undefined;
}

/** What a part came to; its state lies in its folder. */
export interface PartOutcome extends PartSummary {
  readonly counts: UsageCounts;
  /** Journeys that have not ended. */
  readonly open: number;
}

export interface PartProgress {
  readonly nowMs: number;
  readonly mails: number;
}

/** What a thread tells: progress each virtual hour, what was sent when the clock has ended, and one of the others at last. */
export type PartTold =
  | { readonly kind: 'progress'; readonly progress: PartProgress }
  /** Before it looks at the rest of what is left behind. */
  | { readonly kind: 'sent'; readonly outbox: PackedMails }
  | { readonly kind: 'done'; readonly outcome: PartOutcome }
  /** A service refused what the stacks cannot do without. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };
