import { describe, expect, test } from 'vitest';
import { affinityTables } from '#analytics/models.ts';
import { factNames } from '#core/contracts/facts.ts';
import type { Resource } from '#rehearsal/assembly/cloud.ts';
import { type Grant, listGrants } from '#rehearsal/iam/evaluate.ts';
import { readIdentityPolicy } from '#rehearsal/iam/policy.ts';
import { expectedGrants } from './expected-grants.ts';
import { constructOf, synthesized } from './synthesized.ts';

const { cloud } = synthesized('dev');
const groupIn = (stack: string): string =>
  cloud.ofType('AWS::Scheduler::ScheduleGroup').find((each) => each.stack.endsWith(stack))?.name ??
  '';

const grantsOf = (role: Resource): readonly Grant[] =>
  listGrants(
    cloud
      .ofType('AWS::IAM::Policy')
      .filter(({ properties }) => Object(properties['Roles']).includes(role.name))
      .map(({ logicalId, properties }) =>
        readIdentityPolicy(logicalId, properties['PolicyDocument']),
      ),
  );

/** Two stacks have a role for the schedules of theirs. */
const nameOf = (role: Resource): string =>
  constructOf(role).replace(/^Calls/, `${role.stack.split('-').at(-1)}Calls`);

const roles = new Map(cloud.ofType('AWS::IAM::Role').map((role) => [nameOf(role), role]));
const allGrants = [...roles].flatMap(([role, resource]) =>
  grantsOf(resource).map((grant) => ({ role, ...grant })),
);

const constructs = new Map(
  [
    'AWS::DynamoDB::GlobalTable',
    'AWS::Events::EventBus',
    'AWS::Lambda::Function',
    'AWS::Logs::LogGroup',
    'AWS::SQS::Queue',
    'AWS::SecretsManager::Secret',
    'AWS::StepFunctions::StateMachine',
  ]
    .flatMap((type) => cloud.ofType(type).map((each) => [each.arn, constructOf(each)] as const))
    .concat([...roles].map(([name, { arn }]) => [arn, name] as const)),
);

/** The construct where it is one of ours, or else what comes after the account in the ARN. */
const labelOf = (arn: string): string =>
  constructs.get(arn) ??
  arn
    .split(':')
    .slice(5)
    .join(':')
    .replace(/Afterglow-dev-\w+-(\w+)/, '$1')
    .replace(/^afterglow-dev-\w+-(?:rollout)?(lake|results|runs)[0-9a-f]{8}/, '$1')
    .replace(/^(execution:\w+?)[0-9A-F]{8}(?=[:/])/, '$1')
    .replace(/^pool\/.+/, 'pool')
    .replace(/^apps\/\w+/, 'apps/any');

const streams = cloud.ofType('AWS::KinesisFirehose::DeliveryStream').map(({ arn }) => labelOf(arn));

/** What every function may do for its logs and traces. */
const platform = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

/** Who may do what with what. */
const expected = expectedGrants(streams, groupIn);

const functionRoles = cloud
  .ofType('AWS::Lambda::Function')
  .map(({ properties }) => nameOf(cloud.byArn(String(properties['Role']))));

describe('a role', () => {
  test('is there for every function and journey, for the schedules, and for nothing else', () => {
    expect([...roles.keys()].toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  test.each(Object.entries(expected))('%s may do what it has to and no more', (role, may) => {
    const granted = allGrants
      .filter((grant) => grant.role === role)
      .filter(({ action }) => !/^(logs|xray):/.test(action))
      .map(({ action, resource }) => `${action} ${labelOf(resource)}`);

    expect(granted.toSorted()).toEqual([...may].toSorted());
  });

  test.each(functionRoles)('%s may write its own logs and traces', (role) => {
    const granted = allGrants.filter(
      (grant) => grant.role === role && /^(logs|xray):/.test(grant.action),
    );

    expect(granted.map(({ action }) => action).toSorted()).toEqual(platform);
    for (const { action, resource } of granted)
      expect(labelOf(resource)).toBe(
        action.startsWith('xray') ? '' : role.replace(/Role$/, 'Logs'),
      );
  });

  test('is never given a wildcard action', () => {
    expect(allGrants.filter(({ action }) => /[*?]/.test(action))).toEqual([]);
  });

  test('is given a wildcard as resource only where there is no other', () => {
    const machines = cloud.ofType('AWS::StepFunctions::StateMachine').map(constructOf);
    const wildcards = allGrants
      .filter(({ resource }) => /\*/.test(resource.replace(/(:log-group:[\w-]+):\*$/, '$1')))
      .map(({ role, action, resource }) => `${role} ${action.split(':')[0]} ${labelOf(resource)}`);

    expect([...new Set(wildcards)].toSorted()).toEqual(
      [
        ...functionRoles.map((role) => `${role} xray `),
        ...machines.flatMap((machine) => [`${machine}Role logs `, `${machine}Role xray `]),
        // An inference profile leads to its model in more regions than one.
        ...['DraftContentRole', 'RollOutBatchRole', 'RollOutMachineRole'].map(
          (role) => `${role} bedrock foundation-model/amazon.nova-2-lite-v1:0`,
        ),
        'RollOutMachineRole bedrock model-invocation-job/*',
        'RollOutBatchRole s3 runs/runs/*',
        'RollOutCollectDraftsRole s3 runs/runs/*',
        'FitScoresRole s3 results/*',
        'LearnAffinityRole glue table/afterglow_dev/*',
        'LearnAffinityRole s3 lake/order_events/*',
        'LearnAffinityRole s3 lake/order_lines/*',
        ...affinityTables.map((table) => `LearnAffinityRole s3 lake/models/${table}/*`),
        'LearnAffinityRole s3 results/*',
        'LoadAffinityRole s3 results/*',
        'LoadScoresRole s3 results/*',
        'ScoreCustomersRole glue table/afterglow_dev/*',
        'RollOutMachineRole glue table/afterglow_dev/*',
        'RollOutMachineRole s3 lake/order_events/*',
        'RollOutMachineRole s3 lake/order_lines/*',
        'RollOutMachineRole s3 results/*',
        'RollOutMachineRole s3 runs/runs/*',
        'RollOutMachineRole states execution:RollOutMachine/DraftProducts:*',
        'RollOutMachineRole states execution:RollOutMachine:*',
        ...['RollOutPlanContentRole', 'RollOutReportContentRole'].flatMap((role) => [
          `${role} s3 results/*`,
          `${role} s3 runs/runs/*`,
        ]),
        'StreamRole glue table/afterglow_dev/*',
        'StreamRole s3 lake/*',
        'ScoreCustomersRole s3 results/*',
        ...factNames.map((fact) => `ScoreCustomersRole s3 lake/${fact}/*`),
        `DecideTouchRole scheduler schedule/${groupIn('Contact')}/*`,
        `EnrolStageRole scheduler schedule/${groupIn('Enrolment')}/*`,
        `RecordInteractionRole scheduler schedule/${groupIn('Confirmation')}/*`,
        `EraseCustomerRole scheduler schedule/${groupIn('Privacy')}/*`,
        'IngestEventRole states stateMachine:*',
        'RotateLinkKeysRole secretsmanager ',
      ].toSorted(),
    );
  });

  test('has no policies but those of the app', () => {
    for (const { properties } of roles.values())
      expect(Object.keys(properties)).toEqual(['AssumeRolePolicyDocument', 'Tags']);
  });
});
