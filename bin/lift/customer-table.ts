import {
  headerOf,
  readCsv,
  type Row,
  type UnreadableRow,
} from '#rehearsal/input/order-import/read-rows.ts';

/** A row a customer, read column by column. */
export interface CustomerTable {
  /** In the order of their first customer. */
  readonly arms: readonly string[];
  /** For each customer the place of their arm in `arms`. */
  readonly armOf: readonly number[];
  /** For each column asked for a number a customer. */
  readonly columns: ReadonlyMap<string, readonly number[]>;
}

export interface TableQuestion {
  readonly arm: string;
  /** Columns of numbers; true and false count as 1 and 0. */
  readonly numbers: readonly string[];
  readonly delimiter: string;
}

/** The file is not what was said about it. */
export class UnusableTable extends Error {
  override readonly name = 'UnusableTable';
}

/** More values than this are ids or amounts, no arms. */
const MAX_ARMS = 20;

/**
 * Reads a CSV file with a header, `.gz` or not, keeping only the columns asked for.
 *
 * @throws {UnusableTable | UnreadableFile} with the column, or the row as a spreadsheet counts and the value
 */
export const readCustomers = async (
  file: string,
  question: TableQuestion,
): Promise<CustomerTable> => {
  const format = { delimiter: question.delimiter, encoding: 'utf8' } as const;
  checkColumns(await headerOf(file, format), question);
  const arms = new Map<string, number>();
  const armOf: number[] = [];
  const columns = new Map(question.numbers.map((name): [string, number[]] => [name, []]));
  for await (const row of readCsv(file, format)) {
    const values = valuesOf(row);
    armOf.push(placeOf(arms, armIn(row.number, values, question.arm), question.arm));
    for (const [name, column] of columns) column.push(numberIn(row.number, values, name));
  }
  if (armOf.length === 0)
    throw new UnusableTable(`${file}: got a header and no customers below it`);
  return { arms: [...arms.keys()], armOf, columns };
};

const checkColumns = (header: readonly string[], { arm, numbers }: TableQuestion): void => {
  const missing = [arm, ...numbers].find((name) => !header.includes(name));
  if (missing !== undefined)
    throw new UnusableTable(
      `there is no column "${missing}"; there are: ${header.join(', ')}${header.length === 1 ? '. Is --delimiter the right one?' : ''}`,
    );
  const twice = [arm, ...numbers].find((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (twice !== undefined)
    throw new UnusableTable(`column "${twice}" is there twice; rename one of them`);
};

const valuesOf = (row: Row | UnreadableRow): Row['values'] => {
  if ('values' in row) return row.values;
  throw new UnusableTable(`row ${row.number}: ${row.problem}`);
};

const armIn = (row: number, values: Row['values'], column: string): string => {
  const arm = values.get(column)?.trim() ?? '';
  if (arm !== '') return arm;
  throw new UnusableTable(
    `row ${row}, column "${column}": got nothing, expected an arm; leave out who was in no arm`,
  );
};

const placeOf = (arms: Map<string, number>, arm: string, column: string): number => {
  const place = arms.get(arm) ?? arms.size;
  if (place >= MAX_ARMS)
    throw new UnusableTable(
      `column "${column}" has more than ${MAX_ARMS} different values; is it the one that says the arm?`,
    );
  arms.set(arm, place);
  return place;
};

const numberIn = (row: number, values: Row['values'], column: string): number => {
  const text = values.get(column)?.trim() ?? '';
  const value = truths.get(text.toLowerCase()) ?? (text === '' ? NaN : Number(text));
  if (Number.isFinite(value)) return value;
  throw new UnusableTable(
    text === ''
      ? `row ${row}, column "${column}": got nothing, expected a number; write 0 where nothing happened`
      : `row ${row}, column "${column}": got "${text}", expected a number such as 12.50`,
  );
};

const truths: ReadonlyMap<string, number> = new Map([
  ['true', 1],
  ['false', 0],
]);
