import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TaskError } from '#rehearsal/asl/errors.ts';
import type { MapProgress } from '#rehearsal/asl/map-runs/map-host.ts';
import { LateAnswer } from '#rehearsal/asl/task-runner.ts';
import { distributed, pass, ran, reader, RUN, writer } from './map-runs.ts';
import { chainOf, detailsOf, lambda, typesOf } from './run.ts';
import { setUp } from './set-up.ts';

const failWhen = (condition: string) => ({
  Ask: {
    Type: 'Choice',
    Choices: [{ Condition: `{% ${condition} %}`, Next: 'No' }],
    Default: 'Yes',
  },
  No: { Type: 'Fail', Error: 'Refused', Cause: 'no' },
  Yes: { Type: 'Pass', Output: '{% $states.input * 10 %}', End: true },
});

const hostOf = { history: [], status: 'SUCCEEDED' } as const;

describe('a Distributed Map', () => {
  it('answers the outputs of its children in the order of the items', async () => {
    const { status, output } = await ran({ M: distributed(failWhen('false')) }, [1, 2, 3]);

    expect([status, output]).toEqual(['SUCCEEDED', [10, 20, 30]]);
  });

  it('has the history of AWS’s recorded executions', async () => {
    const { history } = await ran(
      { M: distributed({ P: pass }, { ItemReader: reader({ InputType: 'JSON' }) }) },
      {},
      { 'b/in': '[1]' },
    );

    expect(chainOf({ ...hostOf, history })).toEqual([
      ['ExecutionStarted', 1, 0],
      ['MapStateEntered', 2, 0],
      ['MapStateStarted', 3, 2],
      ['MapRunStarted', 4, 3],
      ['MapRunSucceeded', 5, 4],
      ['MapStateSucceeded', 6, 5],
      ['MapStateExited', 7, 5],
      ['ExecutionSucceeded', 8, 7],
    ]);
    expect(detailsOf({ ...hostOf, history }, 'MapStateStarted')).toEqual({ length: 0 });
    expect(detailsOf({ ...hostOf, history }, 'MapRunStarted')).toEqual({ mapRunArn: `${RUN}:1` });
  });

  it('fails as AWS’s recorded executions do when the object is no array', async () => {
    const { history } = await ran(
      { M: distributed({ P: pass }, { ItemReader: reader({ InputType: 'JSON' }) }) },
      {},
      { 'b/in': '{}' },
    );

    expect(chainOf({ ...hostOf, history }).slice(4)).toEqual([
      ['MapRunFailed', 5, 4],
      ['MapStateFailed', 6, 5],
      ['ExecutionFailed', 7, 6],
    ]);
    expect(detailsOf({ ...hostOf, history }, 'MapRunFailed')).toEqual({
      error: 'States.ItemReaderFailed',
      cause: 'Attempting to map over non-iterable node.',
    });
  });

  it.each([
    ['STANDARD', 'arn:aws:states:eu-west-1:123456789012:execution:orders/all:2'],
    ['EXPRESS', 'arn:aws:states:eu-west-1:123456789012:express:orders/all:2:3'],
  ])('gives %s children a context of their own, and not its variables', async (type, Id) => {
    const context = { Type: 'Pass', Output: '{% $states.context %}', End: true };
    const { output } = await ran({ M: distributed({ C: context }, {}, type) }, ['item']);

    expect(output).toMatchObject([
      {
        Execution: { Id, Name: '2', Input: 'item' },
        StateMachine: {
          Id: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders/all',
          Name: 'orders/all',
        },
        State: { Name: 'C' },
      },
    ]);
    expect(Object.keys(Object(output)[0])).not.toContain('Map');
  });

  it('does not show its children the variables around it', async () => {
    const { error } = await ran(
      {
        Set: { Type: 'Pass', Assign: { a: 1 }, Output: [1], Next: 'M' },
        M: distributed({ P: { Type: 'Pass', Output: '{% $a %}', End: true } }),
      },
      {},
    );

    expect(error).toBe('States.ExceedToleratedFailureThreshold');
  });

  it('makes each child’s input by the ItemSelector', async () => {
    const ItemSelector = {
      at: '{% $states.context.Map.Item.Index %}',
      is: '{% $states.context.Map.Item.Value %}',
      of: '{% $states.input.of %}',
    };
    const states = { M: distributed({ P: pass }, { Items: ['a', 'b'], ItemSelector }) };

    const { output } = await ran(states, { of: 2 });

    expect(output).toEqual([
      { at: 0, is: 'a', of: 2 },
      { at: 1, is: 'b', of: 2 },
    ]);
  });

  it('ends Express children after five minutes', async () => {
    const { error, stopDate } = await ran(
      { M: distributed({ W: { Type: 'Wait', Seconds: 301, End: true } }, {}, 'EXPRESS') },
      [1],
    );

    expect([error, stopDate]).toEqual([
      'States.ExceedToleratedFailureThreshold',
      '2026-01-01T00:05:00.000Z',
    ]);
  });

  it('stops its children when its execution is stopped', async () => {
    const progress: MapProgress[] = [];
    const { clock, engine, start } = setUp(
      { M: distributed({ W: { Type: 'Wait', Seconds: 60, End: true } }) },
      { keepChildren: true, onMapProgress: (each) => progress.push(each) },
    );
    const { executionArn } = start('run', [1, 2]);
    await clock.runUntil(clock.now() + 1000);

    engine.stopExecution(executionArn);
    await clock.runUntil();

    expect([...engine.childExecutions()].map(({ status }) => status)).toEqual([
      'ABORTED',
      'ABORTED',
    ]);
    expect(progress.at(-1)).toMatchObject({ status: 'ABORTED', total: 2, succeeded: 0 });
    expect(clock.now()).toBe(Date.parse('2026-01-01T00:00:01Z'));
  });

  it('is retried as a new run, and caught', async () => {
    const retried = await ran(
      {
        M: distributed(failWhen('true'), {
          Retry: [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
        }),
        Caught: { ...pass, Output: '{% $states.input.Error %}' },
      },
      [1],
    );

    expect(retried.output).toBe('States.ExceedToleratedFailureThreshold');
    expect(typesOf(retried).filter((type) => type.startsWith('MapRun'))).toEqual([
      'MapRunStarted',
      'MapRunFailed',
      'MapRunStarted',
      'MapRunFailed',
    ]);
  });

  it('keeps no child that has ended, unless it is told to', async () => {
    const kept = await ran({ M: distributed({ P: pass }) }, [1, 2], {}, { keepChildren: true });
    const children = [...kept.engine.childExecutions()];

    expect(children.map(({ output }) => output)).toEqual([1, 2]);
    expect(kept.engine.history(children[0]?.executionArn ?? '').map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    expect([...kept.engine.executions()]).toHaveLength(1);
  });

  it('counts the transitions of Standard children as its execution’s', async () => {
    const standard = await ran({ M: distributed({ P: pass }) }, [1, 2, 3]);
    const express = await ran({ M: distributed({ P: pass }, {}, 'EXPRESS') }, [1, 2, 3]);

    expect([standard.stateTransitions, express.stateTransitions]).toEqual([4, 1]);
  });

  it('fails by States.Permissions when its role may not start children', async () => {
    const assertMayRun = (): never => {
      throw new TaskError('StepFunctions.AccessDeniedException', 'may not');
    };
    const mapHost = { assertMayRun, read: String, list: () => [], write: () => undefined };

    const { error } = await ran({ M: distributed({ P: pass }) }, [1], {}, { mapHost });

    expect(error).toBe('States.Permissions');
  });
});

describe('laws of a Distributed Map', () => {
  it('runs every item once, in their order, and never more at once than it may', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 25 }),
        fc.integer({ min: 0, max: 6 }),
        async (seconds, MaxConcurrency) => {
          let [running, most] = [0, 0];
          const seen: unknown[] = [];
          const invoke = async (request: { readonly arguments: unknown }) => {
            const { Payload } = Object(request.arguments);
            seen.push(Payload.index);
            most = Math.max(most, ++running);
            return new LateAnswer(Payload.seconds, () => {
              running--;
              return Payload.index;
            });
          };
          const items = seconds.map((each, index) => ({ index, seconds: each }));

          const { output, status } = await ran(
            { M: distributed({ Work: lambda() }, { MaxConcurrency }) },
            items,
            {},
            { invoke },
          );

          expect([status, output]).toEqual(['SUCCEEDED', items.map(({ index }) => index)]);
          expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual(output);
          expect(most).toBeLessThanOrEqual(MaxConcurrency || 10_000);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('succeeds exactly while no more items fail than are tolerated', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
        fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
        fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
        async (fails, count, percentage) => {
          const limits = {
            ...(count === undefined ? {} : { ToleratedFailureCount: count }),
            ...(percentage === undefined ? {} : { ToleratedFailurePercentage: percentage }),
          };
          const states = { M: distributed(failWhen('$states.input < 0'), limits) };
          const failed = fails.filter(Boolean).length;
          const isGiven = count !== undefined || percentage !== undefined;
          const expected =
            failed === 0 ||
            (isGiven &&
              failed <= (count ?? Infinity) &&
              (failed * 100) / fails.length <= (percentage ?? Infinity));

          const { status, error } = await ran(
            states,
            fails.map((each) => (each ? -1 : 1)),
          );

          expect(status).toBe(expected ? 'SUCCEEDED' : 'FAILED');
          expect(error).toBe(expected ? undefined : 'States.ExceedToleratedFailureThreshold');
        },
      ),
      { numRuns: 40 },
    );
  });

  it('puts every item into one batch, each within its limits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ maxLength: 30 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 300, max: 600 }),
        async (items, MaxItemsPerBatch, MaxInputBytesPerBatch) => {
          const ItemBatcher = {
            MaxItemsPerBatch,
            MaxInputBytesPerBatch,
            BatchInput: { date: '{% $states.input.date %}' },
          };
          const Items = '{% $states.input.items %}';
          const states = { M: distributed({ P: pass }, { Items, ItemBatcher }) };

          const { output } = await ran(states, { date: 'today', items });

          const batches = Array.isArray(output) ? output.map((each) => Object(each)) : [];
          expect(batches.flatMap(({ Items: batch }) => batch)).toEqual(items);
          for (const batch of batches) {
            expect(batch.BatchInput).toEqual({ date: 'today' });
            expect(batch.Items.length).toBeLessThanOrEqual(MaxItemsPerBatch);
            expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThanOrEqual(
              MaxInputBytesPerBatch,
            );
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('a failure within a batch', () => {
  it('counts for all of its items', async () => {
    const states = {
      M: distributed(failWhen('$count($states.input.Items[$ < 0]) > 0'), {
        ItemBatcher: { MaxItemsPerBatch: 2 },
        ToleratedFailureCount: 1,
        ResultWriter: writer(),
      }),
    };

    const { status, progress } = await ran(states, [-1, 2, 3, 4]);

    expect(status).toBe('FAILED');
    expect(progress.at(-1)).toMatchObject({ status: 'FAILED', total: 4, failed: 2 });
  });
});

it('hears how far a run is', async () => {
  const { progress } = await ran({ M: distributed({ P: pass }) }, ['a', 'b']);

  const run = { mapRunArn: `${RUN}:1`, total: 2, failed: 0 };
  expect(progress).toMatchObject([
    { ...run, status: 'RUNNING', succeeded: 0 },
    { ...run, status: 'RUNNING', succeeded: 1 },
    { ...run, status: 'RUNNING', succeeded: 2 },
    { ...run, status: 'SUCCEEDED', succeeded: 2 },
  ]);
});
