import type { Answer } from '../lake/duckdb.ts';
import type { S3Place } from './athena-access.ts';

/** A query that was started: it has been answered, and says so when its time is over. */
export interface AthenaQuery {
  readonly id: string;
  readonly sql: string;
  readonly workGroup: string;
  readonly context: unknown;
  readonly place: S3Place;
  readonly startedMs: number;
  readonly endsMs: number;
  readonly scannedBytes: number;
  /** The answer, or why there is none. */
  readonly outcome: Answer | { readonly failure: string };
  isCancelled: boolean;
}

export type QueryState = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

export const stateOf = (query: AthenaQuery, nowMs: number): QueryState => {
  if (query.isCancelled) return 'CANCELLED';
  if (nowMs < query.endsMs) return 'RUNNING';
  return 'failure' in query.outcome ? 'FAILED' : 'SUCCEEDED';
};

/**
 * `QueryExecution` of GetQueryExecution.
 *
 * @param instant how times are written: seconds on the wire, milliseconds in a state machine
 */
export const describeQuery = (
  query: AthenaQuery,
  state: QueryState,
  instant: (ms: number) => number,
): object => {
  const { id, sql, workGroup, context, place, startedMs, endsMs, scannedBytes } = query;
  const tookMs = endsMs - startedMs;
  return {
    QueryExecutionId: id,
    Query: sql,
    StatementType: 'DML',
    SubstatementType: /^\s*insert\s/i.test(sql) ? 'INSERT' : 'SELECT',
    ResultConfiguration: { OutputLocation: `s3://${place.bucket}/${place.path}` },
    QueryExecutionContext: context,
    Status: {
      State: state,
      SubmissionDateTime: instant(startedMs),
      ...(state === 'RUNNING' ? {} : { CompletionDateTime: instant(endsMs) }),
      ...failureOf(query, state),
    },
    Statistics: {
      EngineExecutionTimeInMillis: tookMs,
      TotalExecutionTimeInMillis: tookMs,
      QueryQueueTimeInMillis: 0,
      ServiceProcessingTimeInMillis: 0,
      DataScannedInBytes: scannedBytes,
    },
    WorkGroup: workGroup,
    EngineVersion: {
      SelectedEngineVersion: 'AUTO',
      EffectiveEngineVersion: 'Athena engine version 3',
    },
  };
};

/** Category 2 is the user's mistake (Athena user guide, "Athena error catalog"). */
const failureOf = ({ outcome }: AthenaQuery, state: QueryState): object =>
  state === 'FAILED' && 'failure' in outcome
    ? {
        StateChangeReason: outcome.failure,
        AthenaError: { ErrorCategory: 2, ErrorMessage: outcome.failure, Retryable: false },
      }
    : {};
