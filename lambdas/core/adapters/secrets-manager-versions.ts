import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { SecretVersions } from '../ports/secret-versions.ts';

const CURRENT = 'AWSCURRENT';
const PENDING = 'AWSPENDING';

/**
 * By the staging labels of Secrets Manager: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
export const secretsManagerVersions = (
  client: SecretsManagerClient,
  SecretId: string,
): SecretVersions => ({
  current: async () => {
    const { SecretString = '' } = await client.send(
      new GetSecretValueCommand({ SecretId, VersionStage: CURRENT }),
    );
    return SecretString;
  },

  pending: async (VersionId) => {
    try {
      const { SecretString } = await client.send(
        new GetSecretValueCommand({ SecretId, VersionId, VersionStage: PENDING }),
      );
      return SecretString;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  },

  put: async (ClientRequestToken, SecretString) => {
    await client.send(
      new PutSecretValueCommand({
        SecretId,
        ClientRequestToken,
        SecretString,
        VersionStages: [PENDING],
      }),
    );
  },

  promote: async (version) => {
    const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
    const holder = Object.keys(VersionIdsToStages).find((id) =>
      VersionIdsToStages[id]?.includes(CURRENT),
    );
    if (holder === version) return;
    if (VersionIdsToStages[version] === undefined)
      throw new Error(
        `the secret has no version ${version} to make current; it has ${Object.keys(VersionIdsToStages).join(', ')}`,
      );
    await client.send(
      new UpdateSecretVersionStageCommand({
        SecretId,
        VersionStage: CURRENT,
        MoveToVersionId: version,
        ...(holder === undefined ? {} : { RemoveFromVersionId: holder }),
      }),
    );
  },
});
