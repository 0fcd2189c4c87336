import { describe, expect, test } from 'vitest';
import { HANDOVER, stage, target, TARGET_ROLE, template } from './scheduler-stage.ts';
import { arnOf, awsErrorOf, MINUTE_MS, START_MS } from './stage.ts';

describe('a one-time schedule', () => {
  test('invokes its function at its second, with its input as event', async () => {
    const { create, clock, calls } = stage();

    await create({ ScheduleExpression: 'at(2026-03-02T09:00:07)' });
    await clock.runUntil();

    expect(calls()).toEqual([{ at: '2026-03-02T09:00:07.000Z', event: { touchId: '1' } }]);
  });

  test.each([
    ['Europe/Berlin', 'at(2026-03-02T10:00:00)', '2026-03-02T09:00:00.000Z'],
    ['America/New_York', 'at(2026-07-01T09:00:00)', '2026-07-01T13:00:00.000Z'],
    ['Europe/Berlin', 'at(2026-10-25T02:30:00)', '2026-10-25T00:30:00.000Z'],
  ])('reads its time by the clocks of %s: %s', async (zone, ScheduleExpression, due) => {
    const { create, scheduler } = stage();

    await create({ ScheduleExpression, ScheduleExpressionTimezone: zone });

    expect(scheduler.scheduled.map(({ atMs }) => new Date(atMs).toISOString())).toEqual([due]);
  });

  test('is on the list of what is still scheduled until it fires', async () => {
    const { create, clock, scheduler } = stage();
    await create();
    await create({ Name: 'touch-2', ScheduleExpression: 'at(2026-03-03T09:00:00)' });

    await clock.runUntil(START_MS + 61 * MINUTE_MS);

    expect(scheduler.scheduled).toEqual([
      {
        name: 'touch-2',
        group: 'touches',
        atMs: Date.parse('2026-03-03T09:00:00Z'),
        input: '{"touchId":"1"}',
      },
    ]);
  });

  test('that was deleted does not fire, and cannot be deleted again', async () => {
    const { create, call, clock, lambdas } = stage();
    await create();

    await call('DeleteSchedule', { Name: 'touch-1', GroupName: 'touches' });
    await clock.runUntil();

    expect(lambdas.invocations.size).toBe(0);
    expect(
      await awsErrorOf(() => call('DeleteSchedule', { Name: 'touch-1', GroupName: 'touches' })),
    ).toBe('ResourceNotFoundException: Schedule touch-1 does not exist.');
  });

  test('may come a second time: Scheduler delivers at least once', async () => {
    const { create, clock, firedAfter } = stage(template, () => true);

    await create();
    await clock.runUntil();

    expect(firedAfter()).toEqual([60, 60]);
  });

  test('of the running minute fires at once', async () => {
    const { create, clock, firedAfter } = stage();

    await create({ ScheduleExpression: 'at(2026-03-02T07:59:01)' });
    await clock.runUntil();

    expect(firedAfter()).toEqual([0]);
  });

  test('of a minute that is over stops the clock: AWS does not say whether it fires', async () => {
    const { create, clock } = stage();

    await create({ ScheduleExpression: 'at(2026-03-02T07:59:00)' });

    await expect(clock.runUntil()).rejects.toThrow('touches/touch-1 was created for 2026-03-02T07');
  });
});

describe('the name of a schedule', () => {
  test('is taken while the schedule exists, in its group', async () => {
    const { create } = stage();
    await create();

    expect(await awsErrorOf(() => create())).toBe(
      'ConflictException: Schedule touch-1 already exists.',
    );
    expect(await create({ GroupName: 'default' })).toEqual({
      ScheduleArn: arnOf('scheduler', 'schedule/default/touch-1'),
    });
  });

  test('is the same schedule for the same client token', async () => {
    const { create, scheduler } = stage();
    await create({ ClientToken: 'a' });

    await create({ ClientToken: 'a' });

    expect(scheduler.scheduled).toHaveLength(1);
    expect(await awsErrorOf(() => create({ ClientToken: 'b' }))).toContain('ConflictException');
  });

  test.each([
    ['DELETE', 'no error'],
    ['NONE', 'ConflictException: Schedule touch-1 already exists.'],
  ])('after completion by %s: %s', async (ActionAfterCompletion, expected) => {
    const { create, clock } = stage();
    await create({ ActionAfterCompletion });
    await clock.runUntil();

    expect(await awsErrorOf(() => create({ ScheduleExpression: 'at(2026-03-03T09:00:00)' }))).toBe(
      expected,
    );
  });
});

describe('a schedule is refused', () => {
  test.each([
    ['a name with a space', { Name: 'touch 1' }, "Value 'touch 1' at 'name'"],
    ['a name of 65 characters', { Name: 'x'.repeat(65) }, "at 'name'"],
    ['a day without time', { ScheduleExpression: 'at(2026-03-02)' }, 'at(2026-03-02).'],
    ['a time in UTC', { ScheduleExpression: 'at(2026-03-02T09:00:00Z)' }, '09:00:00Z).'],
    ['no day', { ScheduleExpression: 'at(2026-02-30T09:00:00)' }, 'Invalid Schedule Expression'],
    ['no zone', { ScheduleExpressionTimezone: 'Europe/Atlantis' }, 'Europe/Atlantis'],
    ['an offset', { ScheduleExpressionTimezone: '+02:00' }, '+02:00'],
    ['input that is no JSON', { Target: { ...target, Input: '{' } }, 'well-formed JSON'],
  ])('with %s, as AWS refuses it', async (_, more, expected) => {
    const { create } = stage();

    const error = await awsErrorOf(() => create(more));

    expect(error).toMatch(/^ValidationException: /);
    expect(error).toContain(expected);
  });

  test.each([
    ['a rate', { ScheduleExpression: 'rate(5 minutes)' }, 'rate(5 minutes)'],
    ['cron', { ScheduleExpression: 'cron(0 9 * * ? *)' }, 'cron(0 9 * * ? *)'],
    ['a flexible window', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, 'FlexibleTimeWindow'],
    ['a key', { KmsKeyArn: 'arn' }, 'KmsKeyArn'],
    ['a queue', { Target: { ...target, Arn: arnOf('sqs', 'q') } }, 'targets other than functions'],
    ['no input', { Target: { Arn: HANDOVER, RoleArn: TARGET_ROLE } }, 'Target.Input'],
    ['attributes', { Target: { ...target, Input: '"<aws.scheduler.attempt-number>"' } }, 'context'],
    [
      'a time that clocks skip',
      {
        ScheduleExpression: 'at(2026-03-29T02:30:00)',
        ScheduleExpressionTimezone: 'Europe/Berlin',
      },
      'skip 2026-03-29T02:30:00',
    ],
  ])('with %s, which is not modelled', async (_, more, expected) => {
    const { create } = stage();

    const error = await awsErrorOf(() => create(more));

    expect(error).toMatch(/^InvalidAction: Scheduler/);
    expect(error).toContain(expected);
  });

  test('in a group that does not exist', async () => {
    const { Touches: _, ...withoutGroup } = template;
    const { create } = stage(withoutGroup);

    expect(await awsErrorOf(() => create())).toBe(
      'ResourceNotFoundException: Schedule group touches does not exist.',
    );
  });
});
