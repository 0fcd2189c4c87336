import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { AwsError } from './aws-error.ts';

/** Scheduler API reference, CreateSchedule: names of schedules and of groups. */
const NAME = /^[0-9a-zA-Z-_.]{1,64}$/;

/** What CreateSchedule may ask for here: anything else is AWS's to know. */
const schema = z.strictObject({
  Name: z.string(),
  GroupName: z.string().default('default'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  FlexibleTimeWindow: z.strictObject({ Mode: z.literal('OFF') }),
  ActionAfterCompletion: z.enum(['DELETE', 'NONE']).default('NONE'),
  State: z.literal('ENABLED').default('ENABLED'),
  Description: z.string().optional(),
  ClientToken: z.string().optional(),
  Target: z.strictObject({
    Arn: z.string().regex(/^arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+$/, {
      error: 'targets other than functions are not modelled',
    }),
    RoleArn: z.string(),
    Input: z.string(),
    // Without a policy AWS keeps these, as GetSchedule answers.
    RetryPolicy: z
      .strictObject({
        MaximumEventAgeInSeconds: z.int().min(60).max(86_400).default(86_400),
        MaximumRetryAttempts: z.int().min(0).max(185).default(185),
      })
      .prefault({}),
    DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
  }),
});

/** A one-time schedule of a function, as CreateSchedule is asked for it. */
export type ScheduleRequest = z.output<typeof schema>;

/**
 * Reads what CreateSchedule is asked for.
 *
 * @throws {AwsError} ValidationException as AWS says it, InvalidAction for what is not modelled here
 */
export const readScheduleRequest = (input: unknown): ScheduleRequest => {
  const parsed = schema.safeParse(input);
  if (!parsed.success)
    throw new AwsError(
      'InvalidAction',
      `Scheduler: this schedule is not modelled by the rehearsal: ${z.prettifyError(parsed.error)}`,
    );
  const { Name, GroupName, Target } = parsed.data;
  assertName('name', Name);
  assertName('groupName', GroupName);
  assertInput(Target.Input);
  return parsed.data;
};

const assertName = (member: string, name: string): void => {
  if (!NAME.test(name))
    throw invalid(
      `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$ and have 1 to 64 characters`,
    );
};

const assertInput = (text: string): void => {
  if (text.includes('<aws.scheduler.'))
    throw new AwsError('InvalidAction', 'Scheduler: context attributes are not modelled');
  try {
    JSON.parse(text);
  } catch {
    throw invalid('Invalid Input: the input of a function must be well-formed JSON.');
  }
};

/**
 * When a one-time schedule is due, in milliseconds since the epoch. A time that clocks show twice is the
 * first of the two, as Scheduler's user guide says ("Daylight savings time"); of a time that they skip
 * it says nothing for one-time schedules, so there is no such schedule here.
 *
 * @throws {AwsError}
 */
export const dueMs = ({
  ScheduleExpression: expression,
  ScheduleExpressionTimezone: zone,
}: Pick<ScheduleRequest, 'ScheduleExpression' | 'ScheduleExpressionTimezone'>): number => {
  if (/^(rate|cron)\(/.test(expression))
    throw new AwsError('InvalidAction', `Scheduler: ${expression} is not modelled, only at(…) is`);
  const wall = wallTimeOf(expression);
  const due = inZone(wall, zone);
  if (!due.toPlainDateTime().equals(wall))
    throw new AwsError(
      'InvalidAction',
      `Scheduler: the clocks of ${zone} skip ${wall.toString()}; what AWS does then is not known`,
    );
  return due.epochMilliseconds;
};

const wallTimeOf = (expression: string): Temporal.PlainDateTime => {
  const [, text = ''] = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression) ?? [];
  try {
    return Temporal.PlainDateTime.from(text);
  } catch (cause) {
    throw invalid(`Invalid Schedule Expression ${expression}.`, cause);
  }
};

const inZone = (wall: Temporal.PlainDateTime, zone: string): Temporal.ZonedDateTime => {
  // Temporal would take an offset too; Scheduler takes names of the IANA database.
  if (!/^[A-Z]/i.test(zone)) throw invalid(`Invalid ScheduleExpressionTimezone ${zone}.`);
  try {
    return wall.toZonedDateTime(zone, { disambiguation: 'compatible' });
  } catch (cause) {
    throw invalid(`Invalid ScheduleExpressionTimezone ${zone}.`, cause);
  }
};

const invalid = (message: string, cause?: unknown): AwsError =>
  new AwsError('ValidationException', message, { cause });
