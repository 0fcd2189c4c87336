import { AthenaClient } from '@aws-sdk/client-athena';
import { expect, test } from 'vitest';
import { awsAnswer, fakeAws } from '#tests/fakes/fake-aws.ts';
import { answerOf } from '../../../bin/report/deployed-lake.ts';

const rows = (...of: readonly (readonly string[])[]) => ({
  ResultSet: {
    ResultSetMetadata: { ColumnInfo: [{ Name: 'n', Type: 'bigint' }] },
    Rows: of.map((row) => ({ Data: row.map((VarCharValue) => ({ VarCharValue })) })),
  },
});

const status = (State: string, StateChangeReason?: string) => ({
  QueryExecution: { Status: { State, StateChangeReason } },
});

const clientOf = (...answers: readonly object[]) => {
  let next = 0;
  const { calls, config } = fakeAws(() => awsAnswer(answers[next++] ?? {}));
  return { calls, client: new AthenaClient(config) };
};

test('a query runs in the stage’s workgroup and database, and is waited for', async () => {
  const { calls, client } = clientOf(
    { QueryExecutionId: 'q-1' },
    status('RUNNING'),
    status('SUCCEEDED'),
    rows(['n'], ['7']),
  );

  const answer = await answerOf(client, 'prod', 'select 7 as n');

  expect(answer).toEqual([{ n: '7' }]);
  expect(calls.map(({ operation }) => operation)).toEqual([
    'StartQueryExecution',
    'GetQueryExecution',
    'GetQueryExecution',
    'GetQueryResults',
  ]);
  expect(calls[0]?.input).toMatchObject({
    QueryString: 'select 7 as n',
    WorkGroup: 'afterglow-prod',
    QueryExecutionContext: { Database: 'afterglow_prod' },
  });
});

test('a query that fails says why, and which it was', async () => {
  const { client } = clientOf(
    { QueryExecutionId: 'q-1' },
    status('FAILED', 'TABLE_NOT_FOUND: nps'),
  );

  await expect(answerOf(client, 'prod', 'select * from nps')).rejects.toThrow(
    /q-1 is FAILED, expected SUCCEEDED: TABLE_NOT_FOUND: nps.*select \* from nps/s,
  );
});
