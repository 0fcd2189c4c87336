import { describe, expect, test } from 'vitest';
import { bootedWith } from './booted.ts';
import { ACCOUNT, functionOf, getAtt, MINUTE_MS, ref, type Resources, START_MS } from './stage.ts';

const DAY_MS = 86_400_000;

/** Rotates as the functions of AWS's own templates do, and prints what it was asked for. */
const rotate = `
const ask = async (operation, input) => {
  const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: key } = process.env;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: 'Credential=' + key + '/d/r/secretsmanager/aws4_request',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'secretsmanager.' + operation,
    },
    body: JSON.stringify(input),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.__type);
  return answer;
};
let calls = 0;
export const handler = async ({ Step, SecretId, ClientRequestToken }) => {
  calls += 1;
  const { FAILURES, FORGETS } = process.env;
  if (calls <= Number(FAILURES)) throw new Error('no connection');
  if (Step === 'createSecret') {
    const { SecretString } = await ask('GetSecretValue', { SecretId });
    await ask('PutSecretValue', {
      SecretId, ClientRequestToken, SecretString: SecretString + '+', VersionStages: ['AWSPENDING'],
    });
  }
  if (Step === 'finishSecret' && FORGETS === undefined) {
    const { VersionIdsToStages } = await ask('DescribeSecret', { SecretId });
    const current = Object.keys(VersionIdsToStages)
      .find((id) => VersionIdsToStages[id].includes('AWSCURRENT'));
    await ask('UpdateSecretVersionStage', {
      SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: ClientRequestToken, RemoveFromVersionId: current,
    });
  }
  const VersionStage = Step === 'finishSecret' ? 'AWSCURRENT' : 'AWSPENDING';
  const { SecretString } = await ask('GetSecretValue', { SecretId, VersionStage });
  console.log(new Date().toISOString(), Step, SecretString);
};`;

const resourcesOf = ({
  schedule = { RotationRules: { ScheduleExpression: 'rate(30 days)' } },
  permission = { SourceAccount: ACCOUNT },
  variables = {},
}: {
  readonly schedule?: Readonly<Record<string, unknown>>;
  readonly permission?: Readonly<Record<string, unknown>>;
  readonly variables?: Readonly<Record<string, string>>;
} = {}): Resources => ({
  ...functionOf(
    'Rotate',
    ['GetSecretValue', 'PutSecretValue', 'DescribeSecret', 'UpdateSecretVersionStage'].map(
      (operation) => [`secretsmanager:${operation}`, ref('Keys')] as const,
    ),
    variables,
  ),
  Keys: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'key' } },
  Rotation: {
    Type: 'AWS::SecretsManager::RotationSchedule',
    Properties: { SecretId: ref('Keys'), RotationLambdaARN: getAtt('Rotate'), ...schedule },
  },
  MayRotate: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: getAtt('Rotate'),
      Principal: 'secretsmanager.amazonaws.com',
      ...permission,
    },
  },
});

const booted = (options?: Parameters<typeof resourcesOf>[0]) =>
  bootedWith(resourcesOf(options), rotate, 'Rotate');

const finishes = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => line.includes('finishSecret'));

describe('a rotation', () => {
  test('takes four steps as soon as it is deployed, and its function makes the new version', async () => {
    const { rehearsal, printed } = await booted();

    await rehearsal.run(START_MS + MINUTE_MS);

    expect(printed()).toEqual([
      '2026-03-02T08:00:00.000Z createSecret key+',
      '2026-03-02T08:00:00.000Z setSecret key+',
      '2026-03-02T08:00:00.000Z testSecret key+',
      '2026-03-02T08:00:00.000Z finishSecret key+',
      '',
    ]);
    expect(rehearsal.denials).toEqual([]);
  });

  test.each([
    ['ScheduleExpression of days', { ScheduleExpression: 'rate(30 days)' }, '2026-04-01T00:00'],
    ['AutomaticallyAfterDays', { AutomaticallyAfterDays: 1 }, '2026-03-03T00:00'],
    ['ScheduleExpression of hours', { ScheduleExpression: 'rate(4 hours)' }, '2026-03-02T12:00'],
  ])('comes again when a window of its %s opens', async (_, RotationRules, next) => {
    const { rehearsal, printed } = await booted({ schedule: { RotationRules } });

    await rehearsal.run(START_MS + 31 * DAY_MS);

    expect(finishes(printed())[1]).toBe(`${next}:00.000Z finishSecret key++`);
  });

  test('that is not to be immediate is only tested, and waits for its window', async () => {
    const { rehearsal, printed } = await booted({
      schedule: {
        RotateImmediatelyOnUpdate: false,
        RotationRules: { ScheduleExpression: 'rate(1 day)' },
      },
    });

    await rehearsal.run(START_MS + DAY_MS);

    expect(printed().slice(0, 2)).toEqual([
      '2026-03-02T08:00:00.000Z testSecret key',
      '2026-03-03T00:00:00.000Z createSecret key+',
    ]);
  });

  test('whose step failed is tried again from its first step', async () => {
    const { rehearsal, printed } = await booted({ variables: { FAILURES: '2' } });

    await rehearsal.run(START_MS + 10 * MINUTE_MS);

    expect(finishes(printed())).toEqual(['2026-03-02T08:03:00.000Z finishSecret key+']);
  });

  test('that fails for good stops the rehearsal', async () => {
    const { rehearsal } = await booted({ variables: { FAILURES: '9' } });

    await expect(rehearsal.run(START_MS + 10 * MINUTE_MS)).rejects.toThrow(
      'the rotation of App-Keys failed for good: createSecret: Error: no connection',
    );
  });

  test('that leaves AWSCURRENT where it was has failed', async () => {
    const { rehearsal } = await booted({ variables: { FORGETS: '1' } });

    await expect(rehearsal.run(START_MS + 10 * MINUTE_MS)).rejects.toThrow(
      'finishSecret left AWSCURRENT on version 00000000-0000-4000-b000-000000000000',
    );
  });

  test('needs the function’s permission for Secrets Manager', async () => {
    const { rehearsal } = await booted({ permission: { SourceAccount: '444455556666' } });

    await rehearsal.run(START_MS + MINUTE_MS);

    expect(rehearsal.denials).toMatchObject([
      { principal: 'secretsmanager.amazonaws.com', action: 'lambda:InvokeFunction' },
    ]);
  });

  test.each([
    [{ RotationRules: { ScheduleExpression: 'cron(0 8 * * ? *)' } }, 'cron(0 8 * * ? *)'],
    [{ RotationRules: { ScheduleExpression: 'rate(3 hours)' } }, 'every 4 hours at most'],
    [{ RotationLambdaARN: undefined }, 'only rotation by a function'],
  ])('on the schedule %j is refused when the rehearsal boots', async (schedule, message) => {
    await expect(booted({ schedule })).rejects.toThrow(message);
  });
});
