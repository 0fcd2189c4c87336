import { createHash } from 'node:crypto';
import type { Cloud, Resource } from '../assembly/cloud.ts';
import type { Authorizer } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import { type Service, textOf } from './service.ts';

/** The secrets of the templates. Generated parts follow from the seed, so that runs can be compared. */
export const createSecrets = (cloud: Cloud, authorizer: Authorizer, seed: string): Service => {
  const secrets = cloud.ofType('AWS::SecretsManager::Secret');
  return async ({ principal, operation, input }) => {
    if (operation !== 'GetSecretValue')
      throw new AwsError('InvalidAction', `Secrets Manager ${operation} is not modelled`);
    const id = textOf(input, 'SecretId');
    const secret = secrets.find(({ ref, name }) => ref === id || name === id);
    if (secret === undefined)
      throw new AwsError(
        'ResourceNotFoundException',
        "Secrets Manager can't find the specified secret.",
      );
    authorizer.assert({ principal, action: 'secretsmanager:GetSecretValue', resource: secret.ref });
    authorizer.assertKeyUse(principal, secret.properties['KmsKeyId'], 'Decrypt', 'secretsmanager');
    return { ARN: secret.ref, Name: secret.name, SecretString: generated(secret, seed) };
  };
};

const generated = ({ properties, logicalId }: Resource, seed: string): string => {
  const rule = Object(properties['GenerateSecretString']);
  const text = createHash('sha256').update(`${seed}/${logicalId}`).digest('hex');
  const template: object = JSON.parse(String(rule.SecretStringTemplate ?? '{}'));
  const value = text.slice(0, Number(rule.PasswordLength ?? 32));
  return JSON.stringify({ ...template, [String(rule.GenerateStringKey)]: value });
};
