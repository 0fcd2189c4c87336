import type {
  ArmSummary,
  Outcome,
  OutcomeSummary,
} from '#core/domain/experiments/read-out-types.ts';
import { capOf, capped } from '#core/domain/statistics/cap.ts';
import { pairSummaryOf } from '#core/domain/statistics/pair-summary.ts';
import { summaryOf } from '#core/domain/statistics/summary.ts';
import { type CustomerTable, UnusableTable } from './customer-table.ts';

export interface SummaryQuestion {
  readonly outcomes: readonly string[];
  /** The column with the value before the experiment. */
  readonly before?: string | undefined;
  readonly lessIsBetter: readonly string[];
  /** Below 1 the share of the values other than zero that stay as they are; from 1 on the cap itself. */
  readonly cap: number;
  /** By arm; all alike when absent. */
  readonly shares?: ReadonlyMap<string, number> | undefined;
}

/** What each outcome is: a proportion where all values are 0 or 1. The cap is of all arms together. */
export const outcomesOf = (
  table: CustomerTable,
  { outcomes, lessIsBetter, cap }: SummaryQuestion,
): readonly Outcome[] =>
  outcomes.map((name) => {
    const values = columnOf(table, name);
    const isProportion = values.every((value) => value === 0 || value === 1);
    return {
      name,
      kind: isProportion ? 'proportion' : 'amount',
      cap: isProportion ? undefined : cap < 1 ? capOf(values, cap) : cap,
      lessIsBetter: lessIsBetter.includes(name),
    };
  });

/** @throws {UnusableTable} when shares are planned for other arms than there are */
export const armSummaries = (
  table: CustomerTable,
  outcomes: readonly Outcome[],
  question: SummaryQuestion,
): readonly ArmSummary[] =>
  plannedArms(table, question.shares).map(([name, plannedShare]) => {
    const place = table.arms.indexOf(name);
    const customers = table.armOf.reduce((sum, arm) => (arm === place ? sum + 1 : sum), 0);
    const summaries = outcomes.map((outcome): [string, OutcomeSummary] => [
      outcome.name,
      summaryIn(table, place, outcome, question.before),
    ]);
    return { name, plannedShare, customers, outcomes: Object.fromEntries(summaries) };
  });

const plannedArms = (
  { arms }: CustomerTable,
  shares: SummaryQuestion['shares'],
): readonly (readonly [string, number])[] => {
  if (shares === undefined) return arms.map((arm) => [arm, 1 / arms.length]);
  const unplanned = arms.find((arm) => !shares.has(arm));
  if (unplanned !== undefined)
    throw new UnusableTable(
      `--shares: the file has the arm "${unplanned}", the shares do not; say the share of each of: ${arms.join(', ')}`,
    );
  return [...shares];
};

const summaryIn = (
  table: CustomerTable,
  place: number,
  { name, cap }: Outcome,
  before: string | undefined,
): OutcomeSummary => {
  const values = columnOf(table, name).filter((_, at) => table.armOf[at] === place);
  const earlier =
    before === undefined
      ? undefined
      : columnOf(table, before).filter((_, at) => table.armOf[at] === place);
  return {
    value: summaryOf(values),
    converters: values.filter((value) => value !== 0).length,
    capped: cap === undefined ? undefined : summaryOf(values.map((value) => capped(value, cap))),
    withBefore:
      earlier === undefined
        ? undefined
        : pairSummaryOf(values.map((y, at) => ({ x: earlier[at] ?? NaN, y }))),
  };
};

const columnOf = ({ columns }: CustomerTable, name: string): readonly number[] => {
  const column = columns.get(name);
  if (column === undefined) throw new UnusableTable(`column "${name}" was not read`);
  return column;
};
