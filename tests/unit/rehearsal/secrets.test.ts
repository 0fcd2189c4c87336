import { describe, expect, test } from 'vitest';
import { Authorizer } from '#rehearsal/services/authorizer.ts';
import { createSecrets } from '#rehearsal/services/secrets.ts';
import { awsErrorOf, cloudOf, type Grants, ref, roleOf } from './stage.ts';

const principal = { arn: 'arn:aws:iam::111122223333:role/App-DeliverRole' };

const stage = (
  seed = '1',
  grants: Grants = [['secretsmanager:GetSecretValue', ref('LinkKeys')]],
) => {
  const cloud = cloudOf({
    ...roleOf('Deliver', grants),
    LinkKeys: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: {
        GenerateSecretString: {
          SecretStringTemplate: '{"kid":"1"}',
          GenerateStringKey: 'key',
          PasswordLength: 40,
        },
      },
    },
  });
  const authorizer = new Authorizer(cloud);
  const [secret] = cloud.ofType('AWS::SecretsManager::Secret');
  const service = createSecrets(cloud, authorizer, seed);
  const read = async (SecretId = secret?.ref ?? '', operation = 'GetSecretValue') =>
    Object(await service({ principal, operation, input: { SecretId } }));
  return { authorizer, read };
};

describe('a secret', () => {
  test('has what its template says and a generated part of the length that it asks for', async () => {
    const { SecretString } = await stage().read();

    expect(JSON.parse(SecretString)).toEqual({
      kid: '1',
      key: expect.stringMatching(/^[0-9a-f]{40}$/),
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

  test('can only be read', async () => {
    expect(await awsErrorOf(() => stage().read('App-LinkKeys', 'PutSecretValue'))).toContain(
      'Secrets Manager PutSecretValue is not modelled',
    );
  });
});
