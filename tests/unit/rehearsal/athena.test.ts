import { describe, expect, test } from 'vitest';
import { analystGrants, answer, stage, viewOf } from './lake-stage.ts';
import { awsErrorOf, type Resources, roleOf } from './stage.ts';

const SECOND_MS = 1000;

/** A stage with an answer in its lake, on which queries are run to their end. */
const filled = async (more: Resources = {}) => {
  const base = stage(more);
  await base.put(answer, { ...answer, order_id: 'A-2', score: 4, weight: 1e7, is_first: false });
  await base.pass(5);
  const start = async (QueryString: string, given: object = {}) =>
    String(
      Object(
        await base.athena('StartQueryExecution', {
          QueryString,
          WorkGroup: 'App-Reports',
          ...given,
        }),
      ).QueryExecutionId,
    );
  const state = async (QueryExecutionId: string) =>
    Object(await base.athena('GetQueryExecution', { QueryExecutionId })).QueryExecution.Status;
  const results = async (QueryExecutionId: string, given: object = {}) =>
    Object(await base.athena('GetQueryResults', { QueryExecutionId, ...given }));
  const ask = async (sql: string, given: object = {}) => {
    const id = await start(sql, given);
    await base.clock.runUntil(base.clock.now() + 3 * SECOND_MS);
    return id;
  };
  const rows = async (sql: string, given: object = {}) =>
    rowsOf(await results(await ask(sql, given)));
  return { ...base, start, state, results, ask, rows };
};

const rowsOf = ({ ResultSet }: { ResultSet: { Rows: readonly { Data: readonly object[] }[] } }) =>
  ResultSet.Rows.map(({ Data }) => Data.map((datum) => Object(datum).VarCharValue));

describe('a query', () => {
  test('is answered as text, the names of the columns first', async () => {
    const { rows } = await filled();

    expect(await rows('SELECT *, NULL AS nothing FROM answers ORDER BY order_id LIMIT 1')).toEqual([
      ['order_id', 'score', 'amount_minor', 'weight', 'is_first', 'occurred_at', 'dt', 'nothing'],
      ['A-1', '9', '1990', '0.5', 'true', '2026-03-02 07:59:59.500', '2026-03-02', undefined],
    ]);
  });

  test('names the types of its columns as Athena does', async () => {
    const { results, ask } = await filled();
    const sql = `SELECT order_id, sum(score) AS s, avg(score) AS a, max(occurred_at) AS t,
      current_timestamp AS z, current_date AS d, true AS b, array_agg(score) AS l FROM answers GROUP BY 1`;

    const { ResultSet } = await results(await ask(sql));

    expect(
      ResultSet.ResultSetMetadata.ColumnInfo.map(({ Type }: { readonly Type: string }) => Type),
    ).toEqual([
      'varchar',
      'bigint',
      'double',
      'timestamp',
      'timestamp with time zone',
      'date',
      'boolean',
      'array',
    ]);
  });

  test.each([
    ['1e7', '1.0E7'],
    ['1e0', '1.0'],
    ['-25e-1', '-2.5'],
    ['1e-4', '1.0E-4'],
    ['123456789e0', '1.23456789E8'],
    ['0e0', '0.0'],
    ['infinity()', 'Infinity'],
    ['current_timestamp', '2026-03-02 08:05:00.000 UTC'],
    ['current_date', '2026-03-02'],
    ["ARRAY['a']", '["a"]'],
  ])('writes %s as %s', async (value, text) => {
    const { rows } = await filled();

    expect((await rows(`SELECT ${value} AS v`))[1]).toEqual([text]);
  });

  test('reads the views of the templates, also by the names of database and catalogue', async () => {
    const { rows } = await filled();

    expect(await rows('SELECT * FROM "AwsDataCatalog"."lake"."scores"')).toEqual([
      ['mean', 'n'],
      ['6.5', '2'],
    ]);
  });

  test('finds what has left the streams’ buffers, at its own time', async () => {
    const { put, rows, pass } = await filled();
    const sql = 'SELECT count(*) AS n, current_date AS d FROM answers';

    await put({ ...answer, order_id: 'A-3' });
    const before = await rows(sql);
    await pass(24 * 60);
    const after = await rows(sql);

    expect([before[1], after[1]]).toEqual([
      ['2', '2026-03-02'],
      ['3', '2026-03-03'],
    ]);
  });

  test('takes literals as parameters', async () => {
    const { rows } = await filled();
    const ExecutionParameters = ["'A-2'", '4'];

    expect(
      await rows("SELECT score, '?' AS q FROM answers WHERE order_id = ? AND score = ?", {
        ExecutionParameters,
      }),
    ).toEqual([
      ['score', 'q'],
      ['4', '?'],
    ]);
  });

  test('comes in pages', async () => {
    const { results, ask } = await filled();
    const id = await ask('SELECT n FROM UNNEST(sequence(1, 2500)) AS t(n)');

    const first = await results(id);
    const second = await results(id, { NextToken: first.NextToken });
    const third = await results(id, { NextToken: second.NextToken });

    expect([first, second, third].map((page) => rowsOf(page).length)).toEqual([1000, 1000, 501]);
    expect(rowsOf(third).at(-1)).toEqual(['2500']);
    expect(third.NextToken).toBeUndefined();
  });

  test('asked for again by its token is not run again', async () => {
    const { start } = await filled();
    const given = { ClientRequestToken: 'a-token-of-the-night-of-2026-03-02' };

    expect(await start('SELECT 1', given)).toBe(await start('SELECT 1', given));
  });

  test('runs for some seconds, and has no results until then', async () => {
    const { start, state, results, clock } = await filled();

    const id = await start('SELECT 1 AS one');
    const early = await awsErrorOf(() => results(id));
    const running = await state(id);
    await clock.runUntil(clock.now() + 3 * SECOND_MS);

    expect(early).toBe(
      'InvalidRequestException: Query has not yet finished. Current state: RUNNING',
    );
    expect([running.State, (await state(id)).State]).toEqual(['RUNNING', 'SUCCEEDED']);
  });

  test('has ended for a function that asks again, whose time stands still', async () => {
    const { start, state } = await filled();

    const id = await start('SELECT 1 AS one');

    expect([(await state(id)).State, (await state(id)).State]).toEqual(['RUNNING', 'SUCCEEDED']);
  });

  test('can be stopped', async () => {
    const { start, state, athena } = await filled();

    const id = await start('SELECT 1 AS one');
    await athena('StopQueryExecution', { QueryExecutionId: id });

    expect((await state(id)).State).toBe('CANCELLED');
  });
});

describe('a query that fails', () => {
  test.each([
    ['SELECT nothing FROM answers', 'Referenced column "nothing" not found'],
    ['SELECT * FROM elsewhere', 'Table with name elsewhere does not exist'],
    ['SELECT 1/0 AS x', 'Division by zero'],
    ['SELEC', 'the rehearsal models queries'],
    ['DROP TABLE answers', 'the rehearsal models queries'],
  ])('%s: says why', async (sql, because) => {
    const { ask, state, results } = await filled();

    const id = await ask(sql);

    expect(await state(id)).toMatchObject({ State: 'FAILED' });
    expect((await state(id)).StateChangeReason).toContain(because);
    expect(await awsErrorOf(() => results(id))).toContain('Final query state: FAILED');
  });

  test('a view that gives other columns than it declares is a problem of the rehearsal', async () => {
    const { rows, lake } = await filled({
      Scores: viewOf('scores', 'SELECT 1 AS mean', { mean: 'double', n: 'bigint' }),
    });

    await rows('SELECT 1 AS one');

    expect(lake.problems).toEqual([
      'lake: view scores: its columns are declared as mean, n; its query gives mean',
    ]);
  });

  test('a view whose column is of another type is one too, unless Trino makes it fit', async () => {
    const sql = "SELECT 1 AS whole, 1 AS many, DATE '2026-03-02' + INTERVAL '1' DAY AS day";
    const columns = { whole: 'integer', many: 'double', day: 'date' };
    const { lake } = await filled({ Scores: viewOf('scores', sql, columns) });

    await lake.check();

    expect(lake.problems).toEqual([
      'lake: view scores: column day is declared as date; its query gives TIMESTAMP',
    ]);
  });

  test('a view that cannot be made is a problem too, without any query', async () => {
    const { lake } = await filled({
      Scores: viewOf('scores', 'SELECT * FROM nowhere', { n: 'bigint' }),
    });

    await lake.check();

    expect(lake.problems).toHaveLength(1);
    expect(lake.problems[0]).toContain('view scores: Catalog Error');
  });
});

describe('a call is refused', () => {
  test.each([
    ['an unknown work group', { WorkGroup: 'other' }, 'AccessDeniedException'],
    [
      'another database',
      { QueryExecutionContext: { Database: 'other' } },
      'the rehearsal knows the database lake alone, got other',
    ],
    [
      'too few parameters',
      { ExecutionParameters: ['1', '2'] },
      'Incorrect number of parameters: expected 1 but found 2',
    ],
  ])('for %s', async (_, given, because) => {
    const { start } = await filled();

    expect(await awsErrorOf(() => start('SELECT ? AS x', given))).toContain(because);
  });

  test('for a query that is not there and a page that is too long', async () => {
    const { results, ask } = await filled();
    const id = await ask('SELECT 1 AS one');

    expect(await awsErrorOf(() => results('other'))).toContain(
      'QueryExecution other was not found',
    );
    expect(await awsErrorOf(() => results(id, { MaxResults: 1001 }))).toContain(
      'MaxResults: got 1001',
    );
  });
});

/** Of GetDataCatalog a state machine is asked alone. */
const ofFunctions = analystGrants
  .map((grant, index) => ({ action: String(grant[0]), resource: String(grant[1]), index }))
  .filter(({ action }) => action !== 'athena:GetDataCatalog');

describe('the caller', () => {
  test.each(ofFunctions)('needs $action on $resource', async ({ index }) => {
    const { AnalystRole: _, ...policy } = roleOf('Analyst', analystGrants.toSpliced(index, 1));
    const { ask, state, results, authorizer } = await filled(policy);

    const outcome = await awsErrorOf(async () => {
      const id = await ask('SELECT * FROM scores');
      await results(id);
      await state(id);
    });

    expect(outcome).not.toBe('no error');
    expect(authorizer.denials.length).toBeGreaterThan(0);
  });

  test('needs nothing else', async () => {
    const { rows, authorizer } = await filled();

    await rows('SELECT * FROM scores');

    expect(authorizer.denials).toEqual([]);
  });
});
