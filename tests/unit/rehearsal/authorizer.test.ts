import { describe, expect, test } from 'vitest';
import { Authorizer } from '#rehearsal/services/authorizer.ts';
import {
  ACCOUNT,
  arnOf,
  awsErrorOf,
  cloudOf,
  getAtt,
  type Grants,
  REGION,
  type Resources,
  roleOf,
} from './stage.ts';

const ORDERS = arnOf('dynamodb', 'table/App-Orders');
const ROLE = `arn:aws:iam::${ACCOUNT}:role/App-IngestRole`;
const principal = { arn: ROLE };
const orders = { Orders: { Type: 'AWS::DynamoDB::GlobalTable', Properties: {} } };
const getOrders: Grants = [['dynamodb:GetItem', getAtt('Orders')]];

const authorizerOf = (resources: Resources): Authorizer => new Authorizer(cloudOf(resources));

describe('a call by a role', () => {
  const authorizer = () => authorizerOf({ ...orders, ...roleOf('Ingest', getOrders) });

  test('goes through when the role is granted it', () => {
    const granted = authorizer();

    granted.assert({ principal, action: 'dynamodb:GetItem', resource: ORDERS });

    expect(granted.denials).toEqual([]);
  });

  test('without a grant is a denial that names role, action and resource', async () => {
    const refusing = authorizer();

    const error = await awsErrorOf(() =>
      refusing.assert({ principal, action: 'dynamodb:PutItem', resource: ORDERS }),
    );

    expect(error).toBe(
      `AccessDeniedException: App-IngestRole is not authorized to perform: dynamodb:PutItem on resource: ${ORDERS} (no-grant)`,
    );
    expect(refusing.denials).toEqual([
      {
        principal: 'App-IngestRole',
        action: 'dynamodb:PutItem',
        resource: ORDERS,
        reason: 'no-grant',
      },
    ]);
  });

  test('is denied however often it is tried, and on record once', async () => {
    const refusing = authorizer();
    const ask = () =>
      awsErrorOf(() =>
        refusing.assert({ principal, action: 'dynamodb:PutItem', resource: ORDERS }),
      );

    expect(await ask()).toContain('AccessDeniedException');
    expect(await ask()).toContain('AccessDeniedException');
    expect(refusing.denials).toHaveLength(1);
  });

  test('by a role that the templates do not have is denied', async () => {
    const stranger = { arn: `arn:aws:iam::${ACCOUNT}:role/Stranger` };

    const error = await awsErrorOf(() =>
      authorizer().assert({ principal: stranger, action: 'dynamodb:GetItem', resource: ORDERS }),
    );

    expect(error).toContain('Stranger is not authorized');
  });
});

describe('grants that nothing has needed', () => {
  test('are those that no call was allowed by', () => {
    const authorizer = authorizerOf({
      ...orders,
      ...roleOf('Ingest', [...getOrders, ['dynamodb:PutItem', getAtt('Orders')]]),
    });

    authorizer.assert({ principal, action: 'dynamodb:GetItem', resource: ORDERS });

    expect(authorizer.unusedGrants().map(({ id }) => id)).toEqual([
      `IngestPolicy[1] dynamodb:PutItem on ${ORDERS}`,
      'IngestPolicy[2] none:Nothing on *',
    ]);
  });
});

describe('the key', () => {
  const KEY = arnOf('kms', 'key/App-Key');
  const account = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  const throughSqs = {
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Resource: '*',
    Condition: {
      StringEquals: {
        'kms:CallerAccount': ACCOUNT,
        'kms:ViaService': `sqs.${REGION}.amazonaws.com`,
      },
    },
  };
  const delegating = { Effect: 'Allow', Principal: account, Action: 'kms:*', Resource: '*' };
  const keyed = (Statement: readonly object[], grants: Grants = []) =>
    authorizerOf({
      Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement } } },
      ...roleOf('Ingest', grants),
    });
  const use = (authorizer: Authorizer, via: string) =>
    awsErrorOf(() => authorizer.assertKeyUse(principal, KEY, 'Decrypt', via));

  test('lets a role in through the services that its policy names', async () => {
    expect(await use(keyed([throughSqs]), 'sqs')).toBe('no error');
    expect(await use(keyed([throughSqs]), 'dynamodb')).toContain('kms:Decrypt');
  });

  test('leaves it to the role’s policies only where its own delegates to the account', async () => {
    const granted: Grants = [['kms:Decrypt', getAtt('Key')]];

    expect(await use(keyed([delegating], granted), 'dynamodb')).toBe('no error');
    expect(await use(keyed([delegating]), 'dynamodb')).toContain('no-grant');
    expect(await use(keyed([throughSqs], granted), 'dynamodb')).toContain(
      'not-delegated-by-resource-policy',
    );
  });

  test('lets in the services that it names', async () => {
    const events = { service: 'events.amazonaws.com' };
    const named = { ...delegating, Principal: { Service: 'events.amazonaws.com' } };
    const useBy = (authorizer: Authorizer) =>
      awsErrorOf(() => authorizer.assertKeyUse(events, KEY, 'GenerateDataKey', 'sqs'));

    expect(await useBy(keyed([named]))).toBe('no error');
    expect(await useBy(keyed([delegating]))).toContain('events.amazonaws.com is not authorized');
  });

  test('is not asked where nothing is encrypted with it', async () => {
    const authorizer = keyed([delegating]);

    expect(
      await awsErrorOf(() => authorizer.assertKeyUse(principal, undefined, 'Decrypt', 'sqs')),
    ).toBe('no error');
  });

  test('of a log group has to let the logs service in, for that group', async () => {
    const logGroup = arnOf('logs', 'log-group:App-Logs:*');
    const forLogs = (arn: string) => ({
      ...delegating,
      Principal: { Service: `logs.${REGION}.amazonaws.com` },
      Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': arn } },
    });
    const log = (arn: string) =>
      awsErrorOf(() => keyed([forLogs(arn)]).assertLogKey(KEY, logGroup));

    expect(await log(arnOf('logs', '*'))).toBe('no error');
    expect(await log(arnOf('logs', 'log-group:Other'))).toContain('kms:Encrypt');
  });
});

describe('a policy that the rehearsal cannot judge', () => {
  test.each(['ManagedPolicyArns', 'Policies', 'PermissionsBoundary'])(
    'is refused: %s of a role',
    (property) => {
      const role = { Type: 'AWS::IAM::Role', Properties: { [property]: ['x'] } };

      expect(() => authorizerOf({ Role: role })).toThrow(
        `role Role: ${property} is not modelled by the rehearsal`,
      );
    },
  );
});

describe('a permission to invoke', () => {
  test('holds for the rule that it names', async () => {
    const rule = arnOf('events', 'rule/App-Bus/App-Rule');
    const authorizer = authorizerOf({
      Function: { Type: 'AWS::Lambda::Function', Properties: {} },
      Permission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: getAtt('Function'),
          Principal: 'events.amazonaws.com',
          SourceArn: rule,
        },
      },
    });
    const invoke = (sourceArn: string) =>
      awsErrorOf(() =>
        authorizer.assert({
          principal: { service: 'events.amazonaws.com' },
          action: 'lambda:InvokeFunction',
          resource: arnOf('lambda', 'function:App-Function'),
          context: { 'aws:SourceArn': sourceArn },
        }),
      );

    expect(await invoke(rule)).toBe('no error');
    expect(await invoke(`${rule}2`)).toContain('AccessDeniedException');
  });
});
