import type { Answer, AnswerColumn, AnswerValue } from '../lake/duckdb.ts';

/** DuckDB's types by Athena's names; SUM of whole numbers is a HUGEINT there and a bigint here. */
const TYPES: Readonly<Record<string, string>> = {
  VARCHAR: 'varchar',
  TINYINT: 'tinyint',
  SMALLINT: 'smallint',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  HUGEINT: 'bigint',
  DOUBLE: 'double',
  FLOAT: 'float',
  BOOLEAN: 'boolean',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamp with time zone',
};

const typeOf = ({ type }: AnswerColumn): string => {
  if (type.endsWith(']')) return 'array';
  return TYPES[type] ?? (type.startsWith('DECIMAL') ? 'decimal' : 'row');
};

/** `ColumnInfo` of each column. */
export const columnInfo = ({ columns }: Answer): readonly object[] =>
  columns.map((column) => ({
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: column.name,
    Label: column.name,
    Type: typeOf(column),
    Precision: 0,
    Scale: 0,
    Nullable: 'UNKNOWN',
    CaseSensitive: typeOf(column) === 'varchar',
  }));

/** The first row of an answer names its columns. */
export const HEADER_ROWS = 1;

/** Rows as text, from one up to another; the names of the columns are the first row. */
export const dataRows = (
  { columns, rows }: Answer,
  from: number,
  to: number,
): readonly object[] => {
  const header = { Data: columns.map(({ name }) => ({ VarCharValue: name })) };
  const typed = columns.map((column) => ({ name: column.name, type: typeOf(column) }));
  const asked = rows.slice(Math.max(0, from - HEADER_ROWS), to - HEADER_ROWS);
  return [
    ...(from < HEADER_ROWS ? [header] : []),
    ...asked.map((row) => ({
      Data: typed.map(({ name, type }) => datum(row[name] ?? null, type)),
    })),
  ];
};

const datum = (value: AnswerValue, type: string): object =>
  value === null ? {} : { VarCharValue: textOf(value, type) };

const textOf = (value: AnswerValue, type: string): string => {
  if (typeof value === 'number')
    return type === 'double' || type === 'float' ? javaDouble(value) : String(value);
  if (typeof value === 'object') return JSON.stringify(value);
  if (type === 'timestamp') return String(value).replace('T', ' ').replace('Z', '');
  if (type === 'timestamp with time zone')
    return String(value).replace('T', ' ').replace('Z', ' UTC');
  return String(value);
};

/** Java's `Double.toString`: 1.0, 0.001, 1.0E-4, 1.0E7. */
const javaDouble = (value: number): string => {
  if (!Number.isFinite(value) || value === 0)
    return Object.is(value, -0) ? '-0.0' : value === 0 ? '0.0' : String(value);
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
};
