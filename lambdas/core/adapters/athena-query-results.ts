import { type AthenaClient, type Datum, GetQueryResultsCommand } from '@aws-sdk/client-athena';
import type { QueryResults, ResultRow } from '../ports/query-results.ts';

/** Athena API reference, GetQueryResults: rows of a page at most. */
const MOST_ROWS = 1000;

/** Pages of GetQueryResults. Of a SELECT the first row of the first page has the names of the columns. */
export const athenaQueryResults = (client: AthenaClient): QueryResults => ({
  rows: async function* rows(QueryExecutionId) {
    let next: string | undefined;
    do {
      const { ResultSet, NextToken } = await client.send(
        new GetQueryResultsCommand({
          QueryExecutionId,
          MaxResults: MOST_ROWS,
          ...(next === undefined ? {} : { NextToken: next }),
        }),
      );
      const names = (ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(({ Name = '' }) => Name);
      const page = ResultSet?.Rows ?? [];
      for (const { Data = [] } of next === undefined ? page.slice(1) : page)
        yield rowOf(names, Data);
      next = NextToken;
    } while (next !== undefined);
  },
});

const rowOf = (names: readonly string[], data: readonly Datum[]): ResultRow =>
  Object.fromEntries(
    names.flatMap((name, index) => {
      const value = data[index]?.VarCharValue;
      return value === undefined ? [] : [[name, value]];
    }),
  );
