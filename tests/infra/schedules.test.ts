import { describe, expect, test } from 'vitest';
import type { Resource } from '#rehearsal/assembly/cloud.ts';
import { evaluate } from '#rehearsal/iam/evaluate.ts';
import { readIdentityPolicy } from '#rehearsal/iam/policy.ts';
import { constructOf, synthesized } from './synthesized.ts';

const { cloud } = synthesized('dev');
const groups = cloud.ofType('AWS::Scheduler::ScheduleGroup');
const roleOf = (name: string): Resource | undefined =>
  cloud.ofType('AWS::IAM::Role').find((each) => constructOf(each) === name);
const caller = roleOf('SchedulerRole');
const enrolStageRole = roleOf('EnrolStageRole');

const mayEnrolStage = (
  action: string,
  resource: string,
  context: Readonly<Record<string, string>> = {},
): boolean =>
  evaluate({
    identityPolicies: cloud
      .ofType('AWS::IAM::Policy')
      .filter(({ properties }) => Object(properties['Roles']).includes(enrolStageRole?.name))
      .map(({ logicalId, properties }) =>
        readIdentityPolicy(logicalId, properties['PolicyDocument']),
      ),
    request: { principal: { arn: enrolStageRole?.arn ?? '' }, action, resource, context },
  }).allowed;

describe('the schedules', () => {
  test('have one group of their own, which enrol-stage is told', () => {
    const [enrolStage] = cloud
      .ofType('AWS::Lambda::Function')
      .filter((each) => constructOf(each) === 'EnrolStage');

    expect(groups.map(constructOf)).toEqual(['Schedules']);
    expect(Object(enrolStage?.properties['Environment']).Variables).toMatchObject({
      SCHEDULE_GROUP_NAME: groups[0]?.name,
      SCHEDULER_ROLE_ARN: caller?.arn,
      NOT_ENROLLED_QUEUE_ARN: cloud
        .ofType('AWS::SQS::Queue')
        .find((each) => constructOf(each) === 'NotEnrolled')?.arn,
    });
  });

  test('are made by enrol-stage in that group only', () => {
    const scheduleIn = (group: string) =>
      `arn:aws:scheduler:${cloud.region}:${cloud.account}:schedule/${group}/hearth_1_advocacy`;

    expect(mayEnrolStage('scheduler:CreateSchedule', scheduleIn(groups[0]?.name ?? ''))).toBe(true);
    expect(mayEnrolStage('scheduler:CreateSchedule', scheduleIn('default'))).toBe(false);
  });

  test('call by a role that Scheduler assumes for this group of this account alone', () => {
    expect(caller?.properties['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: {
            StringEquals: {
              'aws:SourceAccount': cloud.account,
              'aws:SourceArn': groups[0]?.arn,
            },
          },
        },
      ],
    });
  });

  test('are given that role, and enrol-stage can give it to no other service', () => {
    const passing = (service: string, role = caller) =>
      mayEnrolStage('iam:PassRole', role?.arn ?? '', { 'iam:PassedToService': service });

    expect(passing('scheduler.amazonaws.com')).toBe(true);
    expect(passing('lambda.amazonaws.com')).toBe(false);
    expect(passing('scheduler.amazonaws.com', enrolStageRole)).toBe(false);
  });
});
