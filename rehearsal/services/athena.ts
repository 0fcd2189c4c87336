import { TaskError } from '../asl/errors.ts';
import { LateAnswer } from '../asl/task-runner.ts';
import type { VirtualClock } from '../clock.ts';
import type { Answer } from '../lake/duckdb.ts';
import { AthenaAccess, type AthenaAccessOptions } from './athena-access.ts';
import { columnInfo, dataRows, HEADER_ROWS } from './athena-answer.ts';
import { type AthenaQuery, describeQuery, type QueryState, stateOf } from './athena-query.ts';
import type { Principal } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import { type Service, textOf } from './service.ts';
import { WorkGroups } from './work-groups.ts';

export interface AthenaOptions extends AthenaAccessOptions {
  readonly clock: VirtualClock;
}

type Input = Readonly<Record<string, unknown>>;

/** How long any query takes: a guess at one of a small lake. */
const QUERY_SECONDS = 3;

/** Results are kept as long as a job may need them; of a year of nights they would fill the heap. */
const KEPT_MS = 24 * 3_600_000;

/** Athena API reference, GetQueryResults: rows of a page, the header among them. */
const MOST_ROWS = 1000;

const inSeconds = (ms: number): number => ms / 1000;
const inMilliseconds = (ms: number): number => ms;

/** Athena: queries of the lake, by DuckDB. */
export class Athena {
  readonly #options: AthenaOptions;
  readonly #access: AthenaAccess;
  readonly #groups: WorkGroups;
  readonly #queries = new Map<string, AthenaQuery>();
  readonly #tokens = new Map<string, string>();
  /** Those that somebody has asked for: a function that waits for one stands still in time. */
  readonly #asked = new Set<AthenaQuery>();
  #ids = 0;

  constructor(options: AthenaOptions) {
    this.#options = options;
    this.#access = new AthenaAccess(options);
    this.#groups = new WorkGroups(options.cloud);
  }

  readonly service: Service = async ({ principal, operation, input }) => {
    switch (operation) {
      case 'StartQueryExecution':
        return { QueryExecutionId: (await this.#start(principal, input)).id };
      case 'GetQueryExecution':
        return this.#describe(principal, input, inSeconds);
      case 'GetQueryResults':
        return this.#results(principal, input);
      case 'StopQueryExecution':
        return this.#stop(principal, input);
      default:
        throw new AwsError('InvalidAction', `Athena ${operation} is not modelled`);
    }
  };

  /**
   * `athena:startQueryExecution.sync` of a state machine: waits until the query has ended. Its role needs more than
   * a function's (Step Functions developer guide, "IAM policies for calling Amazon Athena").
   *
   * @throws {AwsError} as StartQueryExecution
   */
  async runTask(principal: Principal, input: Input): Promise<LateAnswer> {
    const { authorizer, cloud } = this.#options;
    const workGroup = workGroupOf(input);
    for (const operation of ['GetQueryExecution', 'StopQueryExecution'])
      this.#access.assertWorkGroup(principal, operation, workGroup);
    const catalog = `arn:aws:athena:${cloud.region}:${cloud.account}:datacatalog/AwsDataCatalog`;
    authorizer.assert({ principal, action: 'athena:GetDataCatalog', resource: catalog });
    const query = await this.#start(principal, input);
    return new LateAnswer(QUERY_SECONDS, () => {
      const state = stateOf(query, query.endsMs);
      const QueryExecution = describeQuery(query, state, inMilliseconds);
      if (state === 'SUCCEEDED') return { QueryExecution };
      throw new TaskError('States.TaskFailed', JSON.stringify({ QueryExecution }));
    });
  }

  /** The calls that state machines make and do not wait for: those of the API, in its words. */
  async callTask(principal: Principal, operation: string, input: Input): Promise<unknown> {
    return operation === 'GetQueryExecution'
      ? this.#describe(principal, input, inMilliseconds)
      : this.service({ principal, operation, input });
  }

  async #start(principal: Principal, input: Input): Promise<AthenaQuery> {
    const { clock } = this.#options;
    const workGroup = workGroupOf(input);
    this.#access.assertWorkGroup(principal, 'StartQueryExecution', workGroup);
    const known = this.#queries.get(this.#tokens.get(textOf(input, 'ClientRequestToken')) ?? '');
    if (known !== undefined) return known;
    this.#assertDatabase(input);
    const id = this.#nextId();
    const asked: unknown = Object(input['ResultConfiguration']).OutputLocation;
    const place = this.#groups.resultPlace(workGroup, asked, id);
    const sql = withParameters(textOf(input, 'QueryString'), input['ExecutionParameters']);
    const startedMs = clock.now();
    const { outcome, scannedBytes } = await this.#answer(principal, sql, place);
    const query: AthenaQuery = {
      id,
      sql,
      workGroup,
      context: input['QueryExecutionContext'],
      place,
      startedMs,
      endsMs: startedMs + QUERY_SECONDS * 1000,
      scannedBytes,
      outcome,
      isCancelled: false,
    };
    this.#forgetOld(startedMs);
    this.#queries.set(id, query);
    this.#tokens.set(textOf(input, 'ClientRequestToken') || id, id);
    return query;
  }

  /** What is wrong with a query, or refused to it, is its own failure and not the call's. */
  async #answer(
    principal: Principal,
    sql: string,
    place: AthenaQuery['place'],
  ): Promise<Pick<AthenaQuery, 'outcome' | 'scannedBytes'>> {
    const { clock, lake } = this.#options;
    try {
      const { into, select } = statementOf(sql);
      const read = await lake.readBy(select);
      const target = into === undefined ? undefined : lake.tableToFill(into);
      this.#access.assertMayRead(principal, read);
      if (target !== undefined) this.#access.assertMayFill(principal, target);
      this.#access.assertMayWriteResult(principal, place);
      const scannedBytes = lake.bytesOf(read.tables);
      const asked = { select, nowMs: clock.now() };
      const outcome = await (target === undefined
        ? lake.query(asked.select, asked.nowMs)
        : lake.fill(target, asked.select, asked.nowMs));
      return { outcome, scannedBytes };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { outcome: { failure: error.message }, scannedBytes: 0 };
    }
  }

  #describe(principal: Principal, input: Input, instant: (ms: number) => number) {
    const query = this.#find(principal, 'GetQueryExecution', input);
    const state = this.#stateFor(query);
    this.#asked.add(query);
    return { QueryExecution: describeQuery(query, state, instant) };
  }

  #results(principal: Principal, input: Input) {
    const query = this.#find(principal, 'GetQueryResults', input);
    const state = this.#stateFor(query);
    if (state !== 'SUCCEEDED' || 'failure' in query.outcome)
      throw new AwsError(
        'InvalidRequestException',
        state === 'RUNNING'
          ? `Query has not yet finished. Current state: ${state}`
          : `Query did not finish successfully. Final query state: ${state}`,
      );
    this.#access.assertMayReadResult(principal, query.place);
    return pageOf(query.outcome, input);
  }

  #stop(principal: Principal, input: Input): object {
    const query = this.#find(principal, 'StopQueryExecution', input);
    if (this.#stateFor(query) === 'RUNNING') query.isCancelled = true;
    return {};
  }

  /** A query that is asked for a second time has ended: who asks again has waited. */
  #stateFor(query: AthenaQuery): QueryState {
    const nowMs = this.#options.clock.now();
    return stateOf(query, this.#asked.has(query) ? Math.max(nowMs, query.endsMs) : nowMs);
  }

  #find(principal: Principal, operation: string, input: Input): AthenaQuery {
    const id = textOf(input, 'QueryExecutionId');
    const query = this.#queries.get(id);
    if (query === undefined)
      throw new AwsError('InvalidRequestException', `QueryExecution ${id} was not found`);
    this.#access.assertWorkGroup(principal, operation, query.workGroup);
    return query;
  }

  #assertDatabase(input: Input): void {
    const { name } = this.#options.lake.catalog.database;
    const asked: unknown = Object(input['QueryExecutionContext']).Database ?? name;
    if (asked === name) return;
    throw new AwsError(
      'InvalidRequestException',
      `the rehearsal knows the database ${name} alone, got ${String(asked)}`,
    );
  }

  #forgetOld(nowMs: number): void {
    for (const [id, query] of this.#queries) {
      if (nowMs - query.endsMs < KEPT_MS) break;
      this.#queries.delete(id);
      this.#asked.delete(query);
    }
  }

  #nextId(): string {
    this.#ids += 1;
    return `00000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`;
  }
}

const workGroupOf = (input: Input): string => textOf(input, 'WorkGroup') || 'primary';

/** Columns that are named after the table are not modelled: they would stand before the query, as a bracket. */
const statementOf = (
  sql: string,
): { readonly into?: string | undefined; readonly select: string } => {
  const [, into, select = ''] =
    /^\s*(?:(?:--[^\n]*|\/\*[\s\S]*?\*\/)\s*)*(?:insert\s+into\s+([\w.]+)\s+)?((?:select|with|\()[\s\S]*)$/i.exec(
      sql,
    ) ?? [];
  if (select === '' || (into !== undefined && select.startsWith('(')))
    throw new Error(
      'the rehearsal models queries, SELECT and WITH, and INSERT INTO a table of all its columns, no other statements',
    );
  return { into, select };
};

/** Athena puts each parameter, a literal of SQL, in the place of a question mark. */
const withParameters = (sql: string, given: unknown): string => {
  const parameters = Array.isArray(given) ? given.map(String) : [];
  if (parameters.length === 0) return sql;
  let used = 0;
  const text = sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\?/g, (piece) =>
    piece === '?' ? (parameters[used++] ?? piece) : piece,
  );
  if (used === parameters.length) return text;
  throw new AwsError(
    'InvalidRequestException',
    `Incorrect number of parameters: expected ${used} but found ${parameters.length}`,
  );
};

const pageOf = (answer: Answer, input: Input): object => {
  const most = Number(input['MaxResults'] ?? MOST_ROWS);
  if (!(most >= 1 && most <= MOST_ROWS))
    throw new AwsError(
      'InvalidRequestException',
      `MaxResults: got ${most}, expected 1 to ${MOST_ROWS}`,
    );
  const from = Number(input['NextToken'] ?? 0);
  const to = from + most;
  return {
    UpdateCount: 0,
    ResultSet: {
      Rows: dataRows(answer, from, to),
      ResultSetMetadata: { ColumnInfo: columnInfo(answer) },
    },
    ...(to < HEADER_ROWS + answer.rows.length ? { NextToken: String(to) } : {}),
  };
};
