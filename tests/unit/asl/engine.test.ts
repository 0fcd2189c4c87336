import { describe, expect, it } from 'vitest';
import { createEngine } from '#rehearsal/asl/engine.ts';
import { TaskError } from '#rehearsal/asl/errors.ts';
import type { ExecutionDescription } from '#rehearsal/asl/execution.ts';
import type { HistoryEvent } from '#rehearsal/asl/history.ts';
import { loadStateMachine } from '#rehearsal/asl/load.ts';
import { LateAnswer } from '#rehearsal/asl/task-runner.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { lambda, machine } from './run.ts';
import { codeOf, setUp, stateMachineArn } from './set-up.ts';

const day = 24 * 60 * 60 * 1000;

describe('starting executions', () => {
  it('answers before the first state is entered', async () => {
    const { engine, start } = setUp({ P: { Type: 'Pass', End: true } });

    const { executionArn, startDate } = start('order-1', { a: 1 });

    expect([executionArn, startDate]).toEqual([
      'arn:aws:states:eu-west-1:123456789012:execution:orders:order-1',
      '2026-01-01T00:00:00.000Z',
    ]);
    expect(engine.describe(executionArn)).toMatchObject({
      status: 'RUNNING',
      eventCount: 1,
      input: { a: 1 },
    });
  });

  it('answers the open execution to the same name and input', async () => {
    const { engine, clock, start } = setUp({ W: { Type: 'Wait', Seconds: 60, End: true } });
    const first = start('order-1', { a: 1 });
    await clock.runUntil(clock.now() + 1000);

    const second = start('order-1', { a: 1 });

    expect(second).toEqual(first);
    expect([...engine.executions()]).toHaveLength(1);
  });

  it('refuses a name that is taken by another input, or by an execution closed less than 90 days ago', async () => {
    const { clock, start } = setUp({ W: { Type: 'Wait', Seconds: 60, End: true } });
    start('order-1', { a: 1 });

    const other = codeOf(() => start('order-1', { a: 2 }));
    await clock.runUntil();
    const closed = codeOf(() => start('order-1', { a: 1 }));
    await clock.runUntil(clock.now() + 90 * day);

    expect([other, closed]).toEqual(['ExecutionAlreadyExists', 'ExecutionAlreadyExists']);
    expect(codeOf(() => start('order-1', { a: 1 }))).toBeUndefined();
  });

  it.each(['', 'a b', 'a/b', 'a:b', 'a*', 'x'.repeat(81)])('refuses the name %j', (name) => {
    const { start } = setUp({ P: { Type: 'Pass', End: true } });

    expect(codeOf(() => start(name))).toBe('InvalidName');
  });

  it('refuses an input above 256 KiB', () => {
    const { start } = setUp({ P: { Type: 'Pass', End: true } });

    expect(codeOf(() => start('n', 'x'.repeat(256 * 1024)))).toBe('InvalidExecutionInput');
  });

  it('makes a name when it is given none', () => {
    const { start } = setUp({ P: { Type: 'Pass', End: true } }, { uuid: () => 'id-1' });

    expect(start().executionArn).toMatch(/:id-1$/);
  });
});

describe('stopping executions', () => {
  it('ends one at once, as AWS was recorded to', async () => {
    const { engine, clock, start } = setUp({ State_1: { Type: 'Wait', Seconds: 60, End: true } });
    const { executionArn } = start('n');
    await clock.runUntil(clock.now() + 1000);

    engine.stopExecution(executionArn);
    await clock.runUntil();

    expect(engine.describe(executionArn)).toMatchObject({
      status: 'ABORTED',
      stopDate: '2026-01-01T00:00:01.000Z',
    });
    expect(engine.history(executionArn).slice(1)).toMatchObject([
      { type: 'WaitStateEntered', id: 2, previousEventId: 0 },
      { type: 'ExecutionAborted', id: 3, previousEventId: 0, executionAbortedEventDetails: {} },
    ]);
  });

  it('keeps the reason, and an end that came before', async () => {
    const { engine, clock, start } = setUp({ W: { Type: 'Wait', Seconds: 60, End: true } });
    const [first, second] = [start('a').executionArn, start('b').executionArn];
    engine.stopExecution(first, { error: 'E', cause: 'c' });
    await clock.runUntil();

    engine.stopExecution(second);

    expect(engine.describe(first)).toMatchObject({ status: 'ABORTED', error: 'E', cause: 'c' });
    expect(engine.describe(second).status).toBe('SUCCEEDED');
  });

  it('does not know executions that never were', () => {
    const { engine } = setUp({ P: { Type: 'Pass', End: true } });

    expect(codeOf(() => engine.stopExecution('arn:x'))).toBe('ExecutionDoesNotExist');
  });

  it('times a whole execution out, naming States.Timeout in the event only', async () => {
    const clock = new VirtualClock(0);
    const engine = createEngine({ clock, invoke: async () => ({}) });
    const stateMachine = loadStateMachine(
      machine({ W: { Type: 'Wait', Seconds: 60, End: true } }, { TimeoutSeconds: 5 }),
    );
    const { executionArn } = engine.startExecution({ stateMachine, stateMachineArn, name: 'n' });

    await clock.runUntil();

    expect(engine.describe(executionArn)).not.toHaveProperty('error');
    expect(engine.describe(executionArn)).toMatchObject({
      status: 'TIMED_OUT',
      stopDate: '1970-01-01T00:00:05.000Z',
    });
    expect(engine.history(executionArn).at(-1)).toMatchObject({
      type: 'ExecutionTimedOut',
      previousEventId: 0,
      executionTimedOutEventDetails: { error: 'States.Timeout' },
    });
  });
});

describe('what the engine tells', () => {
  it('events go to the listener and need not be kept', async () => {
    const heard: HistoryEvent[] = [];
    const ended: ExecutionDescription[] = [];
    const { engine, clock, start } = setUp(
      { P: { Type: 'Pass', End: true } },
      {
        keepHistory: false,
        onHistoryEvent: (event) => heard.push(event),
        onExecutionEnd: (end) => ended.push(end),
      },
    );
    const { executionArn } = start('n');

    await clock.runUntil();

    expect(heard.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    expect(engine.history(executionArn)).toEqual([]);
    expect(ended).toMatchObject([
      { executionArn, status: 'SUCCEEDED', eventCount: 4, stateTransitions: 1 },
    ]);
  });

  it('counts a retry as a transition, as AWS bills it', async () => {
    let calls = 0;
    const { engine, clock, start } = setUp(
      {
        T: lambda({ Retry: [{ ErrorEquals: ['E'] }], End: undefined, Next: 'S' }),
        S: { Type: 'Succeed' },
      },
      {
        invoke: async () => {
          if (++calls < 3) throw new TaskError('E');
          return 1;
        },
      },
    );
    const { executionArn } = start('n');

    await clock.runUntil();

    expect(engine.describe(executionArn).stateTransitions).toBe(4);
  });

  it('fails an execution whose invoker broke, saying how', async () => {
    const { engine, clock, start } = setUp(
      {
        T: lambda({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'S' }] }),
        S: { Type: 'Succeed' },
      },
      { invoke: () => Promise.reject(new Error('worker died')) },
    );
    const { executionArn } = start('n');

    await clock.runUntil();

    expect(engine.describe(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'Error: worker died',
    });
  });

  it('takes answers that need virtual time', async () => {
    const { engine, clock, start } = setUp(
      { T: lambda() },
      { invoke: async () => new LateAnswer(90, () => 'late') },
    );
    const { executionArn } = start('n');

    await clock.runUntil();

    expect(engine.describe(executionArn)).toMatchObject({
      output: 'late',
      stopDate: '2026-01-01T00:01:30.000Z',
    });
  });

  it('makes one call at a time, so that two runs are the same', async () => {
    const recordRun = async (): Promise<readonly string[]> => {
      const log: string[] = [];
      let running = 0;
      const { clock, start } = setUp(
        {
          P: {
            Type: 'Parallel',
            Branches: [1, 2].map((n) => ({ StartAt: `T${n}`, States: { [`T${n}`]: lambda() } })),
            End: true,
          },
        },
        {
          invoke: async ({ stateName }) => {
            log.push(`${stateName} ${++running}`);
            await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
            running--;
            return {};
          },
          onHistoryEvent: ({ type, id }, executionArn) => log.push(`${executionArn} ${id} ${type}`),
        },
      );
      for (const name of ['a', 'b']) start(name);
      await clock.runUntil();
      return log;
    };

    const [first, second] = [await recordRun(), await recordRun()];

    expect(first).toEqual(second);
    expect(first.filter((line) => /^T\d 2/.test(line))).toEqual([]);
  });
});
