import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidMocks, MissingMock } from '#rehearsal/asl/mocks.ts';
import { runStateMachine } from '#rehearsal/asl/run-state-machine.ts';
import { lambda, run } from './run.ts';

const journey: unknown = JSON.parse(
  readFileSync(new URL('../../fixtures/asl/order-journey.asl.json', import.meta.url), 'utf8'),
);

const retrying = { T: lambda({ Retry: [{ ErrorEquals: ['Busy'] }] }) };
const busy = { Throw: { Error: 'Busy', Cause: 'later' } };

describe('mocks', () => {
  it('answer successive calls from a list, the last entry for good', async () => {
    const failed = await run(retrying, {}, { mocks: { T: [busy] } });
    const succeeded = await run(retrying, {}, { mocks: { T: [busy, busy, { Return: 'done' }] } });

    expect([failed.error, succeeded.output]).toEqual(['Busy', 'done']);
  });

  it('answer by retry attempt in the manner of Step Functions Local', async () => {
    const { output } = await run(
      retrying,
      {},
      { mocks: { T: { '0': busy, '1-2': busy, '3': { Return: 'third' } } } },
    );

    expect(output).toBe('third');
  });

  it.each([
    [{ Return: { a: 1 } }, { a: 1 }],
    [{ result: '{"a":1}' }, { a: 1 }],
    [{ result: { a: 1 } }, { a: 1 }],
    [{ a: 1 }, { a: 1 }],
    ['text', 'text'],
    [null, null],
    [{ Return: null }, null],
  ])('%j returns %j', async (mock, expected) => {
    expect((await run({ T: lambda() }, {}, { mocks: { T: mock } })).output).toEqual(expected);
  });

  it.each([
    [{ Throw: { Error: 'E', Cause: 'c' } }, { error: 'E', cause: 'c' }],
    [{ Throw: { Error: 'E' } }, { error: 'E' }],
    [
      { Throw: { Error: 'E', Cause: { errorMessage: 'm' } } },
      { error: 'E', cause: '{"errorMessage":"m"}' },
    ],
    [{ errorOutput: { error: 'E', cause: 'c' } }, { error: 'E', cause: 'c' }],
  ])('%j throws %j', async (mock, expected) => {
    expect(await run({ T: lambda() }, {}, { mocks: { T: mock } })).toMatchObject({
      status: 'FAILED',
      ...expected,
    });
  });

  it('understand a MockConfigFile with its test cases', async () => {
    const mocks = {
      StateMachines: { Orders: { TestCases: { Happy: { T: 'Good' }, Sad: { T: 'Bad' } } } },
      MockedResponses: {
        Good: { '0': { Return: 'ok' } },
        Bad: { '0-5': { Throw: { Error: 'E' } } },
      },
    };

    const happy = await run({ T: lambda() }, {}, { mocks, testCase: 'Happy' });
    const sad = await run({ T: lambda() }, {}, { mocks, testCase: 'Sad' });

    expect([happy.output, sad.error]).toEqual(['ok', 'E']);
    await expect(run({ T: lambda() }, {}, { mocks })).rejects.toThrow(
      'the file has "Happy", "Sad"',
    );
  });

  it('that are missing fail the run and name the state, whatever the machine would catch', async () => {
    const states = {
      Pay: lambda({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'S' }] }),
      S: { Type: 'Succeed' },
    };

    const running = run(states, {}, { mocks: { Other: {} } });

    await expect(running).rejects.toThrow(MissingMock);
    await expect(running).rejects.toThrow(
      'State "Pay" (arn:aws:states:::lambda:invoke) has no mock',
    );
  });

  it('that do not go as far as the retries fail the run', async () => {
    await expect(run(retrying, {}, { mocks: { T: { '0': busy } } })).rejects.toThrow(
      'State "T" has no mocked response for its attempt 1.',
    );
  });

  it.each([
    [7, 'needs an object by state name'],
    [{ T: [] }, 'got an empty list'],
    [{ T: { Return: 1, Throw: { Error: 'E' } } }, 'say one of Return, Throw and Never'],
    [{ T: { Return: 1, Retrun: 2 } }, 'got "Retrun" beside Return'],
    [{ T: { Throw: 'E' } }, 'needs { "Error": name'],
    [{ T: { Return: 1, After: -1 } }, 'needs seconds'],
    [{ MockedResponses: [] }, 'needs an object'],
    [
      { StateMachines: { M: { TestCases: { C: { T: 'Nope' } } } }, MockedResponses: {} },
      'there is no mocked response "Nope"',
    ],
  ])('%j are refused', async (mocks, problem) => {
    const running = run({ T: lambda() }, {}, { mocks });

    await expect(running).rejects.toThrow(InvalidMocks);
    await expect(running).rejects.toThrow(problem);
  });
});

describe('a journey of weeks', () => {
  const mocks = {
    'Load order': { Return: { Payload: { id: 'o-1', totalMinor: 12_000 } } },
    'Await delivery': { After: 3 * 86_400, Return: { deliveredAt: 'x' } },
    'Thank in person': { Return: { MessageId: 'm' } },
  };

  it('runs to its end at once', async () => {
    const result = await runStateMachine(journey, { orderId: 'o-1' }, { mocks });

    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { thanked: true } });
    expect(result.history.at(-1)?.timestamp).toBe('2026-01-11T00:00:00.000Z');
  });

  it('fails when the parcel never arrives', async () => {
    const result = await runStateMachine(
      journey,
      {},
      { mocks: { ...mocks, 'Await delivery': { Never: true } } },
    );

    expect(result).toMatchObject({ status: 'FAILED', error: 'NotDelivered', cause: 'order o-1' });
  });

  it('is the same twice', async () => {
    const [first, second] = [
      await runStateMachine(journey, {}, { mocks }),
      await runStateMachine(journey, {}, { mocks }),
    ];

    expect(first).toEqual(second);
  });
});
