import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';

interface Scheduled {
  readonly liveArn: string;
  readonly stateMachineArn: string;
}

export interface MachineScheduleOptions {
  /** What constructs and roles are told apart by. @default nothing */
  readonly prefix?: string | undefined;
  readonly description: string;
  /** `cron(…)` or `rate(…)` of EventBridge Scheduler. */
  readonly schedule: string;
  /** IANA. */
  readonly timeZone: string;
  /** What it starts with. @default `{}` */
  readonly input?: object | undefined;
}

/** Has a state machine start by a schedule: by its alias, for which IAM looks at the state machine itself. */
export const startOnSchedule = (
  stack: Stack,
  { liveArn, stateMachineArn }: Scheduled,
  { prefix = '', description, schedule, timeZone, input = {} }: MachineScheduleOptions,
): void => {
  const group = stack.formatArn({
    service: 'scheduler',
    resource: 'schedule-group',
    resourceName: 'default',
  });
  const role = new Role(stack, `${prefix}SchedulerRole`, {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account, 'aws:SourceArn': group } },
    }),
  });
  role.addToPolicy(
    new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachineArn] }),
  );
  new CfnSchedule(stack, `${prefix}Schedule`, {
    description,
    scheduleExpression: schedule,
    scheduleExpressionTimezone: timeZone,
    flexibleTimeWindow: { mode: 'OFF' },
    target: { arn: liveArn, roleArn: role.roleArn, input: JSON.stringify(input) },
  });
};
