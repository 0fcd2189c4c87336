import { compareText } from '#core/domain/compare-text.ts';
import type { RewardModel } from '#core/domain/statistics/reward-model.ts';
import type { CandidateSet, LoggedRow } from './logged-row.ts';
import { UnusableLog } from './logged-row.ts';
import { ofOne, type TargetTable } from './target-table.ts';

/** Stands for candidates that the log never shows: they have a part of a policy's probability and no name. */
export const NEVER_SHOWN = '';

/** What a policy would do at a row: actions with their probability, none where it has nothing to show. */
export type Distribution = ReadonlyMap<string, number>;

export interface Policy {
  readonly name: string;
  /**
   * @param learnt what the other half of the log says of each action, for a policy that learns
   * @returns undefined where not all candidates are known, and what it would do depends on which they are
   */
  readonly at: (row: LoggedRow, learnt: RewardModel) => Distribution | undefined;
}

/** What could have been done, as far as the log shows: a set's candidates are known by their having been shown. */
export interface Candidates {
  readonly of: (set: CandidateSet | undefined) => readonly string[];
  readonly slots: readonly string[];
}

/** In every row each candidate alike, shown or not. */
export const uniform = (candidates: Candidates): Policy => ({
  name: 'uniform',
  at: (row) => {
    const shown = candidates.of(row.candidates);
    const size = row.candidates?.size ?? shown.length;
    if (shown.length > size)
      throw new UnusableLog(
        `${row.name}: got ${size} candidates, but its candidate set ${row.candidates?.key} has shown ${shown.length} offers; expected at least as many candidates`,
      );
    const shares = shown.map((action) => [action, 1 / size] as const);
    return new Map([...shares, [NEVER_SHOWN, (size - shown.length) / size]]);
  },
});

/**
 * The best in the first slot, the second best in the second and so on, by what the other half of the log earned with each
 * in the context, over all slots.
 */
export const greedy = (candidates: Candidates): Policy => ({
  name: 'greedy',
  at: (row, learnt) => {
    const shown = candidates.of(row.candidates);
    if (areSomeUnknown(shown, row.candidates)) return undefined;
    const value = (action: string): number => learnt({ context: row.context, slot: '' }, action);
    const best = shown
      .map((action) => ({ action, value: value(action) }))
      .toSorted((a, b) => b.value - a.value || compareText(a.action, b.action));
    const chosen = best[candidates.slots.indexOf(row.slot)];
    return new Map(chosen === undefined ? [] : [[chosen.action, 1]]);
  },
});

/** As a table says; where candidates are told, of those alone, their probabilities scaled to 1. */
export const tabled = (table: TargetTable, candidates: Candidates): Policy => ({
  name: 'target',
  at: (row) => {
    const shares = table.sharesFor(row);
    if (row.candidates === undefined) return shares;
    const shown = candidates.of(row.candidates);
    if (areSomeUnknown(shown, row.candidates)) return undefined;
    const possible = shown.map((action) => [action, shares.get(action) ?? 0] as const);
    const named = new Map(possible.filter(([, share]) => share > 0));
    return ofOne(named);
  },
});

const areSomeUnknown = (shown: readonly string[], set: CandidateSet | undefined): boolean =>
  set?.size !== undefined && shown.length < set.size;

/** The key of rows that name no candidates: anything that the log shows could have been done. */
const ANY = 'any';

export const candidatesIn = (rows: readonly LoggedRow[]): Candidates => {
  const keyOf = (set: CandidateSet | undefined): string =>
    set === undefined ? ANY : JSON.stringify(set.key);
  const sets = Map.groupBy(rows, ({ candidates }) => keyOf(candidates));
  const shown = new Map(
    [...sets].map(([key, of]) => [
      key,
      [...new Set(of.map(({ action }) => action))].toSorted(compareText),
    ]),
  );
  return {
    of: (set) => shown.get(keyOf(set)) ?? [],
    slots: [...new Set(rows.map(({ slot }) => slot))].toSorted(compareSlots),
  };
};

/** Numbers by value, other names as text. */
const compareSlots = (a: string, b: string): number => {
  const away = Number(a) - Number(b);
  return Number.isNaN(away) ? compareText(a, b) : away;
};
