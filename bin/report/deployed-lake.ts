import {
  AthenaClient,
  GetQueryExecutionCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { setTimeout as sleep } from 'node:timers/promises';
import config from '#config';
import { athenaQueryResults } from '#core/adapters/athena-query-results.ts';
import type { Deployment } from '../explain/deployed-source.ts';
import type { LakeSource } from './lake-source.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4_000;

/** Views over years of facts take seconds; what takes ten minutes has gone wrong. */
const PATIENCE_MS = 10 * 60_000;

/** States of Athena API reference, QueryExecutionStatus, in which a query stays. */
const ENDED = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED']);

/** The deployed views of a stage, asked through its workgroup with the caller's credentials; nothing is written. */
export const deployedLake = ({ stage, profile, region }: Deployment): LakeSource => {
  const client = new AthenaClient({
    region: region ?? config.stages[stage]?.region ?? 'eu-central-1',
    ...(profile === undefined ? {} : { profile }),
  });
  return {
    query: (sql) => answerOf(client, stage, sql),
    close: () => {
      client.destroy();
    },
  };
};

/**
 * Runs a query and reads all pages of its answer.
 *
 * @throws with Athena's reason when it does not succeed
 */
export const answerOf = async (
  client: AthenaClient,
  stage: string,
  sql: string,
): Promise<Awaited<ReturnType<LakeSource['query']>>> => {
  const { QueryExecutionId: id = '' } = await client.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      WorkGroup: `afterglow-${stage}`,
      QueryExecutionContext: { Database: `afterglow_${stage}` },
    }),
  );
  await ended(client, id, sql);
  return Array.fromAsync(athenaQueryResults(client).rows(id));
};

const ended = async (client: AthenaClient, id: string, sql: string): Promise<void> => {
  const until = Date.now() + PATIENCE_MS;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    const { QueryExecution } = await client.send(
      new GetQueryExecutionCommand({ QueryExecutionId: id }),
    );
    const { State: state = '', StateChangeReason: reason = '' } = QueryExecution?.Status ?? {};
    if (state === 'SUCCEEDED') return;
    if (ENDED.has(state) || Date.now() > until)
      throw new Error(
        `Athena: query ${id} is ${state}, expected SUCCEEDED: ${reason}. Is the Insight stack deployed, and of this version? The query:\n${sql}`,
      );
    await sleep(wait);
  }
};
