import { describe, expect, it } from 'vitest';
import { chainOf, detailsOf, lambda, run } from './run.ts';

describe('size limits', () => {
  const kib = 1024;

  it('refuses an output above 256 KiB in the words AWS was recorded with', async () => {
    const result = await run({
      State_1: { Type: 'Pass', Output: { Arg1: 'a'.repeat(257 * kib) }, End: true },
    });

    expect(chainOf(result)).toEqual([
      ['ExecutionStarted', 1, 0],
      ['PassStateEntered', 2, 0],
      ['ExecutionFailed', 3, 2],
    ]);
    expect(detailsOf(result, 'ExecutionFailed')).toEqual({
      cause:
        "The state/task 'State_1' returned a result with a size exceeding the maximum number of bytes service limit.",
      error: 'States.DataLimitExceeded',
    });
  });

  it('counts bytes of UTF-8, not characters', async () => {
    const text = (characters: number) =>
      run({ P: { Type: 'Pass', Output: '☃'.repeat(characters), End: true } });

    const [fits, exceeds] = [await text(87_380), await text(87_381)];

    expect([fits.status, exceeds.error]).toEqual(['SUCCEEDED', 'States.DataLimitExceeded']);
  });

  it('fails a task whose result is too large, naming the service', async () => {
    const result = await run(
      { T: lambda() },
      {},
      { mocks: { T: { Return: 'a'.repeat(257 * kib) } } },
    );

    expect(detailsOf(result, 'TaskFailed')).toEqual({
      cause:
        "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.",
      error: 'States.DataLimitExceeded',
      resource: 'invoke',
      resourceType: 'lambda',
    });
  });

  it('refuses an Assign above 256 KiB', async () => {
    const result = await run({
      P: {
        Type: 'Pass',
        Assign: { a: 'a'.repeat(200 * kib), b: 'b'.repeat(60 * kib) },
        Output: 1,
        End: true,
      },
    });

    expect(result.error).toBe('States.DataLimitExceeded');
  });

  it('refuses variables above 10 MiB together', async () => {
    const states = Object.fromEntries(
      Array.from({ length: 42 }, (_, i) => [
        `S${i}`,
        { Type: 'Pass', Assign: { [`v${i}`]: 'x'.repeat(255 * kib) }, Next: `S${i + 1}` },
      ]),
    );

    const result = await run({ ...states, S42: { Type: 'Pass', End: true } });

    expect(result).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(result.cause).toContain("The state 'S40'");
  });

  it('ends an execution whose history is full, with event 25,000', async () => {
    const result = await run(
      {
        A: { Type: 'Pass', Next: 'B' },
        B: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input.end %}', Next: 'C' }],
          Default: 'A',
        },
        C: { Type: 'Pass', End: true },
      },
      { end: false },
    );

    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    expect(result.history.at(-1)).toMatchObject({ id: 25_000, type: 'ExecutionFailed' });
  });
});
