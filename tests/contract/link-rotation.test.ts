import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertKeysSign, joseLinkSigner } from '#core/adapters/jose-link-signer.ts';
import { linkKeySet, readStoredKeys } from '#core/adapters/link-keys.ts';
import { secretsManagerVersions } from '#core/adapters/secrets-manager-versions.ts';
import { type DatedKey, rotated } from '#core/domain/pages/link-key-rotation.ts';
import { rotateLinkKeys } from '#lambdas/rotate-link-keys/rotate-link-keys.ts';
import {
  type AwsAnswer,
  type AwsCall,
  awsAnswer,
  awsError,
  fakeAws,
} from '#tests/fakes/fake-aws.ts';

const DAY_MS = 86_400_000;
const initial = JSON.stringify({ kid: '1', key: 'k'.repeat(64) });

/** A secret with versions and labels, as far as a rotation needs it. */
const secretsManager = (tokens: readonly string[]) => {
  const values = new Map([['v0', initial]]);
  const labels: Record<string, string | undefined> = { AWSCURRENT: 'v0' };
  const read = ({ input }: AwsCall): AwsAnswer => {
    const { VersionId, VersionStage } = input;
    const id = typeof VersionId === 'string' ? VersionId : (labels[String(VersionStage)] ?? '');
    const SecretString = values.get(id);
    return SecretString === undefined
      ? awsError('ResourceNotFoundException')
      : awsAnswer({ SecretString, VersionId: id });
  };
  const { calls, config } = fakeAws((call) => {
    const { operation, input } = call;
    const token = String(input['ClientRequestToken']);
    if (operation === 'GetSecretValue') return read(call);
    if (operation === 'PutSecretValue') {
      values.set(token, String(input['SecretString']));
      labels['AWSPENDING'] = token;
    } else if (operation === 'UpdateSecretVersionStage')
      labels['AWSCURRENT'] = String(input['MoveToVersionId']);
    const stages = [...values.keys(), ...tokens].map((id) => [
      id,
      Object.keys(labels).filter((label) => labels[label] === id),
    ]);
    return awsAnswer({ VersionIdsToStages: Object.fromEntries(stages) });
  });
  const current = (): string => values.get(labels['AWSCURRENT'] ?? '') ?? '';
  return { client: new SecretsManagerClient(config), calls, current };
};

const setUp = (...tokens: readonly string[]) => {
  const { client, calls, current } = secretsManager(tokens);
  const clock = { ms: Date.parse('2026-11-18T09:30:00.000Z') };
  const now = () => new Date(clock.ms);
  let made = 0;
  const rotate = rotateLinkKeys({
    versions: secretsManagerVersions(client, 'arn:link-keys'),
    readKeys: readStoredKeys,
    tryKeys: (value) => assertKeysSign(linkKeySet(readStoredKeys(value)), now().toISOString()),
    newKey: async () => {
      made += 1;
      return String(made).repeat(64);
    },
    now,
  });
  const step = (Step: Parameters<typeof rotate>[0]['Step'], ClientRequestToken: string) =>
    rotate({ Step, ClientRequestToken, SecretId: 'arn:link-keys' });
  const whole = async (token: string): Promise<void> => {
    await step('createSecret', token);
    await step('setSecret', token);
    await step('testSecret', token);
    await step('finishSecret', token);
  };
  return { calls, clock, current, step, whole };
};

describe('a rotation', () => {
  test('puts a new key in front of those that verify', async () => {
    const { current, whole } = setUp('0f8fad5b-d9cb-469f-a165-70867728950e');

    await whole('0f8fad5b-d9cb-469f-a165-70867728950e');

    expect(readStoredKeys(current())).toEqual([
      { kid: '70867728950e', key: '1'.repeat(64), createdAt: '2026-11-18T09:30:00.000Z' },
      { kid: '1', key: 'k'.repeat(64), createdAt: '2026-11-18T09:30:00.000Z' },
    ]);
  });

  test('that is tried again goes on with the key that it made', async () => {
    const { calls, current, step, whole } = setUp('0f8fad5b-d9cb-469f-a165-70867728950e');
    await step('createSecret', '0f8fad5b-d9cb-469f-a165-70867728950e');

    await whole('0f8fad5b-d9cb-469f-a165-70867728950e');
    await step('finishSecret', '0f8fad5b-d9cb-469f-a165-70867728950e');

    expect(readStoredKeys(current())[0].key).toBe('1'.repeat(64));
    expect(calls.filter(({ operation }) => operation === 'PutSecretValue')).toHaveLength(1);
    expect(calls.filter(({ operation }) => operation === 'UpdateSecretVersionStage')).toHaveLength(
      1,
    );
  });

  test('changes nothing for functions before its last step', async () => {
    const { current, step } = setUp('t');

    await step('createSecret', 't');
    await step('testSecret', 't');

    expect(current()).toBe(initial);
  });

  test('does not test or finish what was not made', async () => {
    const { step } = setUp();

    await expect(step('testSecret', 'unknown')).rejects.toThrow('createSecret comes first');
    await expect(step('finishSecret', 'unknown')).rejects.toThrow('has no version unknown');
  });

  test('every 90 days leaves every link good until its end, and few keys', async () => {
    const tokens = ['t1', 't2', 't3', 't4', 't5', 't6'];
    const { clock, current, whole } = setUp(...tokens);
    const links: { readonly token: string; readonly expiresAt: string }[] = [];
    const signer = () => {
      const keys = linkKeySet(readStoredKeys(current()));
      return joseLinkSigner({ all: async () => keys, renewed: async () => keys });
    };
    const sign = async (): Promise<void> => {
      const expiresAt = new Date(clock.ms + 180 * DAY_MS).toISOString();
      const claims = { audience: 'message', shop: 'hearth', orderId: '1', touchId: 't' } as const;
      links.push({
        token: await signer().sign({ ...claims, channel: 'email', expiresAt }),
        expiresAt,
      });
    };

    for (const token of tokens) {
      await sign();
      clock.ms += 90 * DAY_MS - 1000;
      await sign();
      await whole(token);
      const now = new Date(clock.ms).toISOString();
      const alive = links.filter(({ expiresAt }) => expiresAt > now);
      const kinds = await Promise.all(
        alive.map(async (link) => (await signer().read(link.token, now)).kind),
      );
      expect(new Set(kinds)).toEqual(new Set(['valid']));
    }

    expect(readStoredKeys(current())).toHaveLength(4);
  });
});

test('no key is dropped that may have signed within 200 days, however often keys are rotated', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 12 }), (gaps) => {
      let day = 0;
      let keys: readonly DatedKey[] = [{ kid: 'k0', key: '' }];
      const lastSigned = new Map<string, number>();
      for (const [index, gap] of gaps.entries()) {
        day += gap;
        lastSigned.set(keys[0]?.kid ?? '', day);
        keys = rotated(
          keys,
          { kid: `k${index + 1}`, key: '' },
          new Date(day * DAY_MS).toISOString(),
        );
      }

      const kept = new Set(keys.map(({ kid }) => kid));
      const lost = [...lastSigned].filter(([kid, last]) => day - last <= 180 && !kept.has(kid));
      expect(lost).toEqual([]);
      expect(keys[0]?.kid).toBe(`k${gaps.length}`);
    }),
  );
});
