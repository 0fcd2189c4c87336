import { TaskError } from '../errors.ts';

/** An object as a listing names it. */
export type ListedObject = {
  readonly key: string;
  readonly bytes: number;
  /** In quotes, as S3 has it. */
  readonly etag: string;
  readonly modifiedMs: number;
};

/**
 * What Distributed Maps ask of their surroundings. `executionArn` is of the execution that the map is
 * a state of: by its role everything is done. Each throws a TaskError for what the service refuses.
 */
export interface MapHost {
  /** Whether the execution's role may start, describe and stop child executions. */
  readonly assertMayRun: (executionArn: string) => void;
  readonly read: (executionArn: string, bucket: string, key: string) => string;
  readonly list: (executionArn: string, bucket: string, prefix: string) => readonly ListedObject[];
  readonly write: (executionArn: string, bucket: string, key: string, text: string) => void;
}

/** How far a Map Run is; counts are of items, a batch that failed counts all of its own. */
export type MapProgress = {
  readonly mapRunArn: string;
  /** The execution that the map is a state of. */
  readonly executionArn: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
};

const noBucket = (bucket: string): never => {
  throw new TaskError(
    'S3.NoSuchBucket',
    `The engine was given no objects to read or write, asked for the bucket "${bucket}"`,
  );
};

/** Of an engine that has no objects: maps over `Items` without a writer run. */
export const hostWithoutObjects: MapHost = {
  assertMayRun: () => undefined,
  read: (_, bucket) => noBucket(bucket),
  list: (_, bucket) => noBucket(bucket),
  write: (_, bucket) => noBucket(bucket),
};
