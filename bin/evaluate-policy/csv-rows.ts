import { headerOf, readCsv } from '#rehearsal/input/order-import/read-rows.ts';
import { UnusableLog } from './logged-row.ts';

export interface CsvFile {
  /** May end in .gz. */
  readonly file: string;
  readonly delimiter: string;
}

/** A row of a CSV file, to be asked for columns that the file has. */
export interface CsvRow {
  readonly name: string;
  /** Empty where nothing stands. */
  readonly text: (column: string) => string;
  /** @throws {UnusableLog} saying row, column and what was expected, where nothing stands */
  readonly someText: (column: string, expected: string) => string;
  /** @throws {UnusableLog} saying row, column and what was expected, for what is no number; true is 1 and false 0 */
  readonly number: (column: string, expected: string) => number;
}

/**
 * The columns of a file.
 *
 * @throws {UnusableLog | UnreadableFile} for one that is wanted and not there, or there twice
 */
export const columnsOf = async (
  { file, delimiter }: CsvFile,
  wanted: readonly (string | undefined)[],
): Promise<readonly string[]> => {
  const header = await headerOf(file, { delimiter, encoding: 'utf8' });
  const named = wanted.filter((name) => name !== undefined);
  const missing = named.find((name) => !header.includes(name));
  if (missing !== undefined)
    throw new UnusableLog(
      `${file}: there is no column "${missing}"; there are: ${header.join(', ')}. ${header.length === 1 ? 'Is --delimiter the right one?' : 'Options name the columns: see --help.'}`,
    );
  const twice = named.find((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (twice !== undefined)
    throw new UnusableLog(`${file}: column "${twice}" is there twice; rename one of them`);
  return header;
};

/** @throws {UnusableLog | UnreadableFile} with the row as a spreadsheet counts */
export async function* csvRows({ file, delimiter }: CsvFile): AsyncGenerator<CsvRow> {
  for await (const row of readCsv(file, { delimiter, encoding: 'utf8' })) {
    const name = `${file}, row ${row.number}`;
    if (!('values' in row)) throw new UnusableLog(`${name}: ${row.problem}`);
    yield rowOf(name, (column) => row.values.get(column)?.trim() ?? '');
  }
}

const rowOf = (name: string, text: CsvRow['text']): CsvRow => {
  const wrong = (column: string, expected: string): UnusableLog =>
    new UnusableLog(
      `${name}, column "${column}": got ${text(column) === '' ? 'nothing' : `"${text(column)}"`}, expected ${expected}`,
    );
  return {
    name,
    text,
    someText: (column, expected) => {
      if (text(column) === '') throw wrong(column, expected);
      return text(column);
    },
    number: (column, expected) => {
      const value = truths.get(text(column).toLowerCase()) ?? numberOf(text(column));
      if (!Number.isFinite(value)) throw wrong(column, expected);
      return value;
    },
  };
};

const numberOf = (text: string): number => (text === '' ? Number.NaN : Number(text));

const truths: ReadonlyMap<string, number> = new Map([
  ['true', 1],
  ['false', 0],
]);
