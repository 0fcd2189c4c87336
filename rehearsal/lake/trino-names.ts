/**
 * Functions of Trino that DuckDB has under another name. Renamed in the text, as a macro in the place of an aggregate
 * takes no FILTER. The approximate ones are exact here: AWS's answers differ by up to a few per cent.
 */
const NAMES: Readonly<Record<string, string>> = {
  approx_percentile: 'quantile_disc',
  approx_distinct: 'approx_count_distinct',
  every: 'bool_and',
  transform: 'list_transform',
};

/** Quoted text, quoted names, comments; else a name that is called, else a number with a decimal point. */
const PIECES =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|(?<called>\b[a-z_]\w*)(?=\s*\()|(?<decimal>(?<![\w.])(?:\d+\.\d*|\.\d+)(?![\w.]))/gi;

/**
 * Rewrites a query of Athena for DuckDB.
 *
 * @throws for a number with a decimal point: Trino reads `0.5` as DECIMAL(1,1) and divides it to that scale, DuckDB
 *   does not
 */
export const inDuckDb = (sql: string): string =>
  sql.replaceAll(PIECES, (piece, ...rest) => {
    const { called, decimal } = groupsOf(rest);
    if (decimal !== undefined)
      throw new Error(
        `${decimal} is a DECIMAL to Trino, whose divisions keep its scale, and the rehearsal cannot run it alike: write ${Number(decimal)}e0 or CAST('${decimal}' AS DOUBLE)`,
      );
    return called === undefined ? piece : (NAMES[called.toLowerCase()] ?? piece);
  });

const groupsOf = (rest: readonly unknown[]): Readonly<Record<string, string | undefined>> =>
  Object(rest.at(-1));
