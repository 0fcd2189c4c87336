import { booksBalanced } from './books-balanced.ts';
import { everyTokenResolved } from './every-token-resolved.ts';
import type { Evidence } from './evidence.ts';
import type { Invariant } from './invariant.ts';
import { noStuckExecution } from './no-stuck-execution.ts';
import { nothingLost } from './nothing-lost.ts';
import { nothingSentTwice } from './nothing-sent-twice.ts';
import { queuesEmpty } from './queues-empty.ts';

/** What holds at the end of every rehearsal. */
export const invariants: readonly Invariant[] = [
  nothingLost,
  nothingSentTwice,
  booksBalanced,
  noStuckExecution,
  everyTokenResolved,
  queuesEmpty,
];

/** How an invariant came out. */
export interface Checked {
  readonly name: string;
  readonly means: string;
  readonly violations: readonly string[];
}

export const checkInvariants = (evidence: Evidence): readonly Checked[] =>
  invariants.map(({ name, means, violations }) => ({
    name,
    means,
    violations: violations(evidence),
  }));
