import { mkdtempSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { LakeDatabase } from '#rehearsal/lake/duckdb.ts';
import { type LakeTables, openLake, type OpenLakeOptions } from '#rehearsal/lake/open-lake.ts';

const opened: LakeDatabase[] = [];

afterEach(() => {
  for (const lake of opened.splice(0)) lake.close();
});

const open = async (options: Partial<OpenLakeOptions> = {}): Promise<LakeDatabase> => {
  const lake = await openLake({ tables: {}, ...options });
  opened.push(lake);
  return lake;
};

const valueOf = async (expression: string): Promise<unknown> => {
  const lake = await open({ nowMs: Date.parse('2026-03-05T07:08:09.250Z') });
  const { rows } = await lake.query(`SELECT ${expression} AS v`);
  return rows[0]?.['v'];
};

const exposure = (id: string, occurredAt: string) =>
  ({
    fact_id: id,
    shop: 'hearth',
    occurred_at: occurredAt,
    experiment: 'holdout',
    arm: 'treated',
  }) as const;

describe('the dialect', () => {
  /** Each as the Trino documentation of the function says, or its examples. */
  test.each([
    ['1/2', 0],
    ['-7/2', -3],
    ['7/2e0', 3.5],
    ['CAST(7 AS DOUBLE)/2', 3.5],
    ['sum(3)/count(*)', 3],
    ['7 % 3', 1],
    ['try(1/0)', null],
    ['sum(CAST(7 AS BIGINT))/count(*)', 7],
    ['sum(7e0)/count(*)', 7],
    ['count(*)/sum(CAST(2 AS DOUBLE))', 0.5],
    ['avg(3)/2', 1.5],
    ['mod(7, 4)', 3],
    ['1/CAST(NULL AS INTEGER)', null],
    ['1/NULLIF(0, 0)', null],
    ["date_diff('day', TIMESTAMP '2026-01-01 23:00:00', TIMESTAMP '2026-01-02 01:00:00')", 0],
    ["date_diff('hour', TIMESTAMP '2026-01-01 23:00:00', TIMESTAMP '2026-01-02 01:00:00')", 2],
    ["date_diff('day', DATE '2026-01-01', DATE '2026-03-01')", 59],
    ["date_add('day', 1, DATE '2026-01-31')", '2026-02-01'],
    ["date_add('month', 1, DATE '2026-01-31')", '2026-02-28'],
    ["date_add('hour', -1, TIMESTAMP '2026-01-01 00:30:00')", '2025-12-31T23:30:00.000Z'],
    ["date_trunc('month', DATE '2026-05-05')", '2026-05-01'],
    ["date_trunc('week', TIMESTAMP '2026-05-05 10:00:00')", '2026-05-04T00:00:00.000Z'],
    ["date_trunc('month', max(DATE '2026-05-05'))", '2026-05-01'],
    ["date_add('day', 1, max(DATE '2026-01-31'))", '2026-02-01'],
    ["sequence(min(DATE '2026-01-31'), max(DATE '2026-02-01'), INTERVAL '1' DAY)[2]", '2026-02-01'],
    ["day_of_week(DATE '2026-03-01')", 7],
    ["to_unixtime(TIMESTAMP '1970-01-01 00:00:01.500')", 1.5],
    ['from_unixtime(1.5e0)', '1970-01-01T00:00:01.500Z'],
    ["date_format(TIMESTAMP '2026-03-05 07:08:09', '%Y-%m-%d %H:%i:%s')", '2026-03-05 07:08:09'],
    ["CAST(TIMESTAMP '2026-07-01 23:30:00' AT TIME ZONE 'Europe/Berlin' AS DATE)", '2026-07-02'],
    ["to_iso8601(DATE '2026-07-01')", '2026-07-01'],
    ["to_iso8601(TIMESTAMP '2026-07-01 10:00:00')", '2026-07-01T10:00:00.000'],
    ["hour(max(TIMESTAMP '2026-07-01 23:30:00') AT TIME ZONE 'Europe/Berlin')", 1],
    ["from_iso8601_timestamp('2026-07-01T01:00:00+02:00')", '2026-06-30T23:00:00.000Z'],
    ['current_date', '2026-03-05'],
    ['current_timestamp', '2026-03-05T07:08:09.250Z'],
    ['greatest(1, NULL)', null],
    ['greatest(1, 3, 2)', 3],
    ["concat('a', NULL)", null],
    ['json_extract_scalar(\'{"a":{"b":"c"}}\', \'$.a.b\')', 'c'],
    ["regexp_like('1a 2b', '\\d+b')", true],
    ["array_join(ARRAY['a', 'b'], '-')", 'a-b'],
    ['cardinality(ARRAY[1, 2])', 2],
    ['transform(ARRAY[1, 2], x -> x + 1)', [2, 3]],
    ['every(TRUE) FILTER (WHERE FALSE)', null],
    ['9007199254740993', '9007199254740993'],
    ['CAST(ROW(1) AS ROW(n INTEGER))', { n: 1 }],
  ])('%s is %j', async (expression, expected) => {
    expect(await valueOf(expression)).toEqual(expected);
  });

  test.each(['1/0', '1/CAST(0 AS DOUBLE)', 'sum(1)/0', '1 % 0'])('%s fails', async (division) => {
    await expect(valueOf(division)).rejects.toThrow('Division by zero');
  });

  test('a percentile is one of the values, and may be filtered', async () => {
    const lake = await open();

    const { rows } = await lake.query(
      'SELECT approx_percentile(x, 5e-1) AS m, approx_percentile(x, 5e-1) FILTER (WHERE x > 2) AS f FROM (VALUES (1), (2), (3), (4)) AS t(x)',
    );

    expect(rows).toEqual([{ m: 2, f: 3 }]);
  });

  test('a sequence of days can be joined', async () => {
    const lake = await open();

    const { rows } = await lake.query(
      "SELECT d FROM UNNEST(sequence(DATE '2026-02-28', DATE '2026-03-01', INTERVAL '1' DAY)) AS t(d)",
    );

    expect(rows).toEqual([{ d: '2026-02-28' }, { d: '2026-03-01' }]);
  });

  test('a decimal number is refused, as Trino would divide it otherwise', async () => {
    await expect(valueOf('1.0/3')).rejects.toThrow('write 1e0 or');
  });

  test('what looks like SQL in a text or a name is left alone', async () => {
    expect(await valueOf("'every(1.5) ' || '''0.5'")).toBe("every(1.5) '0.5");
  });
});

describe('the tables', () => {
  test('rows by hand have the day that they happened on', async () => {
    const tables: LakeTables = { exposures: { rows: [exposure('1', '2026-03-01T23:59:59Z')] } };

    const { rows } = await (await open({ tables })).query('SELECT * FROM exposures');

    expect(rows).toEqual([
      {
        ...exposure('1', '2026-03-01T23:59:59.000Z'),
        customer: null,
        order_id: null,
        touch: null,
        touch_id: null,
        session_id: null,
        dt: '2026-03-01',
      },
    ]);
  });

  test('rows are read from files of JSON lines', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'lake-')), 'rows.ndjson');
    const lines = ['1', '2'].map((id) =>
      JSON.stringify({ ...exposure(id, '2026-03-01T10:00:00Z'), dt: '2026-03-02' }),
    );
    await writeFile(file, `${lines.join('\n')}\n`);

    const lake = await open({ tables: { exposures: { ndjson: [file] } } });

    const { rows } = await lake.query(
      'SELECT dt, occurred_at, count(*) AS n FROM exposures GROUP BY 1, 2',
    );
    expect(rows).toEqual([{ dt: '2026-03-02', occurred_at: '2026-03-01T10:00:00.000Z', n: 2 }]);
  });

  test('views are made after what they read', async () => {
    const views = [
      { name: 'b', sql: 'WITH x AS (SELECT n + 1 AS n FROM a) SELECT n FROM x' },
      { name: 'a', sql: 'SELECT count(*) AS n FROM exposures' },
    ];

    const { rows } = await (await open({ views })).query('SELECT N FROM b');

    expect(rows).toEqual([{ n: 1 }]);
  });

  test('a query names what it reads, and not what it makes itself', async () => {
    const sql = `WITH x AS (SELECT f(a) FROM "lake"."T"), u AS (SELECT * FROM u)
      SELECT a IN (SELECT b FROM v) FROM x JOIN u ON TRUE CROSS JOIN UNNEST(x.l) AS l(n)
      UNION ALL SELECT count(*) FILTER (WHERE n > 1) FROM (WITH z AS (SELECT 1) SELECT * FROM z, w)`;

    expect((await (await open()).tablesOf(sql)).toSorted()).toEqual(['t', 'u', 'v', 'w']);
    await expect((await open()).tablesOf('SELECT * FRM t')).rejects.toThrow('syntax error');
  });

  test('views that read each other, or nothing that is there, are refused by name', async () => {
    const circle = [
      { name: 'a', sql: 'SELECT * FROM b' },
      { name: 'b', sql: 'SELECT * FROM a' },
    ];

    await expect(open({ views: circle })).rejects.toThrow('a → b → a');
    await expect(open({ views: [{ name: 'v', sql: 'SELECT * FROM orders' }] })).rejects.toThrow(
      'view v: Catalog Error: Table with name orders does not exist',
    );
  });
});
