import {
  ConflictException,
  CreateScheduleCommand,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler';
import type { StageScheduler } from '../ports/stage-scheduler.ts';

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

export const schedulerStageScheduler =
  (client: SchedulerClient, target: ScheduleTarget): StageScheduler =>
  async (name, at, payload) => {
    try {
      await client.send(
        new CreateScheduleCommand({
          Name: name,
          GroupName: target.groupName,
          ScheduleExpression: `at(${at.slice(0, WHOLE_SECONDS)})`,
          ScheduleExpressionTimezone: 'UTC',
          FlexibleTimeWindow: { Mode: 'OFF' },
          ActionAfterCompletion: 'DELETE',
          Target: {
            Arn: target.functionArn,
            RoleArn: target.roleArn,
            Input: JSON.stringify(payload),
            RetryPolicy: retryPolicy,
            DeadLetterConfig: { Arn: target.deadLetterQueueArn },
          },
        }),
      );
      return 'scheduled';
    } catch (error) {
      if (error instanceof ConflictException) return 'already-scheduled';
      throw error;
    }
  };
