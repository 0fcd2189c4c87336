import { expect, test } from 'vitest';
import config from '#config';
import { chaptersOf } from '../../../bin/report/chapters.ts';
import { trinoGrammar } from '../analytics/trino.ts';

test('every query is one of Trino’s, whatever it is narrowed to', async () => {
  const errorsOf = await trinoGrammar();
  const scopes = [{}, { shop: "o'hara", from: '2026-01', to: '2026-03' }];

  const queries = chaptersOf(config.experiments).flatMap((chapter) =>
    scopes.flatMap(chapter.queries),
  );

  expect(queries.length).toBeGreaterThan(40);
  expect(queries.flatMap((sql) => errorsOf(sql).map((error) => `${error} in ${sql}`))).toEqual([]);
});
