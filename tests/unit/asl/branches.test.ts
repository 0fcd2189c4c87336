import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callback, chainOf, lambda, run, typesOf } from './run.ts';

type Fields = Readonly<Record<string, unknown>>;

const one = (state: Fields): Fields => ({ StartAt: 'S', States: { S: state } });
const pass = { Type: 'Pass', End: true };
const wait = (seconds: number) => ({ Type: 'Wait', Seconds: seconds, End: true });
const fail = { Type: 'Fail', Error: 'E', Cause: 'c' };
const parallel = (branches: readonly Fields[], more: Fields = {}) => ({
  P: { Type: 'Parallel', Branches: branches, End: true, ...more },
});
const map = (state: Fields, more: Fields = {}) => ({
  M: { Type: 'Map', ItemProcessor: one(state), End: true, ...more },
});
const endOf = ({
  history,
}: {
  readonly history: readonly { readonly timestamp: string }[];
}): string => history.at(-1)?.timestamp.slice(11, 19) ?? '';

describe('a Parallel state', () => {
  it('gives every branch the same input and collects their outputs in order', async () => {
    const result = await run(
      parallel([one({ ...wait(10), Output: '{% $states.input.a %}' }), one(pass)], {
        Arguments: { a: '{% $states.input %}' },
      }),
      7,
    );

    expect([result.output, endOf(result)]).toEqual([[7, { a: 7 }], '00:00:10']);
  });

  it('offers the outputs as $states.result', async () => {
    const { output } = await run(
      parallel([one(pass), one(pass)], { Output: '{% $sum($states.result) %}' }),
      4,
    );

    expect(output).toBe(8);
  });

  it('runs branches at the same time', async () => {
    expect(endOf(await run(parallel([one(wait(10)), one(wait(7)), one(wait(9))])))).toBe(
      '00:00:10',
    );
  });

  it('records the branches one after the other up to their first wait', async () => {
    const result = await run(parallel([one(wait(1)), one(pass)]));

    expect(chainOf(result).slice(1)).toEqual([
      ['ParallelStateEntered', 2, 0],
      ['ParallelStateStarted', 3, 2],
      ['WaitStateEntered', 4, 3],
      ['PassStateEntered', 5, 3],
      ['PassStateExited', 6, 5],
      ['WaitStateExited', 7, 4],
      ['ParallelStateSucceeded', 8, 7],
      ['ParallelStateExited', 9, 7],
      ['ExecutionSucceeded', 10, 9],
    ]);
  });

  it('fails with the first failing branch and stops the others at once', async () => {
    const result = await run(
      parallel([
        one(callback()),
        one(wait(100)),
        { StartAt: 'A', States: { A: { Type: 'Wait', Seconds: 3, Next: 'B' }, B: fail } },
      ]),
      {},
      { mocks: { S: { After: 50, Return: 1 } } },
    );

    expect([result.error, result.cause, endOf(result)]).toEqual(['E', 'c', '00:00:03']);
    expect(typesOf(result).slice(-5)).toEqual([
      'FailStateEntered',
      'TaskStateAborted',
      'WaitStateAborted',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
  });

  it('lets nothing of a stopped branch happen later', async () => {
    const result = await run(
      {
        P: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'A', States: { A: { Type: 'Wait', Seconds: 5, Next: 'T' }, T: lambda() } },
            one(fail),
          ],
          Catch: [{ ErrorEquals: ['E'], Next: 'W' }],
          End: true,
        },
        W: wait(60),
      },
      {},
      { mocks: {} },
    );

    expect([result.status, endOf(result)]).toEqual(['SUCCEEDED', '00:01:00']);
  });

  it('is caught and retried as a whole', async () => {
    const result = await run(
      {
        P: {
          Type: 'Parallel',
          Branches: [one(lambda())],
          Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'C' }],
          End: true,
        },
        C: pass,
      },
      {},
      { mocks: { S: { Throw: { Error: 'Busy', Cause: 'x' } } } },
    );

    expect(result.output).toEqual({ Error: 'Busy', Cause: 'x' });
    expect(typesOf(result).filter((type) => type === 'ParallelStateStarted')).toHaveLength(2);
    expect(typesOf(result).filter((type) => type === 'ParallelStateFailed')).toHaveLength(1);
  });

  it('contains what a Catch inside a branch has caught', async () => {
    const result = await run(
      parallel([
        {
          StartAt: 'T',
          States: { T: lambda({ Catch: [{ ErrorEquals: ['E'], Next: 'C' }] }), C: pass },
        },
        one(pass),
      ]),
      1,
      { mocks: { T: { Throw: { Error: 'E' } } } },
    );

    expect(result.output).toEqual([{ Error: 'E', Cause: '' }, 1]);
  });

  it('nests', async () => {
    const { output } = await run(
      parallel([one(parallel([one(pass), one(wait(1))]).P), one(map(pass, { Items: [1, 2] }).M)]),
      'x',
    );

    expect(output).toEqual([
      ['x', 'x'],
      [1, 2],
    ]);
  });
});

describe('a Map state', () => {
  it('keeps the order of the items, whatever takes longest', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(50), { maxLength: 12 }),
        fc.nat(5),
        async (items, MaxConcurrency) => {
          const { output } = await run(
            map({ ...wait(0), Seconds: '{% $states.input %}' }, { MaxConcurrency }),
            items,
          );

          expect(output).toEqual(items);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('takes its input as the items when it has no Items', async () => {
    expect((await run(map(pass), ['a'])).output).toEqual(['a']);
  });

  it.each([
    [{ Items: '{% $states.input.list %}' }, [1, 2]],
    [{ Items: [1, '{% $states.input.list[1] %}', 'x'] }, [1, 2, 'x']],
    [{ Items: [] }, []],
  ])('takes %j', async (fields, expected) => {
    expect((await run(map(pass, fields), { list: [1, 2] })).output).toEqual(expected);
  });

  it.each([
    ['{% $states.input %}', `Expected 'array', but was 'object' for value: {"list":1}`],
    ["{% 'x' %}", `Expected 'array', but was 'string' for value: "x"`],
    ['{% $nope %}', 'returned nothing'],
  ])('fails on Items %s before it starts', async (Items, problem) => {
    const result = await run(map(pass, { Items }), { list: 1 });

    expect(result.cause).toContain(problem);
    expect(typesOf(result)).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'EvaluationFailed',
      'ExecutionFailed',
    ]);
  });

  it('fails on an input that is no array', async () => {
    expect((await run(map(pass), { a: 1 })).error).toBe('States.QueryEvaluationError');
  });

  it.each([
    [1, '00:00:30'],
    [2, '00:00:20'],
    [0, '00:00:10'],
    ['{% 3 %}', '00:00:10'],
  ])('runs %s iterations at a time', async (MaxConcurrency, end) => {
    expect(endOf(await run(map(wait(10), { MaxConcurrency, Items: [1, 2, 3] })))).toBe(end);
  });

  it('runs at most 40 at a time', async () => {
    expect(
      endOf(await run(map(wait(10), { Items: Array.from({ length: 41 }, (_, i) => i) }))),
    ).toBe('00:00:20');
  });

  it('records one iteration after the other as AWS was recorded to', async () => {
    const result = await run(map(pass, { MaxConcurrency: 1, Items: [1, 'two'] }));

    expect(chainOf(result).slice(1)).toEqual([
      ['MapStateEntered', 2, 0],
      ['MapStateStarted', 3, 2],
      ['MapIterationStarted', 4, 3],
      ['PassStateEntered', 5, 4],
      ['PassStateExited', 6, 5],
      ['MapIterationSucceeded', 7, 6],
      ['MapIterationStarted', 8, 6],
      ['PassStateEntered', 9, 8],
      ['PassStateExited', 10, 9],
      ['MapIterationSucceeded', 11, 10],
      ['MapStateSucceeded', 12, 11],
      ['MapStateExited', 13, 11],
      ['ExecutionSucceeded', 14, 13],
    ]);
  });

  it('records parallel iterations and their stop as AWS was recorded to', async () => {
    const result = await run(
      map(lambda({ TimeoutSeconds: 5 }), { Items: [1, 2] }),
      {},
      { mocks: { S: { Never: true } } },
    );

    expect(chainOf(result).slice(2)).toEqual([
      ['MapStateStarted', 3, 2],
      ['MapIterationStarted', 4, 3],
      ['MapIterationStarted', 5, 3],
      ['TaskStateEntered', 6, 4],
      ['TaskScheduled', 7, 6],
      ['TaskStateEntered', 8, 5],
      ['TaskScheduled', 9, 8],
      ['TaskStarted', 10, 7],
      ['TaskStarted', 11, 9],
      ['TaskTimedOut', 12, 10],
      ['MapIterationFailed', 13, 12],
      ['TaskStateAborted', 14, 12],
      ['MapIterationAborted', 15, 12],
      ['TaskStateAborted', 16, 12],
      ['MapStateFailed', 17, 12],
      ['ExecutionFailed', 18, 17],
    ]);
  });

  it('records a caught failure as AWS was recorded to', async () => {
    const result = await run({
      ...map(fail, { Items: [1], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'C' }] }),
      C: pass,
    });

    expect(chainOf(result).slice(2, 9)).toEqual([
      ['MapStateStarted', 3, 2],
      ['MapIterationStarted', 4, 3],
      ['FailStateEntered', 5, 4],
      ['MapIterationFailed', 6, 5],
      ['MapStateFailed', 7, 5],
      ['MapStateExited', 8, 7],
      ['PassStateEntered', 9, 8],
    ]);
    expect(result.output).toEqual({ Error: 'E', Cause: 'c' });
  });

  it('records MapStateFailed only when it is not retried, as AWS was recorded to', async () => {
    const result = await run(
      map(fail, { Items: [1], Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }] }),
    );

    expect(chainOf(result).slice(5)).toEqual([
      ['MapIterationFailed', 6, 5],
      ['MapStateStarted', 7, 5],
      ['MapIterationStarted', 8, 7],
      ['FailStateEntered', 9, 8],
      ['MapIterationFailed', 10, 9],
      ['MapStateFailed', 11, 9],
      ['ExecutionFailed', 12, 11],
    ]);
  });

  it.each([
    [{ ToleratedFailureCount: 1 }, 'SUCCEEDED'],
    [{ ToleratedFailureCount: '{% 0 %}' }, 'States.ExceedToleratedFailureThreshold'],
    [{ ToleratedFailurePercentage: 50 }, 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: 49.5 }, 'States.ExceedToleratedFailureThreshold'],
    [
      { ToleratedFailureCount: 1, ToleratedFailurePercentage: 10 },
      'States.ExceedToleratedFailureThreshold',
    ],
    [{}, 'E'],
  ])('with %j and one failure of two: %s', async (fields, expected) => {
    const choice = {
      StartAt: 'C',
      States: {
        C: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input = 1 %}', Next: 'F' }],
          Default: 'S',
        },
        F: fail,
        S: pass,
      },
    };

    const result = await run({
      M: { Type: 'Map', Items: [1, 2], ItemProcessor: choice, End: true, ...fields },
    });

    expect(result.error ?? result.status).toBe(expected);
  });

  it('takes Iterator, the old name of ItemProcessor', async () => {
    const { output } = await run({ M: { Type: 'Map', Iterator: one(pass), End: true } }, [1]);

    expect(output).toEqual([1]);
  });
});
