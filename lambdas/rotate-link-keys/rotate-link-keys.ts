import { type DatedKey, rotated } from '#core/domain/pages/link-key-rotation.ts';
import type { SecretVersions } from '#core/ports/secret-versions.ts';
import type { RotationEvent } from './contract.ts';

export interface RotateLinkKeysDeps {
  readonly versions: SecretVersions;
  /** @throws for a value that has no keys */
  readonly readKeys: (value: string) => readonly DatedKey[];
  /** Signs and verifies with the keys of a value. @throws when they do not */
  readonly tryKeys: (value: string) => Promise<void>;
  /** 64 random characters. */
  readonly newKey: () => Promise<string>;
  readonly now: () => Date;
}

/** Enough of a version's id to tell a few keys apart: each link carries it. */
const KID_LENGTH = 12;

/**
 * One step of a rotation. Each may come again: a value that was put stays as it is, so that no link is signed with
 * a key that is then replaced.
 *
 * @throws when the step cannot be done; Secrets Manager tries the rotation again
 */
export const rotateLinkKeys =
  ({ versions, readKeys, tryKeys, newKey, now }: RotateLinkKeysDeps) =>
  async ({ Step, ClientRequestToken: version }: RotationEvent): Promise<void> => {
    switch (Step) {
      case 'createSecret': {
        if ((await versions.pending(version)) !== undefined) return;
        const keys = readKeys(await versions.current());
        const fresh = { kid: version.replaceAll('-', '').slice(-KID_LENGTH), key: await newKey() };
        const value = { keys: rotated(keys, fresh, now().toISOString()) };
        return versions.put(version, JSON.stringify(value));
      }
      case 'setSecret':
        // The keys are nowhere but in the secret.
        return;
      case 'testSecret': {
        const value = await versions.pending(version);
        if (value === undefined)
          throw new Error(`version ${version} has no value to test: createSecret comes first`);
        return tryKeys(value);
      }
      case 'finishSecret':
        return versions.promote(version);
    }
  };
