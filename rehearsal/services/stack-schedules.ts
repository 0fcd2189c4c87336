import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Cloud, Resource } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { AsyncInvocations } from './async-invocations.ts';
import type { Authorizer } from './authorizer.ts';
import { inBackground } from './in-background.ts';
import type { Queues } from './queues.ts';
import { type NextTime, readTimes } from './schedule-times.ts';
import type { Service } from './service.ts';

export interface StackSchedulesOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  readonly queues: Queues;
  readonly invocations: AsyncInvocations;
  /** Step Functions. */
  readonly states: Service;
}

const properties = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  GroupName: z.string().default('default'),
  KmsKeyArn: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  StartDate: z.iso.datetime({ offset: true }).optional(),
  EndDate: z.iso.datetime({ offset: true }).optional(),
  FlexibleTimeWindow: z.object({ Mode: z.enum(['OFF', 'FLEXIBLE']) }),
  Target: z.strictObject({
    Arn: z
      .string()
      .regex(/^arn:[^:]+:(?:states:[^:]+:\d+:stateMachine|lambda:[^:]+:\d+:function):/, {
        error: 'targets other than state machines and functions are not modelled',
      }),
    RoleArn: z.string(),
    Input: z.string({ error: 'without an Input the target gets words of AWS: not modelled' }),
    RetryPolicy: z.unknown().optional(),
    DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
  }),
});

interface StackSchedule {
  readonly arn: string;
  readonly group: string;
  readonly next: NextTime;
  readonly untilMs: number;
  readonly target: z.output<typeof properties>['Target'];
}

const SCHEDULER = 'scheduler.amazonaws.com';

/**
 * Schedules of the templates, which fire again and again: they start state machines and invoke functions by their
 * roles. A flexible window fires as it opens; a target that refuses is not tried again.
 */
export class StackSchedules {
  readonly #options: StackSchedulesOptions;

  constructor(options: StackSchedulesOptions) {
    this.#options = options;
  }

  /** @throws for a schedule that is not modelled or whose role Scheduler may not take on, naming it */
  start(): void {
    const { cloud, clock } = this.#options;
    for (const resource of cloud.ofType('AWS::Scheduler::Schedule')) {
      const parsed = properties.safeParse(resource.properties);
      if (!parsed.success)
        throw new Error(`${resource.logicalId}: not modelled: ${z.prettifyError(parsed.error)}`);
      const schedule = scheduleOf(resource, parsed.data, clock.now());
      this.#assertTrust(schedule, resource);
      // One that is due at once is due now, hence the millisecond.
      if (parsed.data.State === 'ENABLED') this.#arm(schedule, clock.now() - 1);
    }
  }

  #assertTrust({ group, target }: StackSchedule, { logicalId }: Resource): void {
    const { authorizer, cloud } = this.#options;
    const context = {
      'aws:SourceAccount': cloud.account,
      'aws:SourceArn': `arn:aws:scheduler:${cloud.region}:${cloud.account}:schedule-group/${group}`,
    };
    if (authorizer.mayAssume({ service: SCHEDULER }, target.RoleArn, context)) return;
    throw new Error(
      `${logicalId}: the execution role must allow AWS EventBridge Scheduler to assume the role, got ${target.RoleArn}`,
    );
  }

  #arm(schedule: StackSchedule, afterMs: number): void {
    const { clock } = this.#options;
    const atMs = schedule.next(afterMs);
    if (atMs === undefined || atMs > schedule.untilMs) return;
    clock.at(atMs, () => {
      this.#arm(schedule, atMs);
      inBackground(clock, () => this.#fire(schedule, atMs));
    });
  }

  async #fire({ arn, target }: StackSchedule, atMs: number): Promise<void> {
    const { authorizer, invocations, queues, states } = this.#options;
    const principal = { arn: target.RoleArn };
    if (target.DeadLetterConfig !== undefined)
      queues.assertRoleMaySend(target.DeadLetterConfig.Arn, target.RoleArn);
    const id = executionId(arn, atMs);
    const text = inputOf(target.Input, { arn, id, atMs });
    if (/^arn:[^:]+:lambda:/.test(target.Arn)) {
      authorizer.assert({ principal, action: 'lambda:InvokeFunction', resource: target.Arn });
      invocations.invoke(target.Arn, text);
      return;
    }
    const input = { stateMachineArn: target.Arn, name: id, input: text };
    await states({ principal, operation: 'StartExecution', input });
  }
}

const scheduleOf = (
  { arn }: Resource,
  {
    GroupName,
    ScheduleExpression,
    ScheduleExpressionTimezone,
    ...rest
  }: z.output<typeof properties>,
  nowMs: number,
): StackSchedule => {
  const { StartDate, EndDate, Target } = rest;
  const startMs = StartDate === undefined ? nowMs : Date.parse(StartDate);
  const next = readTimes(ScheduleExpression, ScheduleExpressionTimezone, startMs);
  return {
    arn,
    group: GroupName,
    next: (afterMs) => next(Math.max(afterMs, startMs - 1)),
    untilMs: EndDate === undefined ? Infinity : Date.parse(EndDate),
    target: Target,
  };
};

/** A UUID, as Scheduler names executions; the same in every run. */
const executionId = (arn: string, atMs: number): string => {
  const hash = createHash('sha256').update(`${arn}/${atMs}`).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `4${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
};

/** Scheduler user guide, "Adding context attributes". */
const inputOf = (
  input: string,
  { arn, id, atMs }: { readonly arn: string; readonly id: string; readonly atMs: number },
): string =>
  input
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll(
      '<aws.scheduler.scheduled-time>',
      new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    )
    .replaceAll('<aws.scheduler.execution-id>', id)
    .replaceAll('<aws.scheduler.attempt-number>', '1');
