import { describe, expect, test } from 'vitest';
import type { Resource } from '#rehearsal/assembly/cloud.ts';
import { evaluate } from '#rehearsal/iam/evaluate.ts';
import { readIdentityPolicy } from '#rehearsal/iam/policy.ts';
import { constructOf, synthesized } from './synthesized.ts';

const { cloud } = synthesized('dev');

const find = (type: string, stack: string, construct: string): Resource => {
  const found = cloud
    .ofType(type)
    .find((each) => each.stack.endsWith(stack) && constructOf(each) === construct);
  if (found === undefined) throw new Error(`${stack} has no ${type} ${construct}`);
  return found;
};

const may = (
  role: Resource,
  action: string,
  resource: string,
  context: Readonly<Record<string, string>> = {},
): boolean =>
  evaluate({
    identityPolicies: cloud
      .ofType('AWS::IAM::Policy')
      .filter(({ properties }) => Object(properties['Roles']).includes(role.name))
      .map(({ logicalId, properties }) =>
        readIdentityPolicy(logicalId, properties['PolicyDocument']),
      ),
    request: { principal: { arn: role.arn }, action, resource, context },
  }).allowed;

const owners = [
  { stack: 'Enrolment', owner: 'EnrolStage', deadLetters: 'NotEnrolled' },
  { stack: 'Contact', owner: 'DecideTouch', deadLetters: 'NotDecided' },
  { stack: 'Privacy', owner: 'EraseCustomer', deadLetters: 'NotErased' },
  { stack: 'Confirmation', owner: 'RecordInteraction', deadLetters: 'NotExpired' },
].map((each) => ({
  ...each,
  group: find('AWS::Scheduler::ScheduleGroup', each.stack, 'CallsSchedules'),
  caller: find('AWS::IAM::Role', each.stack, 'CallsSchedulerRole'),
  role: find('AWS::IAM::Role', each.stack, `${each.owner}Role`),
  function: find('AWS::Lambda::Function', each.stack, each.owner),
}));

const scheduleIn = (group: string): string =>
  `arn:aws:scheduler:${cloud.region}:${cloud.account}:schedule/${group}/hearth_1_advocacy`;

test('schedules are in four groups, one of each function that makes them', () => {
  expect(cloud.ofType('AWS::Scheduler::ScheduleGroup')).toHaveLength(owners.length);
});

describe.each(owners)(
  'the schedules of $owner',
  ({ stack, deadLetters, group, caller, role, ...rest }) => {
    const { Variables } = Object(rest.function.properties['Environment']);

    test('have a group and a role, of which the function is told', () => {
      expect(Variables).toMatchObject({
        SCHEDULE_GROUP_NAME: group.name,
        SCHEDULER_ROLE_ARN: caller.arn,
      });
      expect(Object.values(Variables)).toContain(
        find('AWS::SQS::Queue', stack, `Calls${deadLetters}`).arn,
      );
    });

    test('are made in that group only', () => {
      const others = owners.filter((each) => each.group !== group).map((each) => each.group.name);

      expect(may(role, 'scheduler:CreateSchedule', scheduleIn(group.name))).toBe(true);
      for (const other of ['default', ...others])
        expect(may(role, 'scheduler:CreateSchedule', scheduleIn(other))).toBe(false);
    });

    test('call by a role that Scheduler assumes for this group of this account alone', () => {
      expect(caller.properties['AssumeRolePolicyDocument']).toMatchObject({
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': cloud.account, 'aws:SourceArn': group.arn },
            },
          },
        ],
      });
    });

    test('are given that role, which can be given to no other service', () => {
      const passing = (service: string, passed = caller) =>
        may(role, 'iam:PassRole', passed.arn, { 'iam:PassedToService': service });

      expect(passing('scheduler.amazonaws.com')).toBe(true);
      expect(passing('lambda.amazonaws.com')).toBe(false);
      expect(passing('scheduler.amazonaws.com', role)).toBe(false);
    });
  },
);

test('only decide-touch takes schedules back: what is held may go before its time', () => {
  const mayDelete = owners
    .filter(({ role, group }) => may(role, 'scheduler:DeleteSchedule', scheduleIn(group.name)))
    .map(({ owner }) => owner);

  expect(mayDelete).toEqual(['DecideTouch']);
});
