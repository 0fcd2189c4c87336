import { describe, expect, test } from 'vitest';
import type { Resource } from '#rehearsal/assembly/cloud.ts';
import { type Grant, listGrants } from '#rehearsal/iam/evaluate.ts';
import { readIdentityPolicy } from '#rehearsal/iam/policy.ts';
import { constructOf, synthesized } from './synthesized.ts';

const { cloud } = synthesized('dev');

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
    'dynamodb:BatchGetItem Catalogue',
    'dynamodb:PutItem Catalogue',
    'events:PutEvents Bus',
    'sqs:SendMessage IngressDeadLetters',
    'states:SendTaskSuccess stateMachine:*',
    ...workOff('IngressQueue'),
  ],
  EnrolStageRole: ['states:StartExecution Fulfilment', 'sqs:SendMessage NotEnrolled'],
  AwaitMilestoneRole: [
    'dynamodb:GetItem Orders',
    'dynamodb:PutItem Orders',
    'states:SendTaskSuccess Fulfilment',
  ],
  DecideTouchRole: [
    'dynamodb:GetItem Orders',
    'dynamodb:GetItem Customers',
    'dynamodb:GetItem Touches',
    'dynamodb:PutItem Touches',
    'events:PutEvents Bus',
    'sqs:SendMessage EmailQueue',
  ],
  DeliverEmailRole: [
    'dynamodb:GetItem Orders',
    'dynamodb:GetItem Customers',
    'dynamodb:GetItem Touches',
    'dynamodb:UpdateItem Touches',
    'events:PutEvents Bus',
    'secretsmanager:GetSecretValue LinkKeys',
    'ses:SendRawEmail configuration-set/Mail6A3D1F64',
    'ses:SendRawEmail identity/mail.hearth.example',
    'ses:SendRawEmail identity/mail.northside.example',
    ...workOff('EmailQueue'),
  ],
  FulfilmentRole: [
    'lambda:InvokeFunction DecideTouch',
    'lambda:InvokeFunction AwaitMilestone',
    'events:PutEvents Bus',
  ],
};

describe('a role', () => {
  test('is there for every function and journey, and for nothing else', () => {
    expect([...roles.keys()].toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  test.each(Object.entries(expected))('%s may do what it has to and no more', (role, may) => {
    const granted = allGrants
      .filter((grant) => grant.role === role)
      .filter(({ action }) => !/^(logs|xray):/.test(action))
      .map(({ action, resource }) => `${action} ${labelOf(resource)}`);

    expect(granted.toSorted()).toEqual([...may].toSorted());
  });

  test.each(Object.keys(expected).filter((role) => role !== 'FulfilmentRole'))(
    '%s may write its own logs and traces',
    (role) => {
      const granted = allGrants.filter(
        (grant) => grant.role === role && /^(logs|xray):/.test(grant.action),
      );

      expect(granted.map(({ action }) => action).toSorted()).toEqual(platform);
      for (const { action, resource } of granted)
        expect(labelOf(resource)).toBe(
          action.startsWith('xray') ? '' : role.replace(/Role$/, 'Logs'),
        );
    },
  );

  test('is never given a wildcard action', () => {
    expect(allGrants.filter(({ action }) => /[*?]/.test(action))).toEqual([]);
  });

  test('is given a wildcard as resource only where there is no other', () => {
    const wildcards = allGrants
      .filter(({ resource }) => /\*/.test(resource.replace(/(:log-group:[\w-]+):\*$/, '$1')))
      .map(({ role, action, resource }) => `${role} ${action.split(':')[0]} ${resource}`);

    expect([...new Set(wildcards)].toSorted()).toEqual([
      'AwaitMilestoneRole xray *',
      'DecideTouchRole xray *',
      'DeliverEmailRole xray *',
      'EnrolStageRole xray *',
      'FulfilmentRole logs *',
      'FulfilmentRole xray *',
      'IngestEventRole states arn:aws:states:eu-central-1:000000000000:stateMachine:*',
      'IngestEventRole xray *',
    ]);
  });

  test('has no policies but those of the app', () => {
    for (const { properties } of roles.values())
      expect(Object.keys(properties)).toEqual(['AssumeRolePolicyDocument', 'Tags']);
  });
});
