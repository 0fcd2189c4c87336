import { describe, expect, test } from 'vitest';
import type { Resource } from '#rehearsal/assembly/cloud.ts';
import { type Grant, listGrants } from '#rehearsal/iam/evaluate.ts';
import { readIdentityPolicy } from '#rehearsal/iam/policy.ts';
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
    .replace(/^pool\/.+/, 'pool')
    .replace(/^apps\/\w+/, 'apps/any');

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

/** What every channel's function does, whatever it sends by. */
const delivering = (queue: string): readonly string[] => [
  'dynamodb:GetItem Orders',
  'dynamodb:GetItem Customers',
  'dynamodb:Query Purchases',
  'dynamodb:BatchGetItem Catalogue',
  'dynamodb:GetItem Touches',
  'dynamodb:UpdateItem Touches',
  'dynamodb:GetItem Contacts',
  'dynamodb:PutItem Contacts',
  'events:PutEvents Bus',
  `sqs:ChangeMessageVisibility ${queue}`,
  ...workOff(queue),
];

const shortLinks = ['dynamodb:PutItem Links', 'secretsmanager:GetSecretValue LinkKeys'];

const waiting = [
  'lambda:InvokeFunction DecideTouch',
  'lambda:InvokeFunction AwaitMilestone',
  'events:PutEvents Bus',
];

/** Who may do what with what. */
const expected: Readonly<Record<string, readonly string[]>> = {
  IngestEventRole: [
    'dynamodb:GetItem Orders',
    'dynamodb:PutItem Orders',
    'dynamodb:GetItem Customers',
    'dynamodb:PutItem Customers',
    'dynamodb:PutItem Purchases',
    'dynamodb:Query Purchases',
    'dynamodb:GetItem Identities',
    'dynamodb:PutItem Identities',
    'dynamodb:BatchGetItem Suppressions',
    'dynamodb:DeleteItem Suppressions',
    'dynamodb:BatchGetItem Catalogue',
    'dynamodb:PutItem Catalogue',
    'events:PutEvents Bus',
    'secretsmanager:GetSecretValue IdentityKey',
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
    `scheduler:CreateSchedule schedule/${groupIn('Enrolment')}/*`,
    'iam:PassRole EnrolmentCallsSchedulerRole',
    'sqs:SendMessage CallsNotEnrolled',
  ],
  EnrolmentCallsSchedulerRole: [
    'lambda:InvokeFunction EnrolStage',
    'sqs:SendMessage CallsNotEnrolled',
  ],
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
    'dynamodb:BatchGetItem Suppressions',
    'dynamodb:GetItem Contacts',
    'dynamodb:PutItem Contacts',
    'dynamodb:GetItem Counters',
    'events:PutEvents Bus',
    'sqs:SendMessage EmailQueue',
    'sqs:SendMessage SmsQueue',
    'sqs:SendMessage PushQueue',
    'sqs:SendMessage InboxQueue',
    'sqs:SendMessage InsertsQueue',
    'sqs:SendMessage AudienceQueue',
    `scheduler:CreateSchedule schedule/${groupIn('Contact')}/*`,
    `scheduler:DeleteSchedule schedule/${groupIn('Contact')}/*`,
    'iam:PassRole ContactCallsSchedulerRole',
    'sqs:SendMessage CallsNotDecided',
  ],
  ContactCallsSchedulerRole: [
    'lambda:InvokeFunction DecideTouch',
    'sqs:SendMessage CallsNotDecided',
  ],
  RequestSupportRole: ['dynamodb:GetItem Orders', 'dynamodb:Query Touches', 'events:PutEvents Bus'],
  DeliverEmailRole: [
    ...delivering('EmailQueue'),
    'dynamodb:BatchGetItem Suppressions',
    'secretsmanager:GetSecretValue LinkKeys',
    'ses:SendRawEmail configuration-set/Mail6A3D1F64',
    'ses:SendRawEmail identity/mail.hearth.example',
    'ses:SendRawEmail identity/mail.northside.example',
  ],
  DeliverSmsRole: [
    ...delivering('SmsQueue'),
    ...shortLinks,
    'dynamodb:BatchGetItem Suppressions',
    'dynamodb:PutItem Suppressions',
    'sms-voice:SendTextMessage pool',
  ],
  DeliverPushRole: [
    ...delivering('PushQueue'),
    ...shortLinks,
    'mobiletargeting:SendMessages apps/any/messages',
  ],
  DeliverInboxRole: [...delivering('InboxQueue'), ...shortLinks, 'dynamodb:PutItem Inbox'],
  DeliverInsertRole: delivering('InsertsQueue'),
  DeliverAudienceRole: delivering('AudienceQueue'),
  RecordFeedbackRole: [
    'dynamodb:GetItem Touches',
    'dynamodb:UpdateItem Touches',
    'dynamodb:BatchGetItem Suppressions',
    'dynamodb:PutItem Suppressions',
    'dynamodb:DeleteItem Suppressions',
    'dynamodb:UpdateItem Counters',
    'events:PutEvents Bus',
    'secretsmanager:GetSecretValue IdentityKey',
    'sqs:SendMessage FeedbackDeadLetters',
    ...workOff('FeedbackQueue'),
  ],
  ServePagesRole: [
    'dynamodb:GetItem Orders',
    'dynamodb:GetItem Customers',
    'dynamodb:GetItem Touches',
    'dynamodb:UpdateItem Touches',
    'dynamodb:GetItem Links',
    'events:PutEvents Bus',
    'secretsmanager:GetSecretValue LinkKeys',
  ],
  InboxServeInboxRole: [
    'dynamodb:GetItem Customers',
    'dynamodb:Query Inbox',
    'secretsmanager:GetSecretValue ShopTokenKey',
  ],
  RotateLinkKeysRole: [
    'secretsmanager:DescribeSecret LinkKeys',
    'secretsmanager:GetRandomPassword ',
    'secretsmanager:GetSecretValue LinkKeys',
    'secretsmanager:PutSecretValue LinkKeys',
    'secretsmanager:UpdateSecretVersionStage LinkKeys',
  ],
  FulfilmentRole: waiting,
  OnboardingRole: waiting,
  AdvocacyRole: waiting,
  RepurchaseRole: ['lambda:InvokeFunction DecideTouch'],
  NoticeRole: ['lambda:InvokeFunction DecideTouch'],
  SupportRole: ['lambda:InvokeFunction RequestSupport', 'lambda:InvokeFunction DecideTouch'],
};

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
    const journeys = ['Advocacy', 'Fulfilment', 'Notice', 'Onboarding', 'Repurchase', 'Support'];
    const wildcards = allGrants
      .filter(({ resource }) => /\*/.test(resource.replace(/(:log-group:[\w-]+):\*$/, '$1')))
      .map(({ role, action, resource }) => `${role} ${action.split(':')[0]} ${labelOf(resource)}`);

    expect([...new Set(wildcards)].toSorted()).toEqual(
      [
        ...functionRoles.map((role) => `${role} xray `),
        ...journeys.flatMap((journey) => [`${journey}Role logs `, `${journey}Role xray `]),
        `DecideTouchRole scheduler schedule/${groupIn('Contact')}/*`,
        `EnrolStageRole scheduler schedule/${groupIn('Enrolment')}/*`,
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
