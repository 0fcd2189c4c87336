import type { QueryResults, ResultRow } from '#core/ports/query-results.ts';

/** Answers of queries by id; numbers are written as Athena writes them, what is null is left out. */
export const inMemoryQueryResults = (
  answers: Readonly<Record<string, readonly Readonly<Record<string, string | number | null>>[]>>,
): QueryResults => ({
  rows: async function* rows(queryId) {
    const answer = answers[queryId];
    if (answer === undefined) throw new Error(`there is no query ${queryId}`);
    for (const row of answer) yield rowOf(row);
  },
});

const rowOf = (row: Readonly<Record<string, string | number | null>>): ResultRow =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  );
