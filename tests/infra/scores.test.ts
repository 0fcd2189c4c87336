import { describe, expect, test } from 'vitest';
import config from '#config';
import type { AfterglowConfig } from '#core/contracts/config.ts';
import { AfterglowApp } from '#lib/afterglow-app.ts';
import { readAssembly } from '#rehearsal/assembly/assembly.ts';
import { type Cloud, resolveCloud, type Resource } from '#rehearsal/assembly/cloud.ts';
import { constructOf, standInBundles, synthesized, temporaryFolder } from './synthesized.ts';

const { cloud } = synthesized('dev');

const find = (type: string, name: string, within: Cloud = cloud): Resource => {
  const found = within
    .ofType(type)
    .find((each) => each.stack.endsWith('Scores') && constructOf(each) === name);
  if (found === undefined) throw new Error(`the stack Scores has no ${type} ${name}`);
  return found;
};

const machine = find('AWS::StepFunctions::StateMachine', 'ScoreCustomers');

const cloudOf = (scores: Partial<AfterglowConfig['scores']>): Cloud => {
  const [dir, outdir] = [temporaryFolder(), temporaryFolder()];
  const changed = { ...config, scores: { ...config.scores, ...scores } };
  const app = new AfterglowApp({
    config: changed,
    bundles: standInBundles(dir),
    outdir,
    stage: 'dev',
  });
  app.synth();
  return resolveCloud(readAssembly(outdir), 'https://aws.example');
};

describe('the schedule', () => {
  const schedule = find('AWS::Scheduler::Schedule', 'Schedule');
  const role = find('AWS::IAM::Role', 'SchedulerRole');

  test('starts the definition deployed last, every week, by a role of its own', () => {
    expect(schedule.properties).toMatchObject({
      ScheduleExpression: 'cron(30 3 ? * MON *)',
      ScheduleExpressionTimezone: config.scores.timeZone,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: `${machine.arn}:live`, RoleArn: role.arn, Input: '{}' },
    });
  });

  test('has a role that Scheduler assumes for schedules of this account alone', () => {
    expect(role.properties['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: {
            StringEquals: {
              'aws:SourceAccount': cloud.account,
              'aws:SourceArn': `arn:aws:scheduler:${cloud.region}:${cloud.account}:schedule-group/default`,
            },
          },
        },
      ],
    });
  });

  test('is as the configuration says', () => {
    const nightly = cloudOf({ schedule: 'cron(0 2 * * ? *)', timeZone: 'Europe/Berlin' });

    expect(find('AWS::Scheduler::Schedule', 'Schedule', nightly).properties).toMatchObject({
      ScheduleExpression: 'cron(0 2 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
    });
  });

  test('is not there when scoring is off; the machine is, to be started by hand', () => {
    const off = cloudOf({ enabled: false });

    expect(
      off.ofType('AWS::Scheduler::Schedule').filter(({ stack }) => stack.endsWith('Scores')),
    ).toEqual([]);
    expect(find('AWS::StepFunctions::StateMachine', 'ScoreCustomers', off)).toBeDefined();
  });
});

describe('a function that scores', () => {
  test.each(['FitScores', 'LoadScores'])(
    '%s may take a quarter of an hour of a processor',
    (name) => {
      expect(find('AWS::Lambda::Function', name).properties).toMatchObject({
        Timeout: 900,
        MemorySize: 1769,
      });
    },
  );
});

test('queries go to the work group with the limit, and to the database of the stage', () => {
  expect(machine.properties['DefinitionSubstitutions']).toMatchObject({
    WorkGroupName: 'afterglow-dev',
    DatabaseName: 'afterglow_dev',
  });
});
