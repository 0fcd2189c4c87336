import type { Cloud } from '../assembly/cloud.ts';
import type { Timer, VirtualClock } from '../clock.ts';
import type { Meter } from '../cost/meter.ts';
import type { AsyncInvocations } from './async-invocations.ts';
import type { Authorizer, Principal } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import { inBackground } from './in-background.ts';
import type { Queues } from './queues.ts';
import { dueMs, readScheduleRequest, type ScheduleRequest } from './schedule-request.ts';
import { type Service, textOf } from './service.ts';

/** A schedule that has not fired yet. */
export interface Scheduled {
  readonly name: string;
  readonly group: string;
  readonly atMs: number;
  /** What the function will get, as JSON. */
  readonly input: string;
}

export interface SchedulerOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  readonly queues: Queues;
  readonly invocations: AsyncInvocations;
  /** Whether a function is invoked a second time: Scheduler delivers at least once. @default never */
  readonly hiccup?: () => boolean;
  /** @default nothing is counted */
  readonly meter?: Meter | undefined;
}

interface Schedule {
  readonly request: ScheduleRequest;
  readonly arn: string;
  readonly createdMs: number;
  readonly atMs: number;
  /** Gone once it has fired. */
  timer: Timer | undefined;
}

const SCHEDULER = 'scheduler.amazonaws.com';

/** Scheduler invokes within the minute ("60 second precision"): until then a schedule is not late. */
const PRECISION_MS = 60_000;

/** EventBridge Scheduler: schedules that invoke a function once, at their second. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #groups: ReadonlySet<string>;
  /** By ARN; fired ones too, unless they are deleted after completion. */
  readonly #schedules = new Map<string, Schedule>();

  constructor(options: SchedulerOptions) {
    this.#options = options;
    const groups = options.cloud.ofType('AWS::Scheduler::ScheduleGroup');
    this.#groups = new Set(['default', ...groups.map(({ name }) => name)]);
  }

  /** What has still to fire, in the order in which it was created. */
  get scheduled(): readonly Scheduled[] {
    return [...this.#schedules.values()]
      .filter(({ timer }) => timer !== undefined)
      .map(({ request: { Name: name, GroupName: group, Target }, atMs }) => ({
        name,
        group,
        atMs,
        input: Target.Input,
      }));
  }

  readonly service: Service = async ({ principal, operation, input }) => {
    switch (operation) {
      case 'CreateSchedule':
        return this.#create(principal, readScheduleRequest(input));
      case 'DeleteSchedule':
        return this.#delete(this.#find(principal, operation, input));
      case 'GetSchedule':
        return description(this.#find(principal, operation, input));
      default:
        throw new AwsError(
          'InvalidAction',
          `Scheduler ${operation} is not modelled by the rehearsal`,
        );
    }
  };

  #create(principal: Principal, request: ScheduleRequest): { readonly ScheduleArn: string } {
    const { clock, meter } = this.#options;
    const arn = this.#scheduleArn(request.GroupName, request.Name);
    this.#assertMayCreate(principal, arn, request);
    const known = this.#schedules.get(arn);
    if (known !== undefined) return answerAgain(known, request);
    const atMs = dueMs(request);
    meter?.scheduled(atMs);
    const createdMs = clock.now();
    const schedule: Schedule = { request, arn, createdMs, atMs, timer: undefined };
    schedule.timer = clock.at(atMs, () => this.#fire(schedule));
    this.#schedules.set(arn, schedule);
    return { ScheduleArn: arn };
  }

  #assertMayCreate(
    principal: Principal,
    arn: string,
    { GroupName, Target }: ScheduleRequest,
  ): void {
    const { authorizer, cloud } = this.#options;
    authorizer.assert({ principal, action: 'scheduler:CreateSchedule', resource: arn });
    if (!this.#groups.has(GroupName))
      throw new AwsError(
        'ResourceNotFoundException',
        `Schedule group ${GroupName} does not exist.`,
      );
    authorizer.assert({
      principal,
      action: 'iam:PassRole',
      resource: Target.RoleArn,
      context: { 'iam:PassedToService': SCHEDULER },
    });
    const isTrusted = authorizer.mayAssume({ service: SCHEDULER }, Target.RoleArn, {
      'aws:SourceAccount': cloud.account,
      // The group and not the schedule: user guide, "Confused deputy prevention".
      'aws:SourceArn': this.#arn('schedule-group', GroupName),
    });
    if (!isTrusted)
      throw new AwsError(
        'ValidationException',
        'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
      );
  }

  #find(
    principal: Principal,
    operation: string,
    input: Readonly<Record<string, unknown>>,
  ): Schedule {
    const name = textOf(input, 'Name');
    const arn = this.#scheduleArn(textOf(input, 'GroupName') || 'default', name);
    this.#options.authorizer.assert({ principal, action: `scheduler:${operation}`, resource: arn });
    const schedule = this.#schedules.get(arn);
    if (schedule === undefined)
      throw new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`);
    return schedule;
  }

  #delete({ arn, timer }: Schedule): void {
    this.#options.clock.cancel(timer);
    this.#schedules.delete(arn);
  }

  /** By the target's role. Its dead-letter queue is asked for now: only a failure would show that it is closed. */
  #fire(schedule: Schedule): void {
    const { authorizer, clock, invocations, queues, hiccup } = this.#options;
    const { Target, ActionAfterCompletion } = schedule.request;
    schedule.timer = undefined;
    if (ActionAfterCompletion === 'DELETE') this.#schedules.delete(schedule.arn);
    inBackground(clock, () => {
      assertNotLate(schedule);
      const principal = { arn: Target.RoleArn };
      authorizer.assert({ principal, action: 'lambda:InvokeFunction', resource: Target.Arn });
      if (Target.DeadLetterConfig !== undefined)
        queues.assertRoleMaySend(Target.DeadLetterConfig.Arn, Target.RoleArn);
      invocations.invoke(Target.Arn, Target.Input);
      if (hiccup?.() === true) invocations.invoke(Target.Arn, Target.Input);
    });
  }

  #scheduleArn(group: string, name: string): string {
    return this.#arn('schedule', `${group}/${name}`);
  }

  #arn(kind: string, path: string): string {
    const { account, region } = this.#options.cloud;
    return `arn:aws:scheduler:${region}:${account}:${kind}/${path}`;
  }
}

/** A request that comes again by its token is answered again; any other needs another name. */
const answerAgain = (
  { arn, request }: Schedule,
  { Name, ClientToken }: ScheduleRequest,
): { readonly ScheduleArn: string } => {
  if (ClientToken === undefined || ClientToken !== request.ClientToken)
    throw new AwsError('ConflictException', `Schedule ${Name} already exists.`);
  return { ScheduleArn: arn };
};

/**
 * AWS takes a time in the past (recorded: localstack's tests/aws/services/scheduler/test_scheduler.py,
 * validated on AWS) and does not say whether it ever invokes such a target.
 */
const assertNotLate = ({ arn, createdMs, atMs }: Schedule): void => {
  if (createdMs - atMs < PRECISION_MS) return;
  throw new Error(
    `${arn} was created for ${new Date(atMs).toISOString()}, which was over: AWS takes it and does not say that it fires`,
  );
};

const description = ({ request, arn, createdMs }: Schedule): object => {
  const { ClientToken: _, ...known } = request;
  return {
    ...known,
    Arn: arn,
    CreationDate: createdMs / 1000,
    LastModificationDate: createdMs / 1000,
  };
};
