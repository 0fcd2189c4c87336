import { describe, expect, test } from 'vitest';
import type { AccessDecision, AccessRequest } from '#rehearsal/iam/evaluate.ts';
import { evaluate, listGrants } from '#rehearsal/iam/evaluate.ts';
import { readIdentityPolicy, readResourcePolicy } from '#rehearsal/iam/policy.ts';

const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/ingest-event`;
const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/Orders`;
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/k`;

const call = (overrides: Partial<AccessRequest> = {}): AccessRequest => ({
  principal: { arn: ROLE },
  action: 'dynamodb:GetItem',
  resource: TABLE,
  context: {},
  ...overrides,
});

const identity = (...statements: readonly object[]) =>
  readIdentityPolicy('role', { Version: '2012-10-17', Statement: statements });

const resource = (...statements: readonly object[]) =>
  readResourcePolicy('resource', { Version: '2012-10-17', Statement: statements });

const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

const decided = (statement: object, overrides: Partial<AccessRequest> = {}): AccessDecision =>
  evaluate({ identityPolicies: [identity(statement)], request: call(overrides) });

describe('the policies of a role', () => {
  test('allow what they grant and name the grant', () => {
    expect(decided(allow('dynamodb:GetItem', TABLE))).toEqual({
      allowed: true,
      reason: 'identity-policy',
      matched: [
        {
          id: `role[0] dynamodb:GetItem on ${TABLE}`,
          policy: 'role',
          statement: 0,
          effect: 'Allow',
          action: 'dynamodb:GetItem',
          resource: TABLE,
        },
      ],
    });
  });

  test('allow nothing else', () => {
    expect(decided(allow('dynamodb:PutItem', TABLE))).toEqual({
      allowed: false,
      reason: 'no-grant',
      matched: [],
    });
    expect(decided(allow('dynamodb:GetItem', `${TABLE}/index/*`)).allowed).toBe(false);
    expect(evaluate({ identityPolicies: [], request: call() }).allowed).toBe(false);
  });

  test.each([
    ['*', true],
    ['dynamodb:*', true],
    ['dynamodb:Get*', true],
    ['dynamodb:Get?tem', true],
    ['DynamoDB:getitem', true],
    ['dynamodb:Get', false],
    ['dynamodb:Get?', false],
    ['sqs:*', false],
  ])('the action %s fits dynamodb:GetItem: %s', (action, expected) => {
    expect(decided(allow(action)).allowed).toBe(expected);
  });

  test.each([
    ['*', true],
    [TABLE, true],
    [`arn:aws:dynamodb:*:${ACCOUNT}:table/*`, true],
    [`arn:aws:dynamodb:us-east-?:${ACCOUNT}:table/Order?`, true],
    [TABLE.toLowerCase(), false],
    [`${TABLE}/*`, false],
  ])('the resource %s fits the table: %s', (pattern, expected) => {
    expect(decided(allow('dynamodb:GetItem', pattern)).allowed).toBe(expected);
  });

  test('NotAction and NotResource grant what they leave over', () => {
    const allButWrites = { Effect: 'Allow', NotAction: ['dynamodb:Put*', 'sqs:*'], Resource: '*' };
    const allButOrders = { Effect: 'Allow', Action: '*', NotResource: [TABLE] };

    expect(decided(allButWrites).allowed).toBe(true);
    expect(decided(allButWrites).matched[0]?.id).toBe('role[0] not(dynamodb:Put*, sqs:*) on *');
    expect(decided(allButWrites, { action: 'DynamoDB:PutItem' }).allowed).toBe(false);
    expect(decided(allButOrders).allowed).toBe(false);
    expect(decided(allButOrders, { resource: `${TABLE}2` }).allowed).toBe(true);
  });

  test('every grant that allows is named, in every policy', () => {
    const { matched } = evaluate({
      identityPolicies: [
        identity(
          allow(['dynamodb:PutItem']),
          allow(['dynamodb:Get*', 'dynamodb:GetItem'], [TABLE, '*']),
        ),
        readIdentityPolicy('inline', { Statement: allow('dynamodb:*') }),
      ],
      request: call(),
    });

    expect(matched.map(({ id }) => id)).toEqual([
      `role[1] dynamodb:Get* on ${TABLE}`,
      'role[1] dynamodb:Get* on *',
      `role[1] dynamodb:GetItem on ${TABLE}`,
      'role[1] dynamodb:GetItem on *',
      'inline[0] dynamodb:* on *',
    ]);
  });

  test('a Deny wins over every Allow and is named', () => {
    const { allowed, reason, matched } = evaluate({
      identityPolicies: [
        identity(allow('*'), { Effect: 'Deny', Action: 'dynamodb:*', Resource: TABLE }),
      ],
      request: call(),
    });

    expect([allowed, reason]).toEqual([false, 'explicit-deny']);
    expect(matched.map(({ id }) => id)).toEqual([`role[1] dynamodb:* on ${TABLE}`]);
  });

  test('a Deny whose condition is not met denies nothing', () => {
    const insecure = {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const judge = (secure: boolean) =>
      evaluate({
        identityPolicies: [identity(allow('*'), insecure)],
        request: call({ context: { 'aws:SecureTransport': secure } }),
      }).allowed;

    expect([judge(true), judge(false)]).toEqual([true, false]);
  });

  test('all grants can be listed, to be held against those that were exercised', () => {
    const policy = identity(allow(['dynamodb:GetItem', 'dynamodb:PutItem'], TABLE), {
      Effect: 'Deny',
      NotAction: 'dynamodb:*',
      Resource: '*',
    });
    const exercised = new Set(
      evaluate({ identityPolicies: [policy], request: call() }).matched.map(({ id }) => id),
    );

    expect(
      listGrants([policy])
        .filter(({ id }) => !exercised.has(id))
        .map(({ id }) => id),
    ).toEqual([`role[0] dynamodb:PutItem on ${TABLE}`, 'role[1] not(dynamodb:*) on *']);
  });
});

describe('the policy of a resource', () => {
  const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:ingress`;
  const send = (principal: AccessRequest['principal'], context = {}) =>
    call({ principal, action: 'sqs:SendMessage', resource: QUEUE, context });
  const toQueue = (Principal: unknown, more: object = {}) =>
    resource({ Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: QUEUE, ...more });

  test('is enough for a service that it names, from the source that it names', () => {
    const ruleArn = `arn:aws:events:us-east-1:${ACCOUNT}:rule/orders`;
    const policy = toQueue(
      { Service: 'events.amazonaws.com' },
      { Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } } },
    );
    const judge = (service: string, sourceArn: string) =>
      evaluate({
        identityPolicies: [],
        resourcePolicies: [policy],
        request: send({ service }, { 'aws:SourceArn': sourceArn }),
      });

    expect(judge('events.amazonaws.com', ruleArn)).toMatchObject({
      allowed: true,
      reason: 'resource-policy',
    });
    expect(judge('events.amazonaws.com', `${ruleArn}2`).allowed).toBe(false);
    expect(judge('sns.amazonaws.com', ruleArn).allowed).toBe(false);
  });

  test.each([
    ['*', true],
    [{ AWS: '*' }, true],
    [{ AWS: ROLE }, true],
    [{ AWS: [`${ROLE}2`, ROLE] }, true],
    [{ AWS: `${ROLE}2` }, false],
    [{ Service: 'lambda.amazonaws.com' }, false],
    [{ AWS: ACCOUNT }, false],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:root` }, false],
  ])('that allows %j lets the role in by itself: %s', (principal, expected) => {
    const { allowed } = evaluate({
      identityPolicies: [],
      resourcePolicies: [toQueue(principal)],
      request: send({ arn: ROLE }),
    });

    expect(allowed).toBe(expected);
  });

  test('and the policies of the role are each enough', () => {
    const silent = toQueue({ AWS: `${ROLE}2` });

    expect(
      evaluate({
        identityPolicies: [identity(allow('sqs:SendMessage', QUEUE))],
        resourcePolicies: [silent],
        request: send({ arn: ROLE }),
      }),
    ).toMatchObject({ allowed: true, reason: 'identity-policy' });
  });

  test('and the policies of the role are both named when both allow', () => {
    const { matched } = evaluate({
      identityPolicies: [identity(allow('sqs:SendMessage', QUEUE))],
      resourcePolicies: [toQueue({ AWS: ROLE })],
      request: send({ arn: ROLE }),
    });

    expect(matched.map(({ policy }) => policy)).toEqual(['role', 'resource']);
  });

  test.each([['*'], [{ AWS: ROLE }], [{ AWS: ACCOUNT }]])(
    'that denies %j keeps the role out',
    (principal) => {
      const decision = evaluate({
        identityPolicies: [identity(allow('*'))],
        resourcePolicies: [
          resource({ Effect: 'Deny', Principal: principal, Action: 'sqs:*', Resource: QUEUE }),
        ],
        request: send({ arn: ROLE }),
      });

      expect(decision).toMatchObject({ allowed: false, reason: 'explicit-deny' });
    },
  );

  test('that denies another role is no concern', () => {
    const { allowed } = evaluate({
      identityPolicies: [identity(allow('*'))],
      resourcePolicies: [
        resource({ Effect: 'Deny', Principal: { AWS: `${ROLE}2` }, Action: '*', Resource: '*' }),
      ],
      request: send({ arn: ROLE }),
    });

    expect(allowed).toBe(true);
  });

  test('may leave Resource out', () => {
    const policy = resource({ Effect: 'Allow', Principal: { AWS: ROLE }, Action: 'sqs:*' });

    expect(
      evaluate({ identityPolicies: [], resourcePolicies: [policy], request: send({ arn: ROLE }) })
        .allowed,
    ).toBe(true);
  });
});

/** AWS KMS developer guide, "Key policies": "Unlike other AWS resource policies, a KMS key policy does not …". */
describe('the policy of a KMS key', () => {
  const decrypt = call({ action: 'kms:Decrypt', resource: KEY });
  const granted = [identity(allow('kms:Decrypt', KEY))];
  const keyPolicy = (Principal: unknown, Action: unknown = 'kms:*') =>
    resource({ Effect: 'Allow', Principal, Action, Resource: '*' });
  const judge = (policy: ReturnType<typeof keyPolicy>, identityPolicies = granted) =>
    evaluate({
      identityPolicies,
      resourcePolicies: [policy],
      resourcePolicyRequired: true,
      request: decrypt,
    });
  const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };

  test('that delegates to the account makes the policies of roles count', () => {
    const decision = judge(keyPolicy(root));

    expect(decision).toMatchObject({ allowed: true, reason: 'delegated-to-account' });
    expect(decision.matched.map(({ id }) => id)).toEqual([
      `role[0] kms:Decrypt on ${KEY}`,
      'resource[0] kms:* on *',
    ]);
  });

  test('that delegates still needs a grant of the role', () => {
    expect(judge(keyPolicy(root), [])).toMatchObject({ allowed: false, reason: 'no-grant' });
  });

  test('that delegates only other actions makes nothing count', () => {
    expect(judge(keyPolicy(root, 'kms:Describe*'))).toMatchObject({
      allowed: false,
      reason: 'not-delegated-by-resource-policy',
    });
  });

  test('that does not delegate decides alone', () => {
    expect(judge(keyPolicy({ AWS: `${ROLE}2` }))).toMatchObject({
      allowed: false,
      reason: 'not-delegated-by-resource-policy',
    });
    expect(judge(keyPolicy({ AWS: ROLE }), [])).toMatchObject({
      allowed: true,
      reason: 'resource-policy',
    });
  });

  test('that delegates to another account does not delegate', () => {
    expect(judge(keyPolicy({ AWS: 'arn:aws:iam::999999999999:root' })).allowed).toBe(false);
  });

  test('that names the role does not make its own policies count', () => {
    expect(judge(keyPolicy({ AWS: ROLE })).matched.map(({ policy }) => policy)).toEqual([
      'resource',
    ]);
  });
});
