import { columnsOf, type CsvFile, csvRows } from './csv-rows.ts';
import { checkedPropensity, type Log, type LoggedRow, UnusableLog } from './logged-row.ts';

/** Names of columns. Slot, context and cluster: absent where the rows have none. */
export interface LogColumns {
  readonly action: string;
  readonly propensity: string;
  readonly reward: string;
  readonly slot: string | undefined;
  readonly context: string | undefined;
  readonly cluster: string | undefined;
}

/**
 * Reads a log of decisions from a CSV file with a header, `.gz` or not, one row a decision. Slot, context and cluster are
 * columns of these names unless others are named.
 *
 * @throws {UnusableLog | UnreadableFile} with the column, or the row as a spreadsheet counts and what was expected
 */
export const fileLog = async (csv: CsvFile, named: LogColumns): Promise<Log> => {
  const { action, propensity, reward } = named;
  const header = await columnsOf(csv, Object.values(named));
  const usual = (name: string): string | undefined => (header.includes(name) ? name : undefined);
  const { slot = usual('slot'), context = usual('context'), cluster = usual('cluster') } = named;
  const rows: LoggedRow[] = [];
  for await (const row of csvRows(csv))
    rows.push({
      name: row.name,
      action: row.someText(action, 'the name of what was done'),
      slot: slot === undefined ? '' : row.text(slot),
      context: context === undefined ? '' : row.text(context),
      propensity: checkedPropensity(
        row.name,
        propensity,
        row.number(propensity, 'a number above 0 and up to 1'),
      ),
      reward: row.number(reward, 'a number; 0 where nothing came of it'),
      cluster:
        cluster === undefined
          ? undefined
          : row.someText(cluster, 'what the row belongs to, such as its session'),
    });
  if (rows.length === 0) throw new UnusableLog(`${csv.file}: got a header and no rows below it`);
  return { rows, from: csv.file, notes: notesOf({ slot, context, cluster }) };
};

const notesOf = (columns: Pick<LogColumns, 'slot' | 'context' | 'cluster'>): readonly string[] => {
  const used = Object.entries(columns).flatMap(([what, name]) =>
    name === undefined ? [] : [`${what} is column "${name}"`],
  );
  const unused = Object.entries(columns).flatMap(([what, name]) =>
    name === undefined ? [what] : [],
  );
  return [
    [...used, ...(unused.length === 0 ? [] : [`the log has no ${unused.join(', no ')}`])].join(
      '; ',
    ),
  ];
};
