import { describe, expect, it } from 'vitest';
import { callback, detailsOf, lambda, run } from './run.ts';

describe('variables', () => {
  it('are read by later states and seen in the history as JSON text', async () => {
    const result = await run(
      {
        A: { Type: 'Pass', Assign: { x: '{% $states.input.n %}', o: { k: [1] } }, Next: 'B' },
        B: { Type: 'Pass', Output: '{% $x + $o.k[0] %}', End: true },
      },
      { n: 4 },
    );

    expect(result.output).toBe(5);
    expect(detailsOf(result, 'PassStateExited')).toEqual({
      assignedVariables: { x: '4', o: '{"k":[1]}' },
      assignedVariablesDetails: { truncated: false },
      name: 'A',
      output: '{"n":4}',
      outputDetails: { truncated: false },
    });
  });

  it('keep their values at entry for all of Assign and Output', async () => {
    const { output } = await run({
      A: { Type: 'Pass', Assign: { x: 1, y: 2 }, Next: 'B' },
      B: {
        Type: 'Pass',
        Assign: { x: '{% $y %}', y: '{% $x %}' },
        Output: '{% [$x, $y] %}',
        Next: 'C',
      },
      C: { Type: 'Pass', Output: '{% $append($states.input, [$x, $y]) %}', End: true },
    });

    expect(output).toEqual([1, 2, 2, 1]);
  });

  it('can hold null and be set again', async () => {
    const { output } = await run({
      A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' },
      B: { Type: 'Pass', Assign: { x: null }, Next: 'C' },
      C: { Type: 'Pass', Output: { x: '{% $x %}', type: '{% $type($x) %}' }, End: true },
    });

    expect(output).toEqual({ x: null, type: 'null' });
  });

  it('of the outside are read inside, and those of the inside stay there', async () => {
    const result = await run({
      A: { Type: 'Pass', Assign: { outer: 10 }, Next: 'M' },
      M: {
        Type: 'Map',
        Items: [1, 2],
        ItemProcessor: {
          StartAt: 'I',
          States: {
            I: { Type: 'Pass', Assign: { inner: '{% $outer + $states.input %}' }, Next: 'J' },
            J: { Type: 'Pass', Output: '{% $inner %}', End: true },
          },
        },
        Next: 'B',
      },
      B: { Type: 'Pass', Output: '{% $append($states.input, $exists($inner)) %}', End: true },
    });

    expect(result.output).toEqual([11, 12, false]);
  });

  it('are not set by a state that fails', async () => {
    const { output } = await run(
      {
        A: { Type: 'Pass', Assign: { x: 'before' }, Next: 'T' },
        T: lambda({
          Assign: { x: 'after' },
          Output: '{% $nothing %}',
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }],
        }),
        B: { Type: 'Pass', Output: '{% $x %}', End: true },
      },
      {},
      { mocks: { T: { Return: {} } } },
    );

    expect(output).toBe('before');
  });
});

describe('the context object', () => {
  it('has what AWS was recorded to give a Pass state', async () => {
    const { output } = await run(
      { P: { Type: 'Pass', Output: '{% $states.context %}', End: true } },
      { a: 1 },
      { name: 'n1', stateMachineName: 'orders', region: 'eu-west-1', account: '123456789012' },
    );

    expect(output).toEqual({
      Execution: {
        Id: 'arn:aws:states:eu-west-1:123456789012:execution:orders:n1',
        Input: { a: 1 },
        StartTime: '2026-01-01T00:00:00.000Z',
        Name: 'n1',
        RoleArn: 'arn:aws:iam::123456789012:role/rehearsal',
        RedriveCount: 0,
      },
      StateMachine: {
        Id: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders',
        Name: 'orders',
      },
      State: { Name: 'P', EnteredTime: '2026-01-01T00:00:00.000Z' },
    });
  });

  it('counts retries and keeps the time of entry', async () => {
    const { history } = await run(
      {
        T: lambda({
          Arguments: '{% $states.context.State %}',
          Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 5 }],
        }),
      },
      {},
      { mocks: { T: [{ Throw: { Error: 'E' } }, { Return: 1 }] } },
    );

    const parameters = history
      .filter(({ type }) => type === 'TaskScheduled')
      .map((event) => JSON.stringify(event['taskScheduledEventDetails']));
    expect(parameters[0]).toContain(
      String.raw`{\"Name\":\"T\",\"EnteredTime\":\"2026-01-01T00:00:00.000Z\",\"RetryCount\":0}`,
    );
    expect(parameters[1]).toContain(String.raw`\"RetryCount\":1}`);
  });

  it('gives an iteration its item, also to ItemSelector', async () => {
    const { output } = await run(
      {
        M: {
          Type: 'Map',
          Items: ['a', 'b'],
          ItemSelector: {
            i: '{% $states.context.Map.Item.Index %}',
            v: '{% $states.context.Map.Item.Value %}',
            all: '{% $states.input %}',
          },
          ItemProcessor: {
            StartAt: 'I',
            States: {
              I: {
                Type: 'Pass',
                Output: '{% $merge([$states.input, $states.context.Map.Item]) %}',
                End: true,
              },
            },
          },
          End: true,
        },
      },
      'whole',
    );

    expect(output).toEqual([
      { i: 0, v: 'a', all: 'whole', Index: 0, Value: 'a' },
      { i: 1, v: 'b', all: 'whole', Index: 1, Value: 'b' },
    ]);
  });

  it('has a task token only in a state that waits for one', async () => {
    const { history } = await run(
      {
        A: callback({ End: undefined, Next: 'B' }),
        B: { Type: 'Pass', Output: '{% $exists($states.context.Task) %}', End: true },
      },
      {},
      { mocks: { A: { Return: 1 } } },
    );

    expect(JSON.stringify(history)).toMatch(/AFTERGLOW\.1\./);
    expect(history.at(-1)).toMatchObject({ executionSucceededEventDetails: { output: 'false' } });
  });
});
