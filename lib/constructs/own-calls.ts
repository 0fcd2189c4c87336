import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { type EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { AFTERGLOW_SOURCE, type OutgoingEventType } from '#core/contracts/outgoing-events.ts';
import { acknowledge, acknowledgeWildcard } from './acknowledge.ts';
import type { Use } from './contract-function.ts';
import { OperatorAlarm, type OperatorAlarmProps } from './operator-alarm.ts';
import { sendingTo, useOf } from './uses.ts';

export interface OwnCallsProps {
  readonly key: IKey;
  readonly alarms: ITopic;
  /** What it means that a call could not be made. */
  readonly failed: Pick<OperatorAlarmProps, 'impact' | 'runbook'>;
  /** Names the queue for what could not be called. */
  readonly queueId: string;
}

/**
 * How a function is called by schedules that it makes itself and by events of ours, with a queue that keeps what
 * did not come through.
 */
export class OwnCalls extends Construct {
  readonly notCalled: Queue;
  private readonly schedules: ScheduleGroup;
  private readonly caller: Role;
  private readonly anySchedule: string;

  constructor(scope: Construct, id: string, { key, alarms, failed, queueId }: OwnCallsProps) {
    super(scope, id);
    this.notCalled = new Queue(this, queueId, {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(
      this.notCalled,
      'AwsSolutions-SQS3',
      'It is the dead-letter queue of the rules, the schedules and the function that they call.',
    );
    new OperatorAlarm(this, `${queueId}Alarm`, {
      topic: alarms,
      ...failed,
      metric: this.notCalled.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
    });
    this.schedules = new ScheduleGroup(this, 'Schedules');
    this.anySchedule = Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${this.schedules.scheduleGroupName}/*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    this.caller = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Stack.of(this).account,
            'aws:SourceArn': this.schedules.scheduleGroupArn,
          },
        },
      }),
    });
  }

  /** The variables by which a function makes its schedules, with what it may do to them. */
  uses(...actions: readonly ('CreateSchedule' | 'DeleteSchedule')[]): {
    readonly group: Use;
    readonly role: Use;
    readonly deadLetters: Use;
  } {
    const names = actions.map((action) => `scheduler:${action}`);
    return {
      group: useOf(this.schedules.scheduleGroupName, [this.anySchedule], ...names),
      role: { value: this.caller.roleArn, grant: () => {} },
      deadLetters: { value: this.notCalled.queueArn, grant: () => {} },
    };
  }

  /**
   * Lets schedules call a function, and keeps what fails.
   *
   * @param planner which makes the schedules. @default the function itself
   */
  callsBack(target: Function, planner: Function = target): void {
    this.caller.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.functionArn] }),
    );
    sendingTo(this.notCalled).grant(this.caller);
    sendingTo(this.notCalled).grant(target);
    const destination = this.notCalled.queueArn;
    target.configureAsyncInvoke({ retryAttempts: 2, onFailure: { bind: () => ({ destination }) } });
    planner.addToRolePolicy(
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [this.caller.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      }),
    );
    if (planner.role !== undefined)
      acknowledgeWildcard(
        planner.role,
        this.anySchedule,
        'A schedule is named for what it is of when it is made; the group has no others.',
      );
  }

  /** Calls the function for our own events of these types. */
  callsFor(eventBus: EventBus, target: Function, detailTypes: readonly OutgoingEventType[]): void {
    for (const detailType of detailTypes)
      new Rule(this, `${detailType}Rule`, {
        eventBus,
        eventPattern: { source: [AFTERGLOW_SOURCE], detailType: [detailType] },
        targets: [
          new LambdaFunction(target, { deadLetterQueue: this.notCalled, retryAttempts: 185 }),
        ],
      });
  }
}
