import type { ColumnType } from '#core/contracts/facts.ts';
import type { CatalogTable } from '../lake/glue-catalog.ts';

/** A record of a delivery stream that AWS would not have stored as it is. */
export interface Misfit {
  readonly because: string;
}

/** OpenX reads these as they are (Firehose developer guide, "Handling JSON dates": `yyyy-MM-dd'T'HH:mm:ss[.S]'Z'`). */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

const holds: Readonly<Record<ColumnType, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  int: (value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31,
  bigint: (value) => Number.isSafeInteger(value),
  double: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  timestamp: (value) => typeof value === 'string' && INSTANT.test(value),
};

/**
 * The rows of a record: objects of JSON on lines of their own. Firehose drops a key that is no column without a
 * word and puts a row with a value of another type aside; both are misfits here.
 */
export const rowsOf = (
  record: string,
  table: Pick<CatalogTable, 'columns'>,
): readonly (object | Misfit)[] => {
  const lines = record.split('\n').filter((line) => line.trim() !== '');
  return lines.length === 0
    ? [misfit('the record is empty')]
    : lines.map((line) => rowOf(line, table));
};

export const isMisfit = (row: object): row is Misfit => row instanceof MisfitRow;

class MisfitRow implements Misfit {
  readonly because: string;

  constructor(because: string) {
    this.because = because;
  }
}

const misfit = (because: string): Misfit => new MisfitRow(because);

const rowOf = (line: string, { columns }: Pick<CatalogTable, 'columns'>): object | Misfit => {
  const row = parsed(line);
  if (row === undefined) return misfit('expected an object of JSON on each line');
  for (const [key, value] of Object.entries(row)) {
    const type = columns[key];
    if (type === undefined) return misfit(`the table has no column ${key}: Firehose would drop it`);
    if (value === null || holds[type](value)) continue;
    const got = value instanceof Object ? 'an object' : JSON.stringify(value);
    return misfit(`${key}: got ${got}, expected ${type}`);
  }
  return row;
};

const parsed = (line: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
