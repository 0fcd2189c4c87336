import { describe, expect, test } from 'vitest';
import { statisticsViews } from '#core/contracts/score-views.ts';
import { fitScoresInput } from '#lambdas/fit-scores/contract.ts';
import { loadScoresInput } from '#lambdas/load-scores/contract.ts';
import { queriesIn, sentIn } from './history.ts';
import { journeysOf, lookBackAt, START } from './walk.ts';

const digits = Array.from({ length: 16 }, (_, index) => index.toString(16));

const answered = (id: string) => ({ Return: { QueryExecution: { QueryExecutionId: id } } });
const invoked = (payload: object) => ({ Return: { StatusCode: 200, Payload: payload } });
const breaks = { Throw: { Error: 'States.TaskFailed', Cause: 'the limit of the work group' } };

const answers = {
  QueryView: statisticsViews.map((view) => answered(`q-${view}`)),
  FitScores: invoked({ shops: [{ shop: 'hearth', purchases: 'fitted' }] }),
  LoadScores: invoked({ bucket: '0', customers: 10, leftOut: 1 }),
};

const journeys = journeysOf('score-customers');
const run = (more: Readonly<Record<string, unknown>> = {}) =>
  journeys.walk({}, { ...answers, ...more });

const sentTo = async (to: string) =>
  sentIn(await run()).flatMap((sent) => (sent.to === to ? [sent.input] : []));

describe('scoring', () => {
  test('asks for the statistics of every view first, and fits the models to their answers', async () => {
    const result = await run();
    const [input, ...more] = await sentTo('FitScoresArn');

    expect(queriesIn(result).slice(0, statisticsViews.length).toSorted()).toEqual(
      statisticsViews.map((view) => `SELECT * FROM ${view} ORDER BY 1, 2, 3, 4`).toSorted(),
    );
    expect(more).toEqual([]);
    expect(fitScoresInput.parse(input)).toEqual({
      fittedAt: START,
      queries: Object.fromEntries(statisticsViews.map((view) => [view, `q-${view}`])),
    });
  });

  test('asks for the customers by the first digit of their names, each of them once', async () => {
    const queries = queriesIn(await run()).slice(statisticsViews.length);

    expect(queries.toSorted()).toEqual(
      digits.map(
        (digit) => `SELECT * FROM customer_stats WHERE substr(customer, 1, 1) = '${digit}'`,
      ),
    );
  });

  test('loads every bucket from the answer to its query', async () => {
    const inputs = (await sentTo('LoadScoresArn')).map((input) => loadScoresInput.parse(input));

    expect(inputs.map(({ bucket }) => bucket).toSorted()).toEqual(digits);
    expect(new Set(inputs.map(({ queryId }) => queryId))).toEqual(new Set(['query']));
  });

  test('ends with what was fitted and how many customers were scored', async () => {
    expect(await run()).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        shops: [{ shop: 'hearth', purchases: 'fitted' }],
        customers: 160,
        leftOut: 16,
      },
    });
  });
});

describe('a run fails, so that its alarm rings', () => {
  test.each([
    ['a statistic cannot be queried', 'QueryView'],
    ['models cannot be fitted', 'FitScores'],
    ['customers cannot be queried', 'QueryCustomers'],
    ['scores cannot be written', 'LoadScores'],
  ])('when %s', async (_, state) => {
    const result = await run({ [state]: breaks });

    expect(result.status).toBe('FAILED');
    expect(result.history.some(({ type }) => type === 'TaskFailed')).toBe(true);
  });

  test('but not when it works at another try', async () => {
    const load = { '0': breaks, '1': invoked({ bucket: '0', customers: 1, leftOut: 0 }) };

    const result = await run({ LoadScores: load });

    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { customers: 16 } });
  });
});

lookBackAt(journeys);
