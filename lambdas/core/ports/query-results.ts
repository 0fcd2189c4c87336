/** Text by column; a column without a value is absent. */
export type ResultRow = Readonly<Record<string, string>>;

/** What queries of the lake answered. */
export interface QueryResults {
  /**
   * The rows in the order of the answer, a page after the other as they are asked for.
   *
   * @throws when the query is not known, or has not succeeded
   */
  readonly rows: (queryId: string) => AsyncIterable<ResultRow>;
}
