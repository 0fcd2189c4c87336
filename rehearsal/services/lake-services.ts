import { join } from 'node:path';
import type { Cloud } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import { readGlueCatalog } from '../lake/glue-catalog.ts';
import { Lake } from '../lake/lake.ts';
import { Athena } from './athena.ts';
import type { Authorizer } from './authorizer.ts';
import { Buckets } from './buckets.ts';
import { Firehose } from './firehose.ts';
import type { Services } from './gateway.ts';
import type { Integrations } from './state-machines.ts';

export interface LakeServicesOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  /** The lake is in its folder `lake`. */
  readonly stateDir: string;
}

/** What writes and reads the lake: nothing of it when the templates have no Glue database. */
export class LakeServices {
  /** By the names that requests are signed with. */
  readonly services: Services;
  /** What state machines ask of it. */
  readonly integrations: Integrations;
  readonly #lake: Lake | undefined;
  readonly #firehose: Firehose | undefined;

  constructor({ stateDir, ...options }: LakeServicesOptions) {
    const catalog = readGlueCatalog(options.cloud);
    if (catalog === undefined) {
      [this.services, this.integrations] = [{}, {}];
      return;
    }
    const lake = new Lake({ catalog, dir: join(stateDir, 'lake') });
    const buckets = new Buckets(options.cloud, options.authorizer);
    const firehose = new Firehose({ ...options, lake, buckets });
    const athena = new Athena({ ...options, lake, buckets });
    this.#lake = lake;
    this.#firehose = firehose;
    this.services = { firehose: firehose.service, athena: athena.service };
    this.integrations = integrationsOf(athena);
  }

  /** Asks for what delivery streams do by their roles. @throws {AwsError} AccessDeniedException */
  start(): void {
    this.#firehose?.start();
  }

  /** Real milliseconds of what the lake was asked. */
  get busyMs(): number {
    return this.#lake?.busyMs ?? 0;
  }

  /** What AWS would lose or refuse without a word. */
  get problems(): readonly string[] {
    return this.#lake?.problems ?? [];
  }

  /**
   * Adds rows of what was before the rehearsal, as they would have come through the table's stream.
   *
   * @param day the partition, `2026-03-01` @throws without a lake that has the table
   */
  put(table: string, row: object, day: string): void {
    const found = this.#lake?.catalog.tables.get(table);
    if (found === undefined) throw new Error(`the templates have no table ${table}`);
    this.#lake?.add(found, row, day);
  }

  /** Tries the views, so that those that do not fit are among the problems; without a row nothing is tried. */
  async check(): Promise<void> {
    await this.#lake?.check();
  }

  /** Rows by table, of those that have any and have left the streams' buffers. */
  get rows(): ReadonlyMap<string, number> {
    return this.#lake?.rows ?? new Map();
  }

  /** Writes every row that was taken as Parquet, those that still wait in buffers too. */
  async write(): Promise<void> {
    this.#firehose?.flush();
    await this.#lake?.write();
  }

  async stop(): Promise<void> {
    await this.#lake?.close();
  }
}

const ATHENA = 'arn:aws:states:::athena:';

/** Step Functions developer guide, "Run Athena queries with Step Functions". */
const integrationsOf = (athena: Athena): Integrations => ({
  [`${ATHENA}startQueryExecution.sync`]: (principal, input) => athena.runTask(principal, input),
  ...Object.fromEntries(
    ['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults', 'StopQueryExecution'].map(
      (operation) => [
        `${ATHENA}${operation.charAt(0).toLowerCase()}${operation.slice(1)}`,
        (...[principal, input]: Parameters<Integrations[string]>) =>
          athena.callTask(principal, operation, input),
      ],
    ),
  ),
});
