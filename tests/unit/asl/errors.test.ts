import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelaySeconds } from '#rehearsal/asl/retry.ts';
import { callback, chainOf, lambda, run, typesOf } from './run.ts';

type Fields = Readonly<Record<string, unknown>>;

const fail = (error: string, cause = 'why') => ({ Throw: { Error: error, Cause: cause } });
const caught = { Type: 'Pass', End: true };

const runRetry = async (retry: readonly Fields[], answers: readonly unknown[]) => {
  const result = await run({ T: lambda({ Retry: retry }) }, {}, { mocks: { T: answers } });
  const times = result.history
    .filter(({ type }) => type === 'TaskScheduled')
    .map(({ timestamp }) => (Date.parse(timestamp) - Date.UTC(2026, 0, 1)) / 1000);
  return { ...result, times };
};

describe('Retry', () => {
  it('waits 1, 2 and 4 seconds and then gives up, by default', async () => {
    const { times, error } = await runRetry([{ ErrorEquals: ['E'] }], [fail('E')]);

    expect([times, error]).toEqual([[0, 1, 3, 7], 'E']);
  });

  it.each([
    [{ IntervalSeconds: 3, BackoffRate: 1, MaxAttempts: 2 }, [0, 3, 6]],
    [{ IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 3, MaxDelaySeconds: 10 }, [0, 2, 8, 18]],
    [{ IntervalSeconds: 10, BackoffRate: 1.5, MaxAttempts: 2 }, [0, 10, 25]],
    [{ MaxAttempts: 0 }, [0]],
  ])('%j makes attempts at %j seconds', async (retrier, expected) => {
    const { times } = await runRetry([{ ErrorEquals: ['E'], ...retrier }], [fail('E')]);

    expect(times).toEqual(expected);
  });

  it('counts each retrier apart', async () => {
    const { times, error } = await runRetry(
      [
        { ErrorEquals: ['A'], MaxAttempts: 1 },
        { ErrorEquals: ['B'], MaxAttempts: 1, IntervalSeconds: 10 },
      ],
      [fail('A'), fail('B'), fail('A')],
    );

    expect([times, error]).toEqual([[0, 1, 11], 'A']);
  });

  it('asks the first retrier that matches only, even when it is used up', async () => {
    const { times } = await runRetry(
      [
        { ErrorEquals: ['A'], MaxAttempts: 1 },
        { ErrorEquals: ['States.ALL'], MaxAttempts: 5 },
      ],
      [fail('A')],
    );

    expect(times).toEqual([0, 1]);
  });

  it('records no event of its own: the next attempt follows the failure', async () => {
    const result = await runRetry([{ ErrorEquals: ['E'] }], [fail('E'), { Return: 1 }]);

    expect(chainOf(result).slice(2, 7)).toEqual([
      ['TaskScheduled', 3, 2],
      ['TaskStarted', 4, 3],
      ['TaskFailed', 5, 4],
      ['TaskScheduled', 6, 5],
      ['TaskStarted', 7, 6],
    ]);
  });

  it('draws a fully jittered delay between 0 and the whole, the same for the same seed', async () => {
    const retry = [
      { ErrorEquals: ['E'], IntervalSeconds: 100, BackoffRate: 1, JitterStrategy: 'FULL' },
    ];

    const [first, second] = [
      await runRetry(retry, [fail('E')]),
      await runRetry(retry, [fail('E')]),
    ];

    expect(first.times).toEqual(second.times);
    expect(first.times.every((time, i) => time <= i * 100)).toBe(true);
    expect(first.times).not.toEqual([0, 100, 200, 300]);
  });

  it('never waits longer than MaxDelaySeconds, nor shorter than before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 1, max: 5, noNaN: true }),
        fc.integer({ min: 1, max: 500 }),
        fc.nat(20),
        (intervalSeconds, backoffRate, maxDelaySeconds, attempts) => {
          const retrier = {
            errorEquals: [],
            intervalSeconds,
            backoffRate,
            maxDelaySeconds,
            maxAttempts: 99,
            hasFullJitter: false,
          };

          const [now, next] = [
            retryDelaySeconds(retrier, attempts, Math.random),
            retryDelaySeconds(retrier, attempts + 1, Math.random),
          ];

          expect(now).toBeLessThanOrEqual(maxDelaySeconds);
          expect(next).toBeGreaterThanOrEqual(now);
        },
      ),
    );
  });

  it('also repeats a state whose expression failed, recording every failure', async () => {
    const result = await run({
      T: lambda({
        Arguments: '{% $nope %}',
        Retry: [{ ErrorEquals: ['States.QueryEvaluationError'], MaxAttempts: 2 }],
      }),
    });

    expect(typesOf(result).filter((type) => type === 'EvaluationFailed')).toHaveLength(3);
  });
});

describe('Catch', () => {
  const catchWith = (catcher: Fields, answer: unknown, task: Fields = {}) =>
    run(
      { T: lambda({ ...task, Catch: [{ Next: 'C', ...catcher }] }), C: caught },
      { in: 1 },
      { mocks: { T: answer } },
    );

  it('hands on Error and Cause', async () => {
    const result = await catchWith({ ErrorEquals: ['E'] }, fail('E'));

    expect(result.output).toEqual({ Error: 'E', Cause: 'why' });
    expect(chainOf(result).slice(4, 7)).toEqual([
      ['TaskFailed', 5, 4],
      ['TaskStateExited', 6, 5],
      ['PassStateEntered', 7, 6],
    ]);
  });

  it('takes Output and Assign, which read the error, the input and the variables', async () => {
    const { output } = await run(
      {
        T: lambda({
          Catch: [
            {
              ErrorEquals: ['E'],
              Next: 'C',
              Assign: { seen: '{% $states.errorOutput %}' },
              Output: { was: '{% $states.input %}', why: '{% $states.errorOutput.Cause %}' },
            },
          ],
        }),
        C: { Type: 'Pass', Output: '{% $merge([$states.input, $seen]) %}', End: true },
      },
      { in: 1 },
      { mocks: { T: fail('E') } },
    );

    expect(output).toEqual({ was: { in: 1 }, why: 'why', Error: 'E', Cause: 'why' });
  });

  it('does not use the state’s own Output', async () => {
    const { output } = await catchWith({ ErrorEquals: ['E'] }, fail('E'), { Output: { never: 1 } });

    expect(output).toEqual({ Error: 'E', Cause: 'why' });
  });

  it('gives an empty Cause to an error without one, as AWS does', async () => {
    const { output } = await catchWith(
      { ErrorEquals: ['States.Timeout'] },
      { Never: true },
      { TimeoutSeconds: 5 },
    );

    expect(output).toEqual({ Error: 'States.Timeout', Cause: '' });
  });

  it('comes after Retry', async () => {
    const result = await catchWith({ ErrorEquals: ['E'] }, fail('E'), {
      Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }],
    });

    expect(typesOf(result).filter((type) => type === 'TaskFailed')).toHaveLength(2);
    expect(result.status).toBe('SUCCEEDED');
  });

  it('fails the execution when its own expression fails', async () => {
    const result = await catchWith({ ErrorEquals: ['E'], Output: '{% $nope %}' }, fail('E'));

    expect(result.error).toBe('States.QueryEvaluationError');
    expect(result.cause).toContain("specified for the field 'Catch[0]/Output'");
  });

  it('catches a failed Output of its own state', async () => {
    const { output } = await catchWith(
      { ErrorEquals: ['States.QueryEvaluationError'] },
      { Return: 1 },
      { Output: '{% $nope %}' },
    );

    expect(output).toMatchObject({
      Error: 'States.QueryEvaluationError',
      Cause: expect.stringContaining("'Output' returned nothing"),
    });
  });

  const large = { Return: 'x'.repeat(300_000) };
  const timeout = { Never: true };
  it.each([
    ['E', fail('E'), true],
    ['Other', fail('E'), false],
    ['States.ALL', fail('E'), true],
    ['States.TaskFailed', fail('E'), true],
    ['States.TaskFailed', fail('Lambda.Unknown'), true],
    ['States.Permissions', fail('States.Permissions'), true],
    ['States.TaskFailed', timeout, false],
    ['States.Timeout', timeout, true],
    ['States.ALL', timeout, true],
    ['States.HeartbeatTimeout', timeout, false],
    ['States.ALL', large, false],
    ['States.TaskFailed', large, false],
    ['States.DataLimitExceeded', large, true],
    ['States.ALL', fail('States.Runtime'), false],
    ['States.Runtime', fail('States.Runtime'), true],
  ])('on %s of %j: %s', async (name, answer, isCaught) => {
    const { status } = await catchWith({ ErrorEquals: [name] }, answer, { TimeoutSeconds: 5 });

    expect(status).toBe(isCaught ? 'SUCCEEDED' : 'FAILED');
  });

  it.each(['States.Timeout', 'States.HeartbeatTimeout', 'States.ALL'])(
    'knows a missed heartbeat by the name %s',
    async (name) => {
      const { status } = await run(
        {
          T: callback({ HeartbeatSeconds: 5, Catch: [{ ErrorEquals: [name], Next: 'C' }] }),
          C: caught,
        },
        {},
        { mocks: { T: { Never: true } } },
      );

      expect(status).toBe('SUCCEEDED');
    },
  );
});
