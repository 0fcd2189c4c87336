import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { LakeDatabase } from '#rehearsal/lake/duckdb.ts';
import type { CatalogTable, CatalogView } from '#rehearsal/lake/glue-catalog.ts';
import { Lake } from '#rehearsal/lake/lake.ts';

const answers: CatalogTable = {
  name: 'answers',
  arn: 'arn:answers',
  columns: { score: 'int' },
  partition: 'dt',
  bucket: 'lake',
  prefix: 'answers/',
  isProjected: true,
};

const other: CatalogTable = { ...answers, name: 'others' };

const viewOf = (name: string, sql: string, type = 'bigint'): CatalogView => ({
  name,
  sql,
  arn: `arn:${name}`,
  columns: [{ name: 'n', type }],
});

const opened = () => {
  const lake = new Lake({
    dir: mkdtempSync(join(tmpdir(), 'kept-')),
    catalog: {
      arn: 'arn:catalog',
      database: { name: 'lake', arn: 'arn:database' },
      tables: new Map([answers, other].map((table) => [table.name, table])),
      views: new Map(
        [
          viewOf('scores', 'SELECT count(*) AS n FROM answers'),
          viewOf('more', 'SELECT n + 1 AS n FROM scores'),
          viewOf('instants', 'SELECT to_iso8601(current_timestamp) AS n', 'varchar'),
          viewOf('of_instants', 'SELECT n FROM instants', 'varchar'),
        ].map((view) => [view.name, view]),
      ),
    },
  });
  onTestFinished(() => lake.close());
  const run = vi.spyOn(LakeDatabase.prototype, 'run');
  onTestFinished(() => run.mockRestore());
  return {
    lake,
    add: () => lake.add(answers, { score: 3 }, '2026-03-01'),
    ask: async (sql: string, nowMs = 0) => (await lake.query(sql, nowMs)).rows,
    keptTables: () => run.mock.calls.filter(([sql]) => sql.startsWith('CREATE TEMP')).length,
  };
};

describe('views that are asked again', () => {
  test('are kept with the second question, and answer as before', async () => {
    const { add, ask, keptTables } = opened();
    add();

    const first = await ask('SELECT n FROM scores');
    expect(keptTables()).toBe(0);
    const second = await ask('SELECT n AS n FROM "lake"."scores"');
    const third = await ask('SELECT n FROM scores WHERE n > 0');

    expect(keptTables()).toBe(1);
    expect([first, second, third]).toEqual([[{ n: 1 }], [{ n: 1 }], [{ n: 1 }]]);
  });

  test('are asked anew when a row was added, those that read them too', async () => {
    const { add, ask } = opened();
    add();
    for (let asked = 0; asked < 3; asked += 1) await ask('SELECT a.n FROM scores a, more b');

    add();

    expect(await ask('SELECT a.n, b.n AS m FROM scores a, more b')).toEqual([{ n: 2, m: 3 }]);
  });

  test('are asked anew when a query added rows', async () => {
    const { lake, ask, add } = opened();
    add();
    for (let asked = 0; asked < 3; asked += 1) await ask('SELECT n FROM scores');

    await lake.fill(answers, "SELECT 4, '2026-03-02'", 0);

    expect(await ask('SELECT n FROM scores')).toEqual([{ n: 2 }]);
  });

  test('are not kept when they, or what they read, tell the time', async () => {
    const { ask, keptTables } = opened();
    const days: unknown[] = [];
    for (const nowMs of [0, 1000, 2000])
      days.push(await ask('SELECT a.n FROM instants a, of_instants b WHERE a.n = b.n', nowMs));

    expect(days).toEqual([
      [{ n: '1970-01-01T00:00:00.000Z' }],
      [{ n: '1970-01-01T00:00:01.000Z' }],
      [{ n: '1970-01-01T00:00:02.000Z' }],
    ]);
    expect(keptTables()).toBe(0);
  });
});
