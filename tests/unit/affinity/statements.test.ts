import { describe, expect, test } from 'vitest';
import { affinityModel, affinityModels } from '#analytics/models.ts';
import { affinityConfig } from '#core/contracts/affinity-config.ts';
import { trinoGrammar } from '#tests/unit/analytics/trino.ts';

const config = affinityConfig.parse({});
const errorsOf = await trinoGrammar();

describe('a statement', () => {
  test.each(affinityModels)('%s is one of Trino’s', (name) => {
    expect(errorsOf(affinityModel(name, config).sql)).toEqual([]);
  });

  // Athena user guide, "Use parameterized queries".
  test.each(affinityModels)('%s has its parameters in WHERE, where Athena takes them', (name) => {
    const sql = affinityModel(name, config).sql.replaceAll(/--[^\n]*/g, '');
    const clauses = [...sql.matchAll(/\?/g)].map(
      ({ index }) => /.*\b(select|from|where|group by|on)\b/s.exec(sql.slice(0, index))?.[1],
    );

    expect(new Set(clauses).difference(new Set(['where']))).toEqual(new Set());
  });

  test.each(affinityModels)('%s has no decimal point, which Trino takes for a DECIMAL', (name) => {
    const { sql } = affinityModel(name, affinityConfig.parse({ popularityExponent: 0.35 }));

    expect(sql.replaceAll(/--[^\n]*/g, '')).not.toMatch(/(?<![\w.])\d+\.\d+(?![\de])/);
  });
});

test('a number that the configuration does not have is named', () => {
  const { windowDays: _, ...less } = config;

  expect(() =>
    affinityModel(
      'affinity_due',
      Object.assign({ windowDays: Number }, less, { windowDays: undefined }),
    ),
  ).toThrow('affinity_due.sql: {{windowDays}} is no number of the affinity configuration');
});
