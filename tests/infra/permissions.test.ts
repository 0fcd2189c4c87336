import { describe, expect, test } from 'vitest';
import type { Resource } from '#rehearsal/assembly/cloud.ts';
import { type Grant, listGrants } from '#rehearsal/iam/evaluate.ts';
import { readIdentityPolicy } from '#rehearsal/iam/policy.ts';
import { constructOf, synthesized } from './synthesized.ts';

const { cloud } = synthesized('dev');
const [group] = cloud.ofType('AWS::Scheduler::ScheduleGroup');

const grantsOf = (role: Resource): readonly Grant[] =>
  listGrants(
    cloud
      .ofType('AWS::IAM::Policy')
      .filter(({ properties }) => Object(properties['Roles']).includes(role.name))
      .map(({ logicalId, properties }) =>
        readIdentityPolicy(logicalId, properties['PolicyDocument']),
      ),
  );

const roles = new Map(cloud.ofType('AWS::IAM::Role').map((role) => [constructOf(role), role]));
const allGrants = [...roles].flatMap(([role, resource]) =>
  grantsOf(resource).map((grant) => ({ role, ...grant })),
);

const constructs = new Map(
  [
    'AWS::DynamoDB::GlobalTable',
    'AWS::Events::EventBus',
    'AWS::IAM::Role',
    'AWS::Lambda::Function',
    'AWS::Logs::LogGroup',
    'AWS::SQS::Queue',
    'AWS::SecretsManager::Secret',
    'AWS::StepFunctions::StateMachine',
  ].flatMap((type) => cloud.ofType(type).map((each) => [each.arn, constructOf(each)] as const)),
);

/** The construct where it is one of ours, or else what comes after the account in the ARN. */
const labelOf = (arn: string): string =>
  constructs.get(arn) ??
  arn
    .split(':')
    .slice(5)
    .join(':')
    .replace(/Afterglow-dev-\w+-(\w+)/, '$1');

/** What every function may do for its logs and traces. */
const platform = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

const workOff = (queue: string): readonly string[] => [
  `sqs:DeleteMessage ${queue}`,
  `sqs:GetQueueAttributes ${queue}`,
  `sqs:ReceiveMessage ${queue}`,
];

/** Who may do what with what. */
const expected: Readonly<Record<string, readonly string[]>> = {
  IngestEventRole: [
    'dynamodb:GetItem Orders',
    'dynamodb:PutItem Orders',
    'dynamodb:GetItem Customers',
    'dynamodb:PutItem Customers',
    'dynamodb:PutItem Purchases',
    'dynamodb:BatchGetItem Catalogue',
    'dynamodb:PutItem Catalogue',
    'events:PutEvents Bus',
    'sqs:SendMessage IngressDeadLetters',
    'states:SendTaskSuccess stateMachine:*',
    ...workOff('IngressQueue'),
  ],
  EnrolStageRole: [
    'dynamodb:GetItem Orders',
    'dynamodb:GetItem Customers',
    'dynamodb:Query Purchases',
    'dynamodb:BatchGetItem Catalogue',
    'events:PutEvents Bus',
    'states:StartExecution Fulfilment',
    'states:StartExecution Onboarding',
    'states:StartExecution Advocacy',
    'states:StartExecution Repurchase',
    'states:StartExecution Notice',
    'states:StartExecution Support',
    `scheduler:CreateSchedule schedule/${group?.name}/*`,
    'iam:PassRole SchedulerRole',
    'sqs:SendMessage NotEnrolled',
  ],
  SchedulerRole: ['lambda:InvokeFunction EnrolStage', 'sqs:SendMessage NotEnrolled'],
  AwaitMilestoneRole: [
    'dynamodb:GetItem Orders',
    'dynamodb:PutItem Orders',
    'states:SendTaskSuccess Fulfilment',
    'states:SendTaskSuccess Onboarding',
    'states:SendTaskSuccess Advocacy',
  ],
  DecideTouchRole: [
    'dynamodb:GetItem Orders',
    'dynamodb:GetItem Customers',
    'dynamodb:Query Purchases',
    'dynamodb:GetItem Touches',
    'dynamodb:PutItem Touches',
    'events:PutEvents Bus',
    'sqs:SendMessage EmailQueue',
    'sqs:SendMessage InsertsQueue',
  ],
  RequestSupportRole: ['dynamodb:GetItem Orders', 'dynamodb:Query Touches', 'events:PutEvents Bus'],
  DeliverEmailRole: [
    'dynamodb:GetItem Orders',
    'dynamodb:GetItem Customers',
    'dynamodb:Query Purchases',
    'dynamodb:BatchGetItem Catalogue',
    'dynamodb:GetItem Touches',
    'dynamodb:UpdateItem Touches',
    'events:PutEvents Bus',
    'secretsmanager:GetSecretValue LinkKeys',
    'ses:SendRawEmail configuration-set/Mail6A3D1F64',
    'ses:SendRawEmail identity/mail.hearth.example',
    'ses:SendRawEmail identity/mail.northside.example',
    ...workOff('EmailQueue'),
  ],
  DeliverInsertRole: [
    'dynamodb:GetItem Orders',
    'dynamodb:GetItem Customers',
    'dynamodb:BatchGetItem Catalogue',
    'dynamodb:GetItem Touches',
    'dynamodb:UpdateItem Touches',
    'events:PutEvents Bus',
    ...workOff('InsertsQueue'),
  ],
  FulfilmentRole: [
    'lambda:InvokeFunction DecideTouch',
    'lambda:InvokeFunction AwaitMilestone',
    'events:PutEvents Bus',
  ],
  OnboardingRole: [
    'lambda:InvokeFunction DecideTouch',
    'lambda:InvokeFunction AwaitMilestone',
    'events:PutEvents Bus',
  ],
  AdvocacyRole: [
    'lambda:InvokeFunction DecideTouch',
    'lambda:InvokeFunction AwaitMilestone',
    'events:PutEvents Bus',
  ],
  RepurchaseRole: ['lambda:InvokeFunction DecideTouch'],
  NoticeRole: ['lambda:InvokeFunction DecideTouch'],
  SupportRole: ['lambda:InvokeFunction RequestSupport', 'lambda:InvokeFunction DecideTouch'],
};

const functionRoles = cloud
  .ofType('AWS::Lambda::Function')
  .map(({ properties }) => constructOf(cloud.byArn(String(properties['Role']))));

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
    const wildcards = allGrants
      .filter(({ resource }) => /\*/.test(resource.replace(/(:log-group:[\w-]+):\*$/, '$1')))
      .map(({ role, action, resource }) => `${role} ${action.split(':')[0]} ${resource}`);

    expect([...new Set(wildcards)].toSorted()).toEqual([
      'AdvocacyRole logs *',
      'AdvocacyRole xray *',
      'AwaitMilestoneRole xray *',
      'DecideTouchRole xray *',
      'DeliverEmailRole xray *',
      'DeliverInsertRole xray *',
      `EnrolStageRole scheduler arn:aws:scheduler:eu-central-1:000000000000:schedule/${group?.name}/*`,
      'EnrolStageRole xray *',
      'FulfilmentRole logs *',
      'FulfilmentRole xray *',
      'IngestEventRole states arn:aws:states:eu-central-1:000000000000:stateMachine:*',
      'IngestEventRole xray *',
      'NoticeRole logs *',
      'NoticeRole xray *',
      'OnboardingRole logs *',
      'OnboardingRole xray *',
      'RepurchaseRole logs *',
      'RepurchaseRole xray *',
      'RequestSupportRole xray *',
      'SupportRole logs *',
      'SupportRole xray *',
    ]);
  });

  test('has no policies but those of the app', () => {
    for (const { properties } of roles.values())
      expect(Object.keys(properties)).toEqual(['AssumeRolePolicyDocument', 'Tags']);
  });
});
