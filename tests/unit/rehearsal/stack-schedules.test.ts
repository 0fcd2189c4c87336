import { describe, expect, test } from 'vitest';
import type { ExecutionDescription } from '#rehearsal/asl/execution.ts';
import { StackSchedules } from '#rehearsal/services/stack-schedules.ts';
import { StateMachines } from '#rehearsal/services/state-machines.ts';
import { role } from './scheduler-stage.ts';
import {
  functionOf,
  getAtt,
  type Grants,
  minutesOf,
  ref,
  type Resources,
  roleOf,
  servicesOf,
} from './stage.ts';

const HOUR = 60;

const nightly = (Target: object = {}, more: object = {}) => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    ScheduleExpression: 'cron(0 3 * * ? *)',
    ScheduleExpressionTimezone: 'Europe/Berlin',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: ref('Scores'),
      RoleArn: getAtt('TargetRole'),
      Input: '{"at":"<aws.scheduler.scheduled-time>"}',
      ...Target,
    },
    ...more,
  },
});

const templateOf = (
  schedule: object & Resources[string],
  grants: Grants = [['states:StartExecution', ref('Scores')]],
  trust: Resources[string] = role(),
): Resources => ({
  ...functionOf('Tidy'),
  ...roleOf('Target', grants),
  TargetRole: trust,
  ...roleOf('Scores', []),
  Scores: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: getAtt('ScoresRole'),
      DefinitionString: JSON.stringify({
        QueryLanguage: 'JSONata',
        StartAt: 'Only',
        States: { Only: { Type: 'Succeed' } },
      }),
    },
  },
  Nightly: schedule,
});

const stage = (resources: Resources) => {
  const services = servicesOf(resources, {
    Tidy: 'export const handler = (event) => console.log(new Date().toISOString());',
  });
  const ended: ExecutionDescription[] = [];
  const machines = new StateMachines({
    ...services,
    random: () => 0.5,
    onExecutionEnd: (execution) => ended.push(execution),
  });
  const schedules = new StackSchedules({ ...services, states: machines.service });
  const pass = (minutes: number) =>
    services.clock.runUntil(services.clock.now() + minutes * 60_000);
  return { ...services, schedules, ended, pass };
};

describe('a schedule of the templates', () => {
  test('starts its state machine again and again, at its local time', async () => {
    const { schedules, ended, pass } = stage(templateOf(nightly()));

    schedules.start();
    await pass(48 * HOUR);

    expect(ended.map(({ input }) => input)).toEqual([
      { at: '2026-03-03T02:00:00Z' },
      { at: '2026-03-04T02:00:00Z' },
    ]);
  });

  test('names executions by UUIDs, the same in every run', async () => {
    const names = async () => {
      const { schedules, ended, pass } = stage(templateOf(nightly()));
      schedules.start();
      await pass(48 * HOUR);
      return ended.map(({ name }) => name);
    };

    const first = await names();

    expect(new Set(first).size).toBe(2);
    expect(first[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    expect(await names()).toEqual(first);
  });

  test('may invoke a function', async () => {
    const schedule = nightly({ Arn: getAtt('Tidy') }, { ScheduleExpression: 'rate(30 minutes)' });
    const { schedules, lambdas, pass, printed } = stage(
      templateOf(schedule, [['lambda:InvokeFunction', getAtt('Tidy')]]),
    );

    await lambdas.start();
    schedules.start();
    await pass(HOUR);

    expect(minutesOf(printed('Tidy').map((line) => line.trim()))).toEqual([0, 30, 60]);
  });

  test.each([
    [{ State: 'DISABLED' }, 0],
    [{ StartDate: '2026-03-04T00:00:00Z' }, 2],
    [{ EndDate: '2026-03-04T00:00:00Z' }, 1],
  ])('with %j', async (more, count) => {
    const { schedules, ended, pass } = stage(templateOf(nightly({}, more)));

    schedules.start();
    await pass(72 * HOUR);

    expect(ended).toHaveLength(count);
  });

  test('without the grant starts nothing, which is on record', async () => {
    const { schedules, ended, authorizer, pass } = stage(templateOf(nightly(), []));

    schedules.start();
    await pass(24 * HOUR);

    expect(ended).toEqual([]);
    expect(authorizer.denials).toMatchObject([{ action: 'states:StartExecution' }]);
  });

  test('whose role Scheduler may not take on is refused', () => {
    const lambda = role({ Principal: { Service: 'lambda.amazonaws.com' } });
    const { schedules } = stage(templateOf(nightly(), [], lambda));

    expect(() => schedules.start()).toThrow(
      'Nightly: the execution role must allow AWS EventBridge Scheduler to assume the role',
    );
  });

  test.each([
    [
      nightly({ Arn: 'arn:aws:sqs:eu-central-1:111122223333:queue' }),
      'targets other than state machines and functions',
    ],
    [nightly({ Input: undefined }), 'without an Input'],
    [nightly({}, { ScheduleExpression: 'cron(0 3 L * ? *)' }), 'L, W and # are not modelled'],
    [nightly({}, { ActionAfterCompletion: 'DELETE' }), 'Unrecognized key'],
  ])('that is not modelled is refused by name (%#)', (schedule, because) => {
    const { schedules } = stage(templateOf(schedule));

    expect(() => schedules.start()).toThrow(because);
  });
});
