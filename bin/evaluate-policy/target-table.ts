import { columnsOf, type CsvFile, type CsvRow, csvRows } from './csv-rows.ts';
import { type LoggedRow, UnusableLog } from './logged-row.ts';

/** How likely a policy is to do what: by slot and context where it tells them apart. */
export interface TargetTable {
  /** Where it is from. */
  readonly name: string;
  /** @throws {UnusableLog} for a slot and context of which it says nothing */
  readonly sharesFor: (
    row: Pick<LoggedRow, 'name' | 'slot' | 'context'>,
  ) => ReadonlyMap<string, number>;
}

export interface TargetColumns {
  readonly action: string;
  readonly slot: string | undefined;
  readonly context: string | undefined;
}

/** Of probabilities written with few decimals the sum may miss 1 by so much; they are scaled to it. */
const SUM_TOLERANCE = 0.01;

const PROBABILITY = 'probability';

/**
 * Reads a policy from a CSV file: an action, maybe slot and context, and its probability a row. What is not named has the
 * probability 0.
 *
 * @throws {UnusableLog | UnreadableFile} with the column or row, or the slot and context whose probabilities miss 1
 */
export const targetOfFile = async (csv: CsvFile, named: TargetColumns): Promise<TargetTable> => {
  const columns = await targetColumns(csv, named, [PROBABILITY]);
  const groups = new Groups(columns);
  for await (const row of csvRows(csv)) {
    const probability = row.number(PROBABILITY, 'a probability from 0 to 1');
    if (probability < 0 || probability > 1)
      throw new UnusableLog(
        `${row.name}, column "${PROBABILITY}": got ${probability}, expected a probability from 0 to 1`,
      );
    const action = actionOf(row, columns);
    if (groups.has(row, action))
      throw new UnusableLog(
        `${row.name}: "${action}" is there twice for ${groups.words(row)}; expected one probability for each`,
      );
    groups.add(row, action, probability);
  }
  for (const [words, sum] of groups.sums())
    if (Math.abs(sum - 1) > SUM_TOLERANCE)
      throw new UnusableLog(
        `${csv.file}: the probabilities for ${words} sum to ${Number(sum.toFixed(6))}, expected 1`,
      );
  return groups.table(csv.file);
};

/**
 * Takes for a policy what another log, of that policy, shows: how often each action is there in each slot and context. The
 * policy is known only as well as that log is long, which the intervals do not allow for.
 *
 * @throws {UnusableLog | UnreadableFile} with the column or row
 */
export const targetOfLog = async (csv: CsvFile, named: TargetColumns): Promise<TargetTable> => {
  const columns = await targetColumns(csv, named, []);
  const groups = new Groups(columns);
  for await (const row of csvRows(csv)) groups.add(row, actionOf(row, columns), 1);
  return groups.table(`how often ${csv.file} shows each`);
};

const actionOf = (row: CsvRow, { action }: TargetColumns): string =>
  row.someText(action, 'the name of what is done');

const targetColumns = async (
  csv: CsvFile,
  { action, slot, context }: TargetColumns,
  more: readonly string[],
): Promise<TargetColumns> => {
  const header = await columnsOf(csv, [action, ...more]);
  const ifThere = (name: string): string | undefined => (header.includes(name) ? name : undefined);
  return { action, slot: ifThere(slot ?? 'slot'), context: ifThere(context ?? 'context') };
};

/** What was read so far, by slot and context. */
class Groups {
  readonly #columns: TargetColumns;
  readonly #shares = new Map<string, Map<string, number>>();

  constructor(columns: TargetColumns) {
    this.#columns = columns;
  }

  has(row: CsvRow, action: string): boolean {
    return this.#shares.get(this.words(row))?.has(action) === true;
  }

  add(row: CsvRow, action: string, share: number): void {
    const words = this.words(row);
    const shares = this.#shares.get(words) ?? new Map<string, number>();
    shares.set(action, (shares.get(action) ?? 0) + share);
    this.#shares.set(words, shares);
  }

  /** What names the group, for messages and as its key. */
  words({ text }: CsvRow): string {
    const { slot, context } = this.#columns;
    return this.#key(
      slot === undefined ? '' : text(slot),
      context === undefined ? '' : text(context),
    );
  }

  #key(slot: string, context: string): string {
    const parts = [
      ...(this.#columns.slot === undefined ? [] : [`slot ${JSON.stringify(slot)}`]),
      ...(this.#columns.context === undefined ? [] : [`context ${JSON.stringify(context)}`]),
    ];
    return parts.length === 0 ? 'all rows' : parts.join(' and ');
  }

  sums(): readonly (readonly [string, number])[] {
    return [...this.#shares].map(([words, shares]) => [words, sumOf(shares)]);
  }

  table(name: string): TargetTable {
    const scaled = new Map([...this.#shares].map(([words, shares]) => [words, ofOne(shares)]));
    if (scaled.size === 0) throw new UnusableLog(`${name}: got a header and no rows below it`);
    return {
      name,
      sharesFor: (row) => {
        const words = this.#key(row.slot, row.context);
        const shares = scaled.get(words);
        if (shares !== undefined) return shares;
        throw new UnusableLog(
          `${row.name}: the target (${name}) says nothing for ${words}; it does for ${listed([...scaled.keys()])}`,
        );
      },
    };
  }
}

const sumOf = (shares: ReadonlyMap<string, number>): number =>
  shares.values().reduce((sum, share) => sum + share, 0);

/** Scaled so that they sum to 1. */
export const ofOne = (shares: ReadonlyMap<string, number>): ReadonlyMap<string, number> => {
  const sum = sumOf(shares);
  return new Map([...shares].map(([action, share]) => [action, share / sum]));
};

const LONGEST_LIST = 5;

const listed = (names: readonly string[]): string =>
  names.length <= LONGEST_LIST
    ? names.join('; ')
    : `${names.slice(0, LONGEST_LIST).join('; ')} and ${names.length - LONGEST_LIST} others`;
