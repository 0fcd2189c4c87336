import { existsSync } from 'node:fs';
import { join } from 'node:path';
import config from '#config';
import { metricsInput } from '#analytics/metrics-input.ts';
import { viewsOf } from '#analytics/views.ts';
import { lakeFiles, openLake } from '#rehearsal/lake/open-lake.ts';
import { NoRehearsal } from '#rehearsal/report/state-files.ts';
import type { SourceOptions } from '../explain/source.ts';
import type { Rows } from './rows.ts';

/** What answers queries of the views. To be closed. */
export interface LakeSource {
  /** The rows of a query of Trino's. @throws with the engine's message */
  readonly query: (sql: string) => Promise<Rows>;
  readonly close: () => void;
}

/**
 * What a rehearsal left, under the views of the configuration as it is now, or the deployed views of a stage; the client
 * of AWS is loaded for the latter only.
 *
 * @throws {NoRehearsal} where no rehearsal has left its lake
 */
export const lakeSourceOf = async ({ state, stage, ...of }: SourceOptions): Promise<LakeSource> => {
  if (stage === undefined) return rehearsedLake(state);
  const { deployedLake } = await import('./deployed-lake.ts');
  return deployedLake({ stage, ...of });
};

const rehearsedLake = async (state: string): Promise<LakeSource> => {
  const folder = join(state, 'lake');
  if (!existsSync(folder)) throw new NoRehearsal(state);
  const lake = await openLake({ tables: lakeFiles(folder), views: viewsOf(metricsInput(config)) });
  return {
    query: async (sql) => (await lake.query(sql)).rows,
    close: () => {
      lake.close();
    },
  };
};
