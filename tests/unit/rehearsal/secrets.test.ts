import { describe, expect, test } from 'vitest';
import { Authorizer } from '#rehearsal/services/authorizer.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { Secrets } from '#rehearsal/services/secrets.ts';
import {
  awsErrorOf,
  cloudOf,
  type Grants,
  ref,
  type Resources,
  roleOf,
  START_MS,
} from './stage.ts';

const principal = { arn: 'arn:aws:iam::111122223333:role/App-DeliverRole' };

const linkKeys: Resources = {
  LinkKeys: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: {
      GenerateSecretString: {
        SecretStringTemplate: '{"kid":"1"}',
        GenerateStringKey: 'key',
        PasswordLength: 40,
        ExcludePunctuation: true,
      },
    },
  },
};

const stage = (
  seed = '1',
  grants: Grants = [['secretsmanager:*', ref('LinkKeys')]],
  resources: Resources = linkKeys,
) => {
  const cloud = cloudOf({ ...roleOf('Deliver', grants), ...resources });
  const authorizer = new Authorizer(cloud);
  const { service } = new Secrets({ cloud, authorizer, seed, clock: new VirtualClock(START_MS) });
  const call = async (operation: string, input: Readonly<Record<string, unknown>> = {}) =>
    Object(await service({ principal, operation, input: { SecretId: 'App-LinkKeys', ...input } }));
  const read = (SecretId = cloud.ofType('AWS::SecretsManager::Secret')[0]?.ref) =>
    call('GetSecretValue', { SecretId });
  return { authorizer, read, call };
};

const NEW = '11111111-1111-4111-8111-111111111111';
const FIRST = '00000000-0000-4000-b000-000000000000';

describe('a secret', () => {
  test('has what its template says and a generated part of the length that it asks for', async () => {
    const { SecretString } = await stage().read();

    expect(JSON.parse(SecretString)).toEqual({
      kid: '1',
      key: expect.stringMatching(/^[0-9a-zA-Z]{40}$/),
    });
  });

  test('can be read by ARN and by name', async () => {
    const { read } = stage();

    expect(await read('App-LinkKeys')).toEqual(await read());
  });

  test('follows from the seed', async () => {
    const [one, same, other] = [stage('1'), stage('1'), stage('2')];

    expect(await one.read()).toEqual(await same.read());
    expect(await one.read()).not.toEqual(await other.read());
  });

  test('that does not exist is not found', async () => {
    expect(await awsErrorOf(() => stage().read('Other'))).toContain('ResourceNotFoundException');
  });

  test('is denied to a role without the grant', async () => {
    const { authorizer, read } = stage('1', []);

    await awsErrorOf(() => read());

    expect(authorizer.denials).toMatchObject([
      { principal: 'App-DeliverRole', action: 'secretsmanager:GetSecretValue' },
    ]);
  });

  test('can be given in the template as it is', async () => {
    const { read } = stage('1', undefined, {
      LinkKeys: {
        Type: 'AWS::SecretsManager::Secret',
        Properties: { SecretString: 'as it is' },
      },
    });

    expect((await read()).SecretString).toBe('as it is');
  });

  test('needs the key it is encrypted with, to be read and to be written', async () => {
    const { authorizer, call } = stage('1', undefined, {
      Key: {
        Type: 'AWS::KMS::Key',
        Properties: {
          KeyPolicy: { Statement: { Effect: 'Allow', Action: 'a:B', Principal: '*' } },
        },
      },
      LinkKeys: {
        Type: 'AWS::SecretsManager::Secret',
        Properties: { SecretString: 'x', KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
      },
    });

    await awsErrorOf(() => call('GetSecretValue'));
    await awsErrorOf(() => call('PutSecretValue', { ClientRequestToken: NEW, SecretString: 'y' }));

    expect(authorizer.denials.map(({ action }) => action)).toEqual([
      'kms:Decrypt',
      'kms:GenerateDataKey',
    ]);
  });

  test('that a property refers to stays the text of a dynamic reference', () => {
    const cloud = cloudOf({
      ...linkKeys,
      Topic: {
        Type: 'AWS::SNS::Topic',
        Properties: {
          Token: {
            'Fn::Join': [
              '',
              ['{{resolve:secretsmanager:', ref('LinkKeys'), ':SecretString:key::}}'],
            ],
          },
        },
      },
    });

    const [topic] = cloud.ofType('AWS::SNS::Topic');

    expect(topic?.properties['Token']).toBe(
      '{{resolve:secretsmanager:arn:aws:secretsmanager:eu-central-1:111122223333:secret:App-LinkKeys-rehear:SecretString:key::}}',
    );
  });

  test('takes only calls that are modelled', async () => {
    expect(await awsErrorOf(() => stage().call('DeleteSecret'))).toContain(
      'Secrets Manager DeleteSecret is not modelled',
    );
  });

  test('refuses what its own policy denies', async () => {
    const { authorizer, read } = stage('1', undefined, {
      ...linkKeys,
      Policy: {
        Type: 'AWS::SecretsManager::ResourcePolicy',
        Properties: {
          SecretId: ref('LinkKeys'),
          ResourcePolicy: {
            Statement: {
              Effect: 'Deny',
              Action: 'secretsmanager:GetSecretValue',
              Principal: '*',
              Resource: '*',
            },
          },
        },
      },
    });

    await awsErrorOf(() => read());

    expect(authorizer.denials).toHaveLength(1);
  });
});

describe('a new version of a secret', () => {
  const put = { ClientRequestToken: NEW, SecretString: 'new' };
  const pending = { ...put, VersionStages: ['AWSPENDING'] };

  test('is current at once when no label is asked for, and the one before is the previous', async () => {
    const { call } = stage();

    await call('PutSecretValue', put);

    expect(await call('GetSecretValue')).toMatchObject({ SecretString: 'new', VersionId: NEW });
    expect(await call('DescribeSecret')).toMatchObject({
      RotationEnabled: false,
      VersionIdsToStages: { [NEW]: ['AWSCURRENT'], [FIRST]: ['AWSPREVIOUS'] },
    });
  });

  test('is found by its label and by its id while it is pending', async () => {
    const { call } = stage();

    await call('PutSecretValue', pending);

    expect(await call('GetSecretValue', { VersionStage: 'AWSPENDING' })).toMatchObject({
      SecretString: 'new',
      VersionStages: ['AWSPENDING'],
    });
    expect(await call('GetSecretValue', { VersionId: NEW })).toMatchObject({ VersionId: NEW });
    expect(await call('GetSecretValue')).toMatchObject({ VersionId: FIRST });
  });

  test('is not made twice of the same value, nor changed', async () => {
    const { call } = stage();
    await call('PutSecretValue', pending);

    const again = await call('PutSecretValue', pending);
    const changed = await awsErrorOf(() =>
      call('PutSecretValue', { ...pending, SecretString: 'other' }),
    );

    expect(again).toMatchObject({ VersionId: NEW });
    expect(changed).toContain('ResourceExistsException');
  });

  test('becomes the current one when the label is moved', async () => {
    const { call } = stage();
    await call('PutSecretValue', pending);

    await call('UpdateSecretVersionStage', {
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: NEW,
      RemoveFromVersionId: FIRST,
    });
    await call('UpdateSecretVersionStage', {
      VersionStage: 'AWSPENDING',
      RemoveFromVersionId: NEW,
    });

    expect((await call('DescribeSecret')).VersionIdsToStages).toEqual({
      [NEW]: ['AWSCURRENT'],
      [FIRST]: ['AWSPREVIOUS'],
    });
  });

  test.each([
    ['without saying from where', { MoveToVersionId: NEW }, 'RemoveFromVersionId'],
    ['to nowhere', { RemoveFromVersionId: FIRST }, 'completely removed'],
    ['to a version that is not', { MoveToVersionId: 'other' }, 'ResourceNotFoundException'],
  ])('does not get AWSCURRENT moved %s', async (_, move, message) => {
    const { call } = stage();
    await call('PutSecretValue', pending);

    const error = await awsErrorOf(() =>
      call('UpdateSecretVersionStage', { VersionStage: 'AWSCURRENT', ...move }),
    );

    expect(error).toContain(message);
  });

  test.each([
    [{ VersionStage: 'AWSPENDING' }, 'staging label: AWSPENDING'],
    [{ VersionId: NEW }, `VersionId: ${NEW}`],
    [{ VersionId: FIRST, VersionStage: 'AWSPREVIOUS' }, 'not associated'],
  ])('that does not exist is not found by %j', async (by, message) => {
    const { call } = stage();

    const error = await awsErrorOf(() => call('GetSecretValue', by));

    expect(error).toContain(message);
  });
});

describe('a random password', () => {
  const anywhere: Grants = [['secretsmanager:GetRandomPassword', '*']];

  test('follows from the seed, and each is another', async () => {
    const [one, same] = [stage('1', anywhere), stage('1', anywhere)];
    const ask = async ({ call }: typeof one) => (await call('GetRandomPassword')).RandomPassword;

    const passwords = [await ask(one), await ask(one)];

    expect(passwords).toEqual([await ask(same), await ask(same)]);
    expect(passwords[0]).not.toBe(passwords[1]);
    expect(passwords[0]).toHaveLength(32);
  });

  test('that cannot be made is refused', async () => {
    const error = await awsErrorOf(() =>
      stage('1', anywhere).call('GetRandomPassword', { PasswordLength: 2 }),
    );

    expect(error).toContain('a password of 2 characters of 4 kinds cannot be made');
  });
});
