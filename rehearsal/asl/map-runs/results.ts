import type { ResultWriter } from '../definition.ts';
import { ErrorName, StateError, TaskError } from '../errors.ts';
import type { ExecutionDescription } from '../execution.ts';
import { isJsonArray, type Json, type JsonObject } from '../json.ts';
import type { ExecutionRun } from '../execution-run.ts';
import type { S3Place } from './item-source.ts';

/** Takes what becomes of the child executions of a Map Run. */
export interface ChildResults {
  /** @param index the child's place among the inputs */
  readonly add: (index: number, ended: ExecutionDescription) => void;
}

type FileStatus = 'FAILED' | 'PENDING' | 'SUCCEEDED';

const included = { Included: true };

const redriveOf = (status: string): JsonObject =>
  status === 'SUCCEEDED'
    ? {
        RedriveStatus: 'NOT_REDRIVABLE',
        RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      }
    : { RedriveStatus: 'REDRIVABLE_BY_MAP_RUN' };

/** A child execution as result files have it (developer guide, "ResultWriter (Map)", NONE). */
const recordOf = (ended: ExecutionDescription): JsonObject => {
  const { cause, error, output, stopDate } = ended;
  return {
    ...(cause === undefined ? {} : { Cause: cause }),
    ...(error === undefined ? {} : { Error: error }),
    ExecutionArn: ended.executionArn,
    Input: JSON.stringify(ended.input),
    InputDetails: included,
    Name: ended.name,
    ...(output === undefined ? {} : { Output: JSON.stringify(output), OutputDetails: included }),
    RedriveCount: 0,
    ...redriveOf(ended.status),
    StartDate: ended.startDate,
    StateMachineArn: ended.stateMachineArn,
    Status: ended.status,
    ...(stopDate === undefined ? {} : { StopDate: stopDate }),
  };
};

/** The result of a map that exports nothing: outputs in the order of the inputs, failed children unchanged. */
export class CollectedResults implements ChildResults {
  readonly #outputs: Json[] = [];

  get outputs(): readonly Json[] {
    return this.#outputs;
  }

  add(index: number, ended: ExecutionDescription): void {
    this.#outputs[index] = ended.status === 'SUCCEEDED' ? (ended.output ?? null) : recordOf(ended);
  }
}

/** Entries of a result file as JSON text: one child may have none or, flattened, several. */
type Entries = { readonly index: number; readonly texts: readonly string[] };

/** The export of a Map Run: a file for every status that a child has, and a manifest of them. */
export class ExportedResults implements ChildResults {
  readonly #writer: ResultWriter;
  readonly #entries: Record<FileStatus, Entries[]> = { FAILED: [], PENDING: [], SUCCEEDED: [] };

  constructor(writer: ResultWriter) {
    this.#writer = writer;
  }

  add(index: number, ended: ExecutionDescription): void {
    const hasSucceeded = ended.status === 'SUCCEEDED';
    const values = hasSucceeded ? this.#transformed(ended) : [recordOf(ended)];
    const texts = values.map((value) => JSON.stringify(value));
    this.#entries[hasSucceeded ? 'SUCCEEDED' : 'FAILED'].push({ index, texts });
  }

  addPending(input: Json): void {
    const { PENDING: pending } = this.#entries;
    const record = { Input: JSON.stringify(input), InputDetails: included, Status: 'PENDING' };
    pending.push({ index: pending.length, texts: [JSON.stringify(record)] });
  }

  /**
   * Writes files and manifest below `<Prefix>/<id of the run>/`.
   *
   * @returns the result of the map
   * @throws StateError States.ResultWriterFailed
   */
  write({ executionArn, maps }: ExecutionRun, mapRunArn: string, place: S3Place): JsonObject {
    const { bucket, path } = place;
    const folder = [...(path === '' ? [] : [path.replace(/\/$/, '')]), mapRunArn.split(':').at(-1)];
    const put = (name: string, text: string): JsonObject => {
      const key = [...folder, name].join('/');
      try {
        maps.host.write(executionArn, bucket, key, text);
      } catch (thrown) {
        if (!(thrown instanceof TaskError)) throw thrown;
        const cause = `${thrown.error}: ${thrown.cause ?? ''}`;
        throw new StateError(ErrorName.resultWriterFailed, cause);
      }
      return { Key: key, Size: Buffer.byteLength(text) };
    };
    const manifest = {
      DestinationBucket: bucket,
      MapRunArn: mapRunArn,
      ResultFiles: {
        FAILED: this.#file('FAILED', put),
        PENDING: this.#file('PENDING', put),
        SUCCEEDED: this.#file('SUCCEEDED', put),
      },
    };
    const { Key: key = '' } = put('manifest.json', JSON.stringify(manifest));
    return { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket: bucket, Key: key } };
  }

  #transformed(ended: ExecutionDescription): readonly Json[] {
    const { transformation } = this.#writer;
    const { output = null } = ended;
    if (transformation === 'NONE') return [recordOf(ended)];
    return transformation === 'FLATTEN' && isJsonArray(output) ? output : [output];
  }

  /** No file is written for a status that no child has. */
  #file(
    status: FileStatus,
    put: (name: string, text: string) => JsonObject,
  ): readonly JsonObject[] {
    const entries = this.#entries[status];
    if (entries.length === 0) return [];
    const texts = entries.toSorted((a, b) => a.index - b.index).flatMap((each) => each.texts);
    return this.#writer.outputType === 'JSONL'
      ? [put(`${status}_0.jsonl`, texts.map((text) => `${text}\n`).join(''))]
      : [put(`${status}_0.json`, `[${texts.join(',')}]`)];
  }
}
