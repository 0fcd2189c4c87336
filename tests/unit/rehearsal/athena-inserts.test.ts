import { describe, expect, test } from 'vitest';
import { analystGrants, answer, LAKE, stage } from './lake-stage.ts';
import { arnOf, type Grants, ref, roleOf } from './stage.ts';

const column = (Name: string, Type: string) => ({ Name, Type });

/** A table that queries fill. */
const means = (
  parameters: Readonly<Record<string, string>> = { 'projection.enabled': 'true' },
) => ({
  Type: 'AWS::Glue::Table',
  Properties: {
    DatabaseName: ref('Database'),
    TableInput: {
      Name: 'means',
      TableType: 'EXTERNAL_TABLE',
      Parameters: parameters,
      PartitionKeys: [column('month', 'string')],
      StorageDescriptor: {
        Location: { 'Fn::Join': ['', ['s3://', ref('Lake'), '/means/']] },
        Columns: [column('score', 'double'), column('n', 'bigint')],
      },
    },
  },
});

const fillGrants: Grants = [
  ...analystGrants,
  ['glue:GetTable', arnOf('glue', 'table/lake/means')],
  ['s3:GetObject', `${LAKE}/means/*`],
  ['s3:PutObject', `${LAKE}/means/*`],
];

const filled = async (grants: Grants = fillGrants, table: ReturnType<typeof means> = means()) => {
  const base = stage({ ...roleOf('Analyst', grants), Means: table });
  await base.put(answer, { ...answer, order_id: 'A-2', score: 4 });
  await base.pass(5);
  const ask = async (QueryString: string, given: object = {}) => {
    const started = await base.athena('StartQueryExecution', {
      QueryString,
      WorkGroup: 'App-Reports',
      ...given,
    });
    const { QueryExecutionId } = Object(started);
    await base.clock.runUntil(base.clock.now() + 3_000);
    const { QueryExecution } = Object(await base.athena('GetQueryExecution', { QueryExecutionId }));
    return { QueryExecutionId, ...QueryExecution };
  };
  const rows = async (sql: string) => {
    const { QueryExecutionId } = await ask(sql);
    const { ResultSet } = Object(await base.athena('GetQueryResults', { QueryExecutionId }));
    return ResultSet.Rows.slice(1).map(({ Data }: { readonly Data: readonly object[] }) =>
      Data.map((datum) => Object(datum).VarCharValue),
    );
  };
  return { ...base, ask, rows };
};

const INSERT =
  "INSERT INTO means SELECT avg(score) AS score, count(*) AS n, '2026-03' AS month FROM answers WHERE dt >= ?";
const given = { ExecutionParameters: ["'2026-01-01'"] };

describe('INSERT INTO', () => {
  test('adds what a query gives to a table, by the order of its columns', async () => {
    const { ask, rows, lake } = await filled();

    const { Status, SubstatementType } = await ask(INSERT, given);

    expect([Status.State, SubstatementType]).toEqual(['SUCCEEDED', 'INSERT']);
    expect(await rows('SELECT score, n, month FROM means')).toEqual([['6.5', '2', '2026-03']]);
    expect(lake.rows.get('means')).toBe(1);
  });

  test('adds again when it is asked again: it is no upsert', async () => {
    const { ask, rows } = await filled();

    await ask(INSERT, given);
    await ask(`-- Once more\n${INSERT.replace('means', 'lake.means')}`, given);

    expect(await rows('SELECT count(*) AS n FROM means')).toEqual([['2']]);
  });

  test('may begin with WITH, and read the table that it fills', async () => {
    const { ask, rows } = await filled();

    await ask(INSERT, given);
    await ask(
      "INSERT INTO means WITH m AS (SELECT max(n) AS n FROM means) SELECT 1e0, n + 1, '2026-04' FROM m",
    );

    expect(await rows('SELECT n FROM means ORDER BY n')).toEqual([['2'], ['3']]);
  });

  test.each([
    ['a column less', "SELECT 1e0, '2026-03'", 'Insert query has mismatched column types'],
    ['another type', "SELECT 'a', 1, '2026-03'", 'Query: [VARCHAR, INTEGER, VARCHAR]'],
  ])('of %s is refused, as by Trino', async (_, select, problem) => {
    const { ask, rows } = await filled();

    const { Status } = await ask(`INSERT INTO means ${select}`);

    expect(Status).toMatchObject({ State: 'FAILED' });
    expect(Status.StateChangeReason).toContain(problem);
    expect(await rows('SELECT n FROM means')).toEqual([]);
  });

  test.each([
    ['INSERT INTO scores SELECT 1', 'INSERT INTO scores: the catalogue has no such table'],
    ['INSERT INTO means (n) SELECT 1', 'the rehearsal models queries'],
    ["INSERT INTO means VALUES (1e0, 1, '2026-03')", 'the rehearsal models queries'],
    ['DELETE FROM means', 'the rehearsal models queries'],
  ])('%s is not modelled, and says so', async (sql, problem) => {
    const { ask } = await filled();

    expect((await ask(sql)).Status.StateChangeReason).toContain(problem);
  });
});

describe('the role of INSERT INTO', () => {
  const without = (action: string, resource: string): Grants =>
    fillGrants.filter((grant) => grant[0] !== action || grant[1] !== resource);

  test.each([
    ['s3:PutObject', `${LAKE}/means/*`, 's3:PutObject'],
    ['glue:GetTable', arnOf('glue', 'table/lake/means'), 'glue:GetTable'],
    ['s3:GetObject', `${LAKE}/answers/*`, 's3:GetObject'],
  ])('needs %s on %s', async (action, resource, denied) => {
    const { ask, authorizer } = await filled(without(action, resource));

    const { Status } = await ask(INSERT, given);

    expect(Status.State).toBe('FAILED');
    expect(authorizer.denials).toMatchObject([{ action: denied }]);
  });

  test('needs to tell Glue of partitions, unless they are projected', async () => {
    const { ask, authorizer } = await filled(fillGrants, means({}));

    expect((await ask(INSERT, given)).Status.State).toBe('FAILED');
    expect(authorizer.denials).toMatchObject([{ action: 'glue:BatchCreatePartition' }]);
  });
});
