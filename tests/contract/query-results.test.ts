import { AthenaClient } from '@aws-sdk/client-athena';
import { expect, test } from 'vitest';
import { athenaQueryResults } from '#core/adapters/athena-query-results.ts';
import type { ResultRow } from '#core/ports/query-results.ts';
import { awsAnswer, fakeAws } from '#tests/fakes/fake-aws.ts';

const ResultSetMetadata = {
  ColumnInfo: ['shop', 'day', 'survival'].map((Name) => ({ Name, Type: 'varchar' })),
};

const page = (rows: readonly (readonly (string | undefined)[])[], NextToken?: string) => ({
  ResultSet: {
    ResultSetMetadata,
    Rows: rows.map((row) => ({
      Data: row.map((value) => (value === undefined ? {} : { VarCharValue: value })),
    })),
  },
  ...(NextToken === undefined ? {} : { NextToken }),
});

const header = ['shop', 'day', 'survival'];

const collected = async (rows: AsyncIterable<ResultRow>): Promise<readonly ResultRow[]> => {
  const all: ResultRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
};

const open = (...pages: readonly object[]) => {
  let next = 0;
  const { calls, config } = fakeAws(() => awsAnswer(pages[next++] ?? {}));
  return { calls, results: athenaQueryResults(new AthenaClient(config)) };
};

test('rows are text by column, without the header, which the first page alone has', async () => {
  const { calls, results } = open(
    page([header, ['hearth', '10', '0.9']], 'more'),
    page([['hearth', '30', '0.75'], header], 'still'),
    page([]),
  );

  const rows = await collected(results.rows('q-1'));

  expect(rows).toEqual([
    { shop: 'hearth', day: '10', survival: '0.9' },
    { shop: 'hearth', day: '30', survival: '0.75' },
    { shop: 'shop', day: 'day', survival: 'survival' },
  ]);
  expect(calls.map(({ operation, input }) => [operation, input])).toEqual([
    ['GetQueryResults', { QueryExecutionId: 'q-1', MaxResults: 1000 }],
    ['GetQueryResults', { QueryExecutionId: 'q-1', MaxResults: 1000, NextToken: 'more' }],
    ['GetQueryResults', { QueryExecutionId: 'q-1', MaxResults: 1000, NextToken: 'still' }],
  ]);
});

test('what is null is absent; what is empty is there', async () => {
  const { results } = open(page([header, ['hearth', undefined, '']]));

  expect(await collected(results.rows('q-1'))).toEqual([{ shop: 'hearth', survival: '' }]);
});

test('a page is asked for when the rows before it were taken', async () => {
  const { calls, results } = open(page([header, ['hearth', '10', '0.9']], 'more'));

  for await (const { day } of results.rows('q-1')) {
    expect(day).toBe('10');
    break;
  }

  expect(calls).toHaveLength(1);
});

test('a query that has not succeeded is an error', async () => {
  const { config } = fakeAws(() => ({
    status: 400,
    body: JSON.stringify({
      __type: 'InvalidRequestException',
      message: 'Query did not finish successfully. Final query state: FAILED',
    }),
  }));

  await expect(collected(athenaQueryResults(new AthenaClient(config)).rows('q-1'))).rejects.toThrow(
    'did not finish successfully',
  );
});
