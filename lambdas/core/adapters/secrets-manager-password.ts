import {
  GetRandomPasswordCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/** 64 of 62 letters and digits are 381 bits. */
const LENGTH = 64;

/** A random key of letters and digits, drawn by Secrets Manager as it draws the first one. */
export const secretsManagerPassword =
  (client: SecretsManagerClient) => async (): Promise<string> => {
    const { RandomPassword } = await client.send(
      new GetRandomPasswordCommand({ PasswordLength: LENGTH, ExcludePunctuation: true }),
    );
    if (RandomPassword === undefined) throw new Error('Secrets Manager drew no password');
    return RandomPassword;
  };
