import { describe, expect, test } from 'vitest';
import type { Cloud, Resource } from '#rehearsal/assembly/cloud.ts';
import { evaluate, listGrants } from '#rehearsal/iam/evaluate.ts';
import { readIdentityPolicy, readResourcePolicy } from '#rehearsal/iam/policy.ts';
import { constructOf, synthesized } from './synthesized.ts';

const { cloud, stage } = synthesized('dev');
/** Has neither numbers nor credentials for push. */
const plain = synthesized('prod');

const functionOf = (of: Cloud, name: string): Resource | undefined =>
  of.ofType('AWS::Lambda::Function').find((each) => constructOf(each) === name);

const environmentOf = (of: Cloud, name: string): Readonly<Record<string, string>> =>
  Object(functionOf(of, name)?.properties['Environment']).Variables;

const grantsIn = (of: Cloud) =>
  of.ofType('AWS::IAM::Policy').flatMap(({ logicalId, properties }) => {
    const role = of
      .ofType('AWS::IAM::Role')
      .find(({ name }) => Object(properties['Roles']).includes(name));
    const policy = readIdentityPolicy(logicalId, properties['PolicyDocument']);
    const roleName = role === undefined ? logicalId : constructOf(role);
    return listGrants([policy]).map((grant) => ({ role: roleName, ...grant }));
  });

const topics = cloud
  .ofType('AWS::SNS::Topic')
  .filter((each) => constructOf(each).startsWith('Texting'));

describe('a topic of texts', () => {
  const mayPublish = (
    topic: Resource,
    { account = cloud.account, service = 'sms-voice', isSecure = true } = {},
  ): boolean =>
    evaluate({
      identityPolicies: [],
      resourcePolicies: cloud
        .ofType('AWS::SNS::TopicPolicy')
        .filter(({ properties }) => Object(properties['Topics']).includes(topic.ref))
        .map(({ logicalId, properties }) =>
          readResourcePolicy(logicalId, properties['PolicyDocument']),
        ),
      request: {
        principal: { service: `${service}.amazonaws.com` },
        action: 'sns:Publish',
        resource: topic.ref,
        context: {
          'aws:SourceAccount': account,
          'aws:SourceArn': `arn:aws:sms-voice:${cloud.region}:${account}:pool/pool-1`,
          'aws:SecureTransport': isSecure,
        },
      },
    }).allowed;

  test('is there for what becomes of texts and for what customers answer', () => {
    expect(topics.map(constructOf)).toEqual(['TextingEvents', 'TextingInbound']);
  });

  test.each(topics)('$logicalId takes what End User Messaging of this account tells', (topic) => {
    expect(mayPublish(topic)).toBe(true);
    expect(mayPublish(topic, { account: '999999999999' })).toBe(false);
    expect(mayPublish(topic, { service: 'cloudwatch' })).toBe(false);
    expect(mayPublish(topic, { isSecure: false })).toBe(false);
  });

  test.each(topics)('$logicalId is encrypted with the customer-managed key', ({ properties }) => {
    expect(properties['KmsMasterKeyId']).toBe(cloud.ofType('AWS::KMS::Key')[0]?.arn);
  });
});

describe('SMS', () => {
  const [pool] = cloud.ofType('AWS::SMSVOICE::Pool');
  const [set] = cloud.ofType('AWS::SMSVOICE::ConfigurationSet');

  test('goes out by a pool of the stage’s numbers, which answers HELP, STOP and START itself', () => {
    const keywords: readonly { readonly Keyword: string; readonly Action: string }[] = Object(
      pool?.properties['OptionalKeywords'],
    );

    expect(pool?.properties).toMatchObject({
      OriginationIdentities: stage.sms?.originationIdentities,
      SelfManagedOptOutsEnabled: false,
      SharedRoutesEnabled: false,
      MandatoryKeywords: {
        HELP: { Message: stage.sms?.helpMessage },
        STOP: { Message: stage.sms?.stopMessage },
      },
      TwoWay: { Enabled: true, ChannelArn: topics[1]?.ref },
    });
    expect(
      keywords.filter(({ Action }) => Action === 'OPT_IN').map(({ Keyword }) => Keyword),
    ).toEqual(['START', 'UNSTOP']);
  });

  test('tells everything that becomes of it', () => {
    expect(set?.properties['EventDestinations']).toMatchObject([
      {
        Enabled: true,
        MatchingEventTypes: ['TEXT_ALL'],
        SnsDestination: { TopicArn: topics[0]?.ref },
      },
    ]);
  });

  test('costs no more a part than the stage says', () => {
    expect(environmentOf(cloud, 'DeliverSms')).toMatchObject({
      MAX_PRICE_PER_PART: String(stage.sms?.maxPrice),
      CONFIGURATION_SET_NAME: set?.ref,
    });
  });
});

describe('push', () => {
  test.each([
    ['AWS::Pinpoint::GCMChannel', 'ServiceJson', stage.push?.fcmSecretArn],
    ['AWS::Pinpoint::APNSChannel', 'TokenKey', stage.push?.apns?.secretArn],
  ])('%s has its credentials in a secret, of which the template says where it is', (...each) => {
    const [type, property, secretArn] = each;
    const [channel] = cloud.ofType(type);

    expect(channel?.properties[property]).toBe(
      `{{resolve:secretsmanager:${secretArn}:SecretString:::}}`,
    );
    expect(channel?.properties).toMatchObject({ Enabled: true });
  });
});

describe('a deployment without SMS and push', () => {
  test('has nothing of them', () => {
    expect([plain.stage.sms, plain.stage.push]).toEqual([undefined, undefined]);
    for (const name of ['DeliverSms', 'DeliverPush'])
      expect(functionOf(plain.cloud, name)).toBeUndefined();
    for (const type of ['SMSVOICE::Pool', 'SMSVOICE::OptOutList', 'Pinpoint::App'])
      expect(plain.cloud.ofType(`AWS::${type}`)).toEqual([]);
    expect(plain.cloud.ofType('AWS::SNS::Topic').map(constructOf)).toEqual(['Alarms']);
  });

  test('tells decide-touch so by empty addresses, and of no budget', () => {
    expect(environmentOf(plain.cloud, 'DecideTouch')).toMatchObject({
      SMS_QUEUE_URL: '',
      PUSH_QUEUE_URL: '',
      SMS_MONTHLY_BUDGET: '0',
      EMAIL_QUEUE_URL: expect.stringMatching(/^https:/),
      INBOX_QUEUE_URL: expect.stringMatching(/^https:/),
    });
  });

  test('grants nobody anything for them', () => {
    const grants = grantsIn(plain.cloud);
    const counters = plain.cloud
      .ofType('AWS::DynamoDB::GlobalTable')
      .find((table) => constructOf(table) === 'Counters');

    expect(grants.filter(({ action }) => /^(sms-voice|mobiletargeting):/.test(action))).toEqual([]);
    expect(grants.filter(({ resource }) => /Sms|Push/.test(resource))).toEqual([]);
    expect(
      grants
        .filter(({ resource }) => resource === counters?.arn)
        .map(({ role, action }) => `${role} ${action}`),
    ).toEqual([
      'RecordFeedbackRole dynamodb:UpdateItem',
      // Budgets of drafts, which are no budgets of SMS.
      'DraftContentRole dynamodb:UpdateItem',
      'RollOutCollectDraftsRole dynamodb:UpdateItem',
      'RollOutReportContentRole dynamodb:GetItem',
    ]);
  });
});

describe('what reaches a customer, or is kept from them', () => {
  const grants = grantsIn(cloud);
  const [suppressions] = cloud
    .ofType('AWS::DynamoDB::GlobalTable')
    .filter((table) => constructOf(table) === 'Suppressions');

  test.each([
    ['ses:SendRawEmail', 'DeliverEmailRole'],
    ['sms-voice:SendTextMessage', 'DeliverSmsRole'],
    ['mobiletargeting:SendMessages', 'DeliverPushRole'],
    ['secretsmanager:PutSecretValue', 'RotateLinkKeysRole'],
  ])('%s is granted to %s alone', (action, role) => {
    const granted = grants.filter((grant) => grant.action === action);

    expect(new Set(granted.map((grant) => grant.role))).toEqual(new Set([role]));
  });

  test.each([
    ['dynamodb:PutItem', 'by who hears of it first', ['DeliverSmsRole', 'RecordFeedbackRole']],
    ['dynamodb:DeleteItem', 'by who hears it is over', ['IngestEventRole', 'RecordFeedbackRole']],
    ['dynamodb:UpdateItem', 'by nobody', []],
  ])('%s on suppressions is done %s', (action, _, expectedRoles) => {
    const writers = grants
      .filter((grant) => grant.action === action && grant.resource === suppressions?.arn)
      .map(({ role }) => role);

    expect(new Set(writers)).toEqual(new Set(expectedRoles));
  });
});
