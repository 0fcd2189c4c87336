import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { affinityConfig } from '#core/contracts/affinity-config.ts';
import { affinityModel, affinityTables } from '#analytics/models.ts';
import { loadAffinityInput } from '#lambdas/load-affinity/contract.ts';
import { callsOf, namesOf, sentIn } from './history.ts';
import { journeysOf, lookBackAt, START } from './walk.ts';

const cell = (text: string) => ({ VarCharValue: text });

const dueMonths = (...months: readonly (readonly string[])[]) => ({
  Return: {
    ResultSet: {
      Rows: [['order_month', 'days', 'since', 'until'], ...months].map((row) => ({
        Data: row.map(cell),
      })),
    },
  },
});

const november = ['2026-11', '2026-11-16,2026-11-17', '2026-11-15', '2026-11-19'];
const october = ['2026-10', '2026-10-31', '2026-10-30', '2026-11-02'];

const invoked = (payload: object) => ({ Return: { StatusCode: 200, Payload: payload } });
const breaks = { Throw: { Error: 'States.TaskFailed', Cause: 'the limit of the work group' } };

const journeys = journeysOf('learn-affinity');
const run = (more: Readonly<Record<string, unknown>> = {}) =>
  journeys.walk(
    {},
    { ReadDueDays: dueMonths(november), LoadAffinity: invoked({ lists: 7 }), ...more },
  );

const asked = z.object({
  QueryString: z.string(),
  ExecutionParameters: z.array(z.string()).default([]),
});

const queriesOf = (result: Awaited<ReturnType<typeof run>>) =>
  callsOf(result).flatMap(({ parameters }) => asked.safeParse(parameters).data ?? []);

describe('learning', () => {
  test('computes the days that are due and loads the lists of all days', async () => {
    const result = await run();

    expect(namesOf(result)).toEqual([
      'QueryDueDays',
      'ReadDueDays',
      'IsAnythingNew',
      'ComputeMonths',
      'ComputePairs',
      'ComputeSkus',
      'RecordDays',
      'QueryLists',
      'LoadAffinity',
    ]);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { months: 1, lists: 7 } });
  });

  test('goes through the months one by one, each with its own days', async () => {
    const result = await run({ ReadDueDays: dueMonths(october, november) });

    const days = queriesOf(result).flatMap(({ ExecutionParameters: all }) => all[5] ?? []);
    expect(days).toEqual([
      ...Array.from({ length: 3 }, () => "'2026-10-31'"),
      ...Array.from({ length: 3 }, () => "'2026-11-16,2026-11-17'"),
    ]);
    expect(result.output).toMatchObject({ months: 2 });
  });

  test('gives every statement the parameters that it has question marks for', async () => {
    const given = queriesOf(await run())
      .map(({ ExecutionParameters }) => ExecutionParameters)
      .filter(({ length }) => length > 0);

    const config = affinityConfig.parse({});
    const marks = affinityTables.map(
      (name) =>
        affinityModel(name, config)
          .sql.replaceAll(/--[^\n]*/g, '')
          .split('?').length - 1,
    );
    expect(given.map(({ length }) => length)).toEqual(marks);
    expect(given[0]).toEqual([
      "'2026-11-15'",
      "'2026-11-15'",
      "'2026-11-19'",
      "'2026-11-15'",
      "'2026-11-15'",
      "'2026-11-16,2026-11-17'",
    ]);
    expect(given[2]?.slice(6)).toEqual([
      "'2026-11-16,2026-11-17'",
      "'2026-11-15'",
      `'${START}'`,
      "'2026-11-15'",
      `'${START}'`,
    ]);
  });

  test('leaves the lists as they are where nothing is due', async () => {
    const result = await journeys.walk({ onlyWithNews: true }, { ReadDueDays: dueMonths() });

    expect(namesOf(result)).not.toContain('QueryLists');
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { months: 0, lists: 0 } });
  });

  test('makes them anew where something is due', async () => {
    const result = await journeys.walk(
      { onlyWithNews: true },
      { ReadDueDays: dueMonths(november), LoadAffinity: invoked({ lists: 7 }) },
    );

    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { months: 1, lists: 7 } });
  });

  test('makes them anew when it is started by hand, whatever is due', async () => {
    const result = await run({ ReadDueDays: dueMonths() });

    expect(namesOf(result)).not.toContain('ComputePairs');
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { months: 0, lists: 7 } });
  });

  test('loads from the answer to the last query', async () => {
    const sent = sentIn(await run()).filter(({ to }) => to === 'LoadAffinityArn');

    expect(sent.map(({ input }) => loadAffinityInput.parse(input))).toEqual([{ queryId: 'query' }]);
  });
});

describe('a run fails, so that its alarm rings', () => {
  test.each([
    'QueryDueDays',
    'ReadDueDays',
    'ComputePairs',
    'ComputeSkus',
    'RecordDays',
    'QueryLists',
    'LoadAffinity',
  ])('when %s cannot be done', async (state) => {
    const result = await run({ [state]: breaks });

    expect(result.status).toBe('FAILED');
    expect(namesOf(result).at(-1)).toBe(state);
  });

  test('but not when it works at another try', async () => {
    const result = await run({ LoadAffinity: { '0': breaks, '1': invoked({ lists: 7 }) } });

    expect(result.status).toBe('SUCCEEDED');
  });
});

lookBackAt(journeys);
