import { Logger } from '@aws-lambda-powertools/logger';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { assertKeysSign } from '#core/adapters/jose-link-signer.ts';
import { linkKeySet, readStoredKeys } from '#core/adapters/link-keys.ts';
import { secretsManagerPassword } from '#core/adapters/secrets-manager-password.ts';
import { secretsManagerVersions } from '#core/adapters/secrets-manager-versions.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { rotateLinkKeysContract, rotationEvent } from './contract.ts';
import { rotateLinkKeys } from './rotate-link-keys.ts';

const env = readEnv(rotateLinkKeysContract);
const logger = new Logger({ serviceName: rotateLinkKeysContract.name });
const secrets = new SecretsManagerClient();
const now = () => new Date();

const rotate = rotateLinkKeys({
  versions: secretsManagerVersions(secrets, env.LINK_KEYS_SECRET_ARN),
  readKeys: readStoredKeys,
  tryKeys: (value) => assertKeysSign(linkKeySet(readStoredKeys(value)), now().toISOString()),
  newKey: secretsManagerPassword(secrets),
  now,
});

/** Called by Secrets Manager, every 90 days and when somebody asks for it. */
export const handler = async (event: unknown): Promise<void> => {
  const step = rotationEvent.parse(event);
  if (step.SecretId !== env.LINK_KEYS_SECRET_ARN)
    throw new Error(`got a rotation of ${step.SecretId}, expected ${env.LINK_KEYS_SECRET_ARN}`);
  await rotate(step);
  logger.info('rotation step done', { step: step.Step, version: step.ClientRequestToken });
};
