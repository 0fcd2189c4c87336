import { describe, expect, it } from 'vitest';
import { detailsOf, outputOf, run, typesOf } from './run.ts';

describe('a Pass state', () => {
  it('hands its input on, whatever JSON it is', async () => {
    for (const input of [{ a: 1 }, [1, null], 'text', 0, null, false]) {
      const { output } = await run({ P: { Type: 'Pass', End: true } }, input);

      expect(output).toEqual(input);
    }
  });

  it('puts Output in the place of its input', async () => {
    expect(await outputOf({ b: '{% $states.input.a %}' }, { a: 1 })).toEqual({ b: 1 });
  });
});

describe('a Choice state', () => {
  const choice = (more: Readonly<Record<string, unknown>>) => ({
    C: { Type: 'Choice', ...more },
    One: {
      Type: 'Pass',
      Output: { went: 'One', in: '{% $states.input %}', v: '{% $exists($v) ? $v : "none" %}' },
      End: true,
    },
    Two: {
      Type: 'Pass',
      Output: { went: 'Two', in: '{% $states.input %}', v: '{% $exists($v) ? $v : "none" %}' },
      End: true,
    },
  });

  it('takes the first rule that is met, with its Assign and Output', async () => {
    const { output } = await run(
      choice({
        Choices: [
          { Condition: '{% $states.input > 5 %}', Next: 'One' },
          { Condition: true, Next: 'Two', Assign: { v: '{% $states.input %}' }, Output: 'ruled' },
        ],
        Default: 'One',
        Output: 'default',
      }),
      3,
    );

    expect(output).toEqual({ went: 'Two', in: 'ruled', v: 3 });
  });

  it('takes the Default with its own Assign and Output', async () => {
    const { output } = await run(
      choice({
        Choices: [{ Condition: '{% false %}', Next: 'One', Assign: { v: 'rule' } }],
        Default: 'Two',
        Assign: { v: 'own' },
        Output: 'default',
      }),
    );

    expect(output).toEqual({ went: 'Two', in: 'default', v: 'own' });
  });

  it('does not look at rules behind the one that is met', async () => {
    const { output } = await run(
      choice({
        Choices: [
          { Condition: '{% true %}', Next: 'One' },
          { Condition: '{% $states.input.missing %}', Next: 'Two' },
        ],
      }),
      7,
    );

    expect(output).toEqual({ went: 'One', in: 7, v: 'none' });
  });

  it('fails when a condition returns nothing, naming the rule', async () => {
    const { error, cause } = await run(
      choice({
        Choices: [
          { Condition: '{% false %}', Next: 'One' },
          { Condition: '{% $states.input.missing %}', Next: 'Two' },
        ],
        Default: 'Two',
      }),
    );

    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain(
      "specified for the field 'Choices[1]/Condition' returned nothing (undefined).",
    );
  });

  it('fails when a condition is no boolean', async () => {
    const { cause } = await run(
      choice({ Choices: [{ Condition: "{% 'yes' %}", Next: 'One' }], Default: 'Two' }),
    );

    expect(cause).toContain(
      `returned an unexpected result type. Expected 'boolean', but was 'string' for value: "yes"`,
    );
  });

  it('fails with States.Runtime when nothing is met and there is no Default', async () => {
    const result = await run(
      choice({
        Choices: [
          { Condition: false, Next: 'One' },
          { Condition: false, Next: 'Two' },
        ],
      }),
    );

    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(typesOf(result)).toEqual(['ExecutionStarted', 'ChoiceStateEntered', 'ExecutionFailed']);
  });
});

describe('a Wait state', () => {
  const waitedFor = async (
    fields: Readonly<Record<string, unknown>>,
    input: unknown = {},
  ): Promise<string> => {
    const { history, cause } = await run({ W: { Type: 'Wait', ...fields, End: true } }, input);
    return cause ?? history.at(-1)?.timestamp ?? '';
  };

  it.each([
    [{ Seconds: 60 }, '2026-01-01T00:01:00.000Z'],
    [{ Seconds: 0 }, '2026-01-01T00:00:00.000Z'],
    [{ Seconds: '{% $states.input.s * 2 %}' }, '2026-01-01T00:00:20.000Z'],
    [{ Timestamp: '2026-02-01T12:00:00+02:00' }, '2026-02-01T10:00:00.000Z'],
    [{ Timestamp: '{% $states.input.t %}' }, '2026-01-03T00:00:00.123Z'],
    [{ Timestamp: '2020-01-01T00:00:00Z' }, '2026-01-01T00:00:00.000Z'],
  ])('%j ends at %s', async (fields, end) => {
    expect(await waitedFor(fields, { s: 10, t: '2026-01-03T00:00:00.123456789Z' })).toBe(end);
  });

  it.each([
    '2016-12-05 21:29:29Z',
    '2016-12-05T21:29:29',
    '2016-13-05T21:29:29Z',
    '2016-12-05T25:29:29Z',
    '05-12-2016T21:29:29Z',
  ])('fails on the timestamp %s in the words AWS was recorded with', async (timestamp) => {
    const result = await run(
      { WaitState: { Type: 'Wait', Timestamp: '{% $states.input.t %}', End: true } },
      { t: timestamp },
    );

    const cause = `An error occurred while executing the state 'WaitState' (entered at the event id #2). The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${timestamp}`;
    expect(result.history.slice(2)).toMatchObject([
      {
        id: 3,
        previousEventId: 2,
        type: 'EvaluationFailed',
        evaluationFailedEventDetails: {
          cause,
          error: 'States.QueryEvaluationError',
          location: 'Timestamp',
          state: 'WaitState',
        },
      },
      {
        id: 4,
        previousEventId: 3,
        type: 'ExecutionFailed',
        executionFailedEventDetails: { cause, error: 'States.QueryEvaluationError' },
      },
    ]);
  });

  it.each([
    [{ Seconds: "{% 'a' %}" }, `Expected 'number', but was 'string' for value: "a"`],
    [{ Seconds: '{% 1.5 %}' }, 'cannot be parsed as an integer: 1.5'],
    [{ Seconds: '{% 0 - 1 %}' }, 'must be between 0 and 99999999 but was: -1'],
    [{ Timestamp: '{% 5 %}' }, `Expected 'string', but was 'number' for value: 5`],
  ])('%j fails', async (fields, problem) => {
    expect(await waitedFor(fields)).toContain(problem);
  });
});

describe('the ends of a workflow', () => {
  it('Succeed takes an Output', async () => {
    const result = await run(
      { S: { Type: 'Succeed', Output: '{% $states.input.a %}' } },
      { a: [1] },
    );

    expect(result).toMatchObject({ status: 'SUCCEEDED', output: [1] });
    expect(typesOf(result)).toEqual([
      'ExecutionStarted',
      'SucceedStateEntered',
      'SucceedStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it.each([
    [
      { Error: 'E', Cause: 'c' },
      { error: 'E', cause: 'c' },
    ],
    [
      { Error: "{% $states.input.e & '!' %}", Cause: '{% $string($states.input) %}' },
      { error: 'no!', cause: '{"e":"no"}' },
    ],
    [{ Error: 'E' }, { error: 'E' }],
    [{}, {}],
  ])('Fail with %j says %j, and leaves out what it was not given', async (fields, details) => {
    const result = await run({ F: { Type: 'Fail', ...fields } }, { e: 'no' });

    expect(result).toEqual({ status: 'FAILED', ...details, history: expect.any(Array) });
    expect(detailsOf(result, 'ExecutionFailed')).toEqual(details);
    expect(typesOf(result)).toEqual(['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed']);
  });

  it('Fail with an expression that is no text fails as an expression does', async () => {
    expect(await run({ F: { Type: 'Fail', Error: '{% 5 %}' } })).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining("Expected 'string', but was 'number'"),
    });
  });
});
