import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { factsPage } from '#analytics/facts-page.ts';
import { metricsPage } from '#analytics/metrics-page.ts';
import { readView } from '#analytics/view-doc.ts';
import { inOrder, namedQueries, readBy, type View, viewsOf } from '#analytics/views.ts';
import { input, LakeOfFacts, views } from './lake-of-facts.ts';
import { trinoGrammar, type TrinoErrors } from './trino.ts';

const queries = namedQueries();

const duckdbTypes = {
  string: 'VARCHAR',
  int: 'INTEGER',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
} as const;

let lake: LakeOfFacts;
let errorsOf: TrinoErrors;

beforeAll(async () => {
  [lake, errorsOf] = await Promise.all([LakeOfFacts.open(), trinoGrammar()]);
});

afterAll(() => lake.close());

describe('a view', () => {
  test.each(views)('$name is a query of Trino', ({ sql }) => {
    expect(errorsOf(sql)).toEqual([]);
  });

  test.each(views)(
    '$name returns the columns that it declares, of an empty lake too',
    async (view) => {
      const declared = view.columns.map(({ name, type }) => `${name} ${duckdbTypes[type]}`);

      expect(await lake.typesOf(view.name)).toEqual(declared);
    },
  );

  test('comes after those that it reads', () => {
    const names = views.map(({ name }) => name);
    const early = views.flatMap((view, index) =>
      readBy(view).filter((read) => names.indexOf(read) >= index),
    );

    expect(early).toEqual([]);
  });

  test('never asks the clock', () => {
    const asking = views.filter(({ sql }) => /\b(now\(|current_|localtime)/i.test(sql));

    expect(asking.map(({ name }) => name)).toEqual([]);
  });
});

describe('a kept query', () => {
  test('is one of eight to twelve', () => {
    expect(queries.length).toBeGreaterThanOrEqual(8);
    expect(queries.length).toBeLessThanOrEqual(12);
  });

  test.each(queries)('$name is a query of Trino that runs on an empty lake', async ({ sql }) => {
    expect(errorsOf(sql)).toEqual([]);
    expect(await lake.ask(sql)).toBeInstanceOf(Array);
  });
});

test('the grammar refuses what is no query', () => {
  expect(errorsOf('select a from from b')).not.toEqual([]);
});

test('docs/facts.md is as node analytics/write-pages.ts writes it', () => {
  expect(readFileSync('docs/facts.md', 'utf8')).toBe(factsPage());
});

test('docs/metrics.md is as node analytics/write-pages.ts writes it', () => {
  expect(readFileSync('docs/metrics.md', 'utf8')).toBe(metricsPage(views, queries));
});

describe('views that cannot be put in order', () => {
  const view = (name: string, sql: string): View => ({
    name,
    sql,
    columns: [],
    doc: { title: '', definition: '', grain: '', pitfalls: '', question: '' },
  });

  test('are named', () => {
    const circle = [view('a', 'select 1 from b'), view('b', 'select 1 from c join a on true')];

    expect(() => inOrder(circle)).toThrow('views read each other: a → b → a');
  });

  test('are told from their own WITH names and from texts', () => {
    const own = view('a', "with b as (\n  select 'from x' as t from c\n)\nselect 1 from b");

    expect(readBy(own)).toEqual(['c']);
  });
});

describe('the head of a file', () => {
  const head = '-- Title\n--\n-- definition: One\n--   two.\n-- grain: a row\n-- pitfalls: none\n';

  test('goes on in deeper lines', () => {
    const { doc, columns, sql } = readView(
      'x.sql',
      `${head}-- question: Which?\n-- columns:\n--   a int: The a, days\nselect 1 as a\n`,
    );

    expect(doc).toEqual({
      title: 'Title',
      definition: 'One two.',
      grain: 'a row',
      pitfalls: 'none',
      question: 'Which?',
    });
    expect(columns).toEqual([{ name: 'a', type: 'int', doc: 'The a, days' }]);
    expect(sql).toBe('select 1 as a');
  });

  test('without a part is refused, naming file and part', () => {
    expect(() => readView('x.sql', `${head}select 1`)).toThrow(
      'x.sql: got no "question:" in the comment at its head, expected one',
    );
  });

  test('with a column of an unknown type is refused', () => {
    const text = `${head}-- question: Which?\n-- columns:\n--   a text: The a\nselect 1`;

    expect(() => readView('x.sql', text)).toThrow('got the column "a text: The a", expected');
  });
});

describe('the configuration', () => {
  test('comes as the views say it', async () => {
    expect(await lake.ask('select shop, name, exponent, time_zone from config_shops')).toEqual([
      { shop: 'hearth', name: "Hearth & Grain's", exponent: 2, time_zone: 'Europe/Berlin' },
      { shop: 'northside', name: 'Northside', exponent: 2, time_zone: 'America/Chicago' },
    ]);
    expect(await lake.ask('select shop, return_days from config_windows')).toEqual([
      { shop: 'hearth', return_days: 30 },
      { shop: 'northside', return_days: 30 },
    ]);
    expect(await lake.ask('select starts_on, ends_on, owner from config_targets limit 1')).toEqual([
      { starts_on: '2026-01-01', ends_on: '2026-03-31', owner: 'ada' },
    ]);
  });

  test('plans shares that sum to 1 among those who take part', () => {
    const arms = [
      { experiment: 'x', arm: 'a', share: 0.125, isControl: true },
      { experiment: 'x', arm: 'b', share: 0.375, isControl: false },
    ];
    const planned = viewsOf({ ...input, arms }).find(({ name }) => name === 'config_experiments');

    expect(planned?.sql).toContain("cast('0.25' as double) as planned_share");
    expect(planned?.sql).toContain("cast('0.75' as double) as planned_share");
  });

  test('of nothing is views without rows', () => {
    const empty = viewsOf({ ...input, arms: [] }).find(({ name }) => name === 'config_experiments');

    expect(empty?.sql).toContain('where false');
    expect(errorsOf(empty?.sql ?? '')).toEqual([]);
  });
});
