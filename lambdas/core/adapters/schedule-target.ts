import type { CreateScheduleCommandInput } from '@aws-sdk/client-scheduler';
import type { Instant } from '../domain/orders/order-event.ts';

/** What a one-time schedule calls, and by what right. */
export interface ScheduleTarget {
  readonly groupName: string;
  /** The function that is called. */
  readonly functionArn: string;
  /** What Scheduler calls it with. */
  readonly roleArn: string;
  /** Where a call that could not be made is kept. */
  readonly deadLetterQueueArn: string;
}

/** The most that Scheduler allows: a day. */
const retryPolicy = { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 };

/** `2026-11-22T10:00:00`: Scheduler knows whole seconds. */
const WHOLE_SECONDS = 19;

/**
 * A schedule that calls the target once and is gone then.
 *
 * @param at a part of a second is rounded up: what is due at an instant is not called before it
 */
export const onceAt = (
  { groupName, functionArn, roleArn, deadLetterQueueArn }: ScheduleTarget,
  name: string,
  at: Instant,
  payload: object,
): CreateScheduleCommandInput => ({
  Name: name,
  GroupName: groupName,
  ScheduleExpression: `at(${wholeSecondFrom(at)})`,
  ScheduleExpressionTimezone: 'UTC',
  FlexibleTimeWindow: { Mode: 'OFF' },
  ActionAfterCompletion: 'DELETE',
  Target: {
    Arn: functionArn,
    RoleArn: roleArn,
    Input: JSON.stringify(payload),
    RetryPolicy: retryPolicy,
    DeadLetterConfig: { Arn: deadLetterQueueArn },
  },
});

const wholeSecondFrom = (at: Instant): string =>
  new Date(Math.ceil(Date.parse(at) / 1000) * 1000).toISOString().slice(0, WHOLE_SECONDS);
