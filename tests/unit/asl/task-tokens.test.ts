import { describe, expect, it } from 'vitest';
import { TaskError } from '#rehearsal/asl/errors.ts';
import { callback } from './run.ts';
import { codeOf, setUp, tokenOf } from './set-up.ts';

describe('task tokens', () => {
  it('are told to the invoker, and answered once', async () => {
    const { engine, clock, requests, start } = setUp({ T: callback() });
    const { executionArn } = start('n');
    await clock.runUntil(clock.now());
    const token = tokenOf(requests);

    engine.sendTaskSuccess(token, { ok: true });
    await clock.runUntil();

    expect(requests).toMatchObject([
      {
        resource: 'arn:aws:states:::lambda:invoke',
        pattern: 'waitForTaskToken',
        stateName: 'T',
        arguments: { FunctionName: 'ask', Payload: token },
        executionArn,
        retryCount: 0,
      },
    ]);
    expect(engine.describe(executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output: { ok: true },
    });
    expect(codeOf(() => engine.sendTaskSuccess(token, 1))).toBe('TaskTimedOut');
    expect(engine.waitingTasks).toBe(0);
  });

  it('are refused when nobody issued them', () => {
    const { engine } = setUp({ T: callback() });

    expect(codeOf(() => engine.sendTaskSuccess('made up', 1))).toBe('InvalidToken');
    expect(codeOf(() => engine.sendTaskHeartbeat('AFTERGLOW.1.x'))).toBe('InvalidToken');
  });

  it('end with their task, by time or by abort', async () => {
    const { engine, clock, requests, start } = setUp({ T: callback({ TimeoutSeconds: 5 }) });
    start('timed-out');
    await clock.runUntil();
    const { executionArn } = start('aborted');
    await clock.runUntil(clock.now());
    engine.stopExecution(executionArn);

    const codes = requests.map(({ taskToken = '' }) =>
      codeOf(() => engine.sendTaskFailure(taskToken)),
    );

    expect(codes).toEqual(['TaskTimedOut', 'TaskTimedOut']);
  });

  it('refuse an output that is no JSON or too large', async () => {
    const { engine, clock, requests, start } = setUp({ T: callback() });
    start('n');
    await clock.runUntil(clock.now());

    expect(codeOf(() => engine.sendTaskSuccess(tokenOf(requests), undefined))).toBe(
      'InvalidOutput',
    );
    expect(codeOf(() => engine.sendTaskSuccess(tokenOf(requests), 'x'.repeat(300_000)))).toBe(
      'InvalidOutput',
    );
    expect(engine.waitingTasks).toBe(1);
  });

  it('keep a task alive by heartbeats up to its timeout', async () => {
    const { engine, clock, requests, start } = setUp({
      T: callback({ TimeoutSeconds: 30, HeartbeatSeconds: 10 }),
    });
    const { executionArn } = start('n');
    for (const seconds of [8, 16, 24])
      clock.at(clock.now() + seconds * 1000, () => engine.sendTaskHeartbeat(tokenOf(requests)));

    await clock.runUntil();

    expect(engine.describe(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
      stopDate: '2026-01-01T00:00:30.000Z',
    });
  });

  it('may be answered while the call still runs', async () => {
    const { engine, clock, start } = setUp(
      { T: callback() },
      {
        invoke: async ({ taskToken = '' }) => {
          engine.sendTaskSuccess(taskToken, 'early');
          throw new TaskError('TooLate');
        },
      },
    );
    const { executionArn } = start('n');

    await clock.runUntil();

    expect(engine.describe(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: 'early' });
  });

  it('are new for every attempt', async () => {
    const { engine, clock, requests, start } = setUp({
      T: callback({ Retry: [{ ErrorEquals: ['E'] }] }),
    });
    start('n');
    await clock.runUntil(clock.now());
    const first = tokenOf(requests);

    engine.sendTaskFailure(first, { error: 'E' });
    await clock.runUntil(clock.now() + 1000);

    expect(tokenOf(requests)).not.toBe(first);
  });
});
