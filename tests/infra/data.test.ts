import { describe, expect, test } from 'vitest';
import { type TableDefinition, tables } from '#core/contracts/tables.ts';
import { evaluate } from '#rehearsal/iam/evaluate.ts';
import { readResourcePolicy } from '#rehearsal/iam/policy.ts';
import { constructOf, synthesized } from './synthesized.ts';

const { cloud, policies, terminationProtection } = synthesized('dev');
const tableResources = cloud.ofType('AWS::DynamoDB::GlobalTable');
const [key] = cloud.ofType('AWS::KMS::Key');
const replicaOf = (properties: Readonly<Record<string, unknown>>) =>
  Object(properties['Replicas'])[0];

describe('a table', () => {
  const definitions: readonly TableDefinition[] = Object.values(tables);

  test('is there for every table of the contracts, and no other', () => {
    expect(tableResources.map(constructOf)).toEqual(definitions.map(({ name }) => name));
  });

  test.each(tableResources)('$logicalId is encrypted with the customer-managed key', (table) => {
    expect(table.properties['SSESpecification']).toMatchObject({ SSEEnabled: true });
    expect(replicaOf(table.properties).SSESpecification).toEqual({ KMSMasterKeyId: key?.arn });
  });

  test.each(tableResources)('$logicalId can be restored to any second', ({ properties }) => {
    expect(replicaOf(properties).PointInTimeRecoverySpecification).toMatchObject({
      PointInTimeRecoveryEnabled: true,
    });
  });

  test.each(tableResources)('$logicalId outlives its deletion by mistake', (table) => {
    expect(replicaOf(table.properties).DeletionProtectionEnabled).toBe(true);
    expect(policies(table)).toEqual({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test.each(definitions)('$name has the keys of its contract', (definition) => {
    const { name, partitionKey, sortKey } = definition;
    const table = tableResources.find((each) => constructOf(each) === name);

    expect(table?.properties['KeySchema']).toEqual([
      { AttributeName: partitionKey, KeyType: 'HASH' },
      ...(sortKey === undefined ? [] : [{ AttributeName: sortKey, KeyType: 'RANGE' }]),
    ]);
  });
});

describe('an item', () => {
  test('ends by itself in the inbox, behind short links, as evidence and on confirmation pages, and nowhere else', () => {
    const ending = tableResources.flatMap((table) => {
      const { TimeToLiveSpecification: ends } = table.properties;
      return ends === undefined ? [] : [[constructOf(table), ends]];
    });

    expect(ending).toEqual([
      ['Inbox', { AttributeName: tables.inbox.expiresBy, Enabled: true }],
      ['Links', { AttributeName: tables.links.expiresBy, Enabled: true }],
      ['Affinity', { AttributeName: tables.affinity.expiresBy, Enabled: true }],
      ['Attributions', { AttributeName: tables.attributions.expiresBy, Enabled: true }],
      ['Sessions', { AttributeName: tables.sessions.expiresBy, Enabled: true }],
      ['OfferHistories', { AttributeName: tables.offerHistories.expiresBy, Enabled: true }],
    ]);
  });
});

describe('what has to outlive a deployment', () => {
  test('is in a stack that cannot be deleted by mistake, and only there', () => {
    expect(terminationProtection).toEqual({
      Data: true,
      Ingestion: false,
      Messaging: false,
      Contact: false,
      Journeys: false,
      Enrolment: false,
      Feedback: false,
      Lake: true,
      Insight: false,
      Scores: false,
      Affinity: false,
      Pages: false,
      Content: false,
      Confirmation: false,
      OfferPriors: false,
      Privacy: false,
    });
  });

  const secrets = cloud.ofType('AWS::SecretsManager::Secret');

  test.each([...cloud.ofType('AWS::KMS::Key'), ...secrets])(
    '$logicalId is retained',
    (resource) => {
      expect(policies(resource)).toEqual({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
      });
    },
  );

  test('is the key of everything, and those of links, of addresses and of the shops’ apps', () => {
    expect(cloud.ofType('AWS::KMS::Key')).toHaveLength(1);
    expect(secrets.map(constructOf)).toEqual(['LinkKeys', 'IdentityKey', 'ShopTokenKey']);
  });

  test.each(secrets)(
    '$logicalId is generated where it is kept, and encrypted',
    ({ properties }) => {
      expect(properties).not.toHaveProperty('SecretString');
      expect(properties['GenerateSecretString']).toMatchObject({
        GenerateStringKey: 'key',
        PasswordLength: 64,
        SecretStringTemplate: expect.not.stringContaining('"key"'),
      });
      expect(properties['KmsKeyId']).toBe(key?.arn);
    },
  );
});

describe('the key', () => {
  const policy = readResourcePolicy('key', key?.properties['KeyPolicy']);
  const mayUse = (
    principal: { readonly arn: string } | { readonly service: string },
    context: Readonly<Record<string, string>>,
    action = 'kms:Decrypt',
  ): boolean =>
    evaluate({
      identityPolicies: [],
      resourcePolicies: [policy],
      resourcePolicyRequired: true,
      request: { principal, action, resource: key?.arn ?? '', context },
    }).allowed;
  const role = { arn: `arn:aws:iam::${cloud.account}:role/any` };
  const through = (service: string, account = cloud.account) => ({
    'kms:CallerAccount': account,
    'kms:ViaService': `${service}.${cloud.region}.amazonaws.com`,
  });

  test('is rotated every year', () => {
    expect(key?.properties['EnableKeyRotation']).toBe(true);
  });

  test.each(['dynamodb', 'sqs', 'secretsmanager', 'sns', 's3', 'firehose'])(
    'may be used through %s',
    (service) => {
      expect(mayUse(role, through(service))).toBe(true);
    },
  );

  test('may not be used directly, through other services or from other accounts', () => {
    expect(mayUse(role, { 'kms:CallerAccount': cloud.account })).toBe(false);
    expect(mayUse(role, through('ec2'))).toBe(false);
    expect(mayUse(role, through('sqs', '999999999999'))).toBe(false);
  });

  test('may not be deleted through a store', () => {
    expect(mayUse(role, through('sqs'), 'kms:ScheduleKeyDeletion')).toBe(false);
  });

  test.each(['events', 'cloudwatch', 'sns', 'sms-voice'])(
    'may be used by %s, which sends to queue and topic',
    (name) => {
      const service = { service: `${name}.amazonaws.com` };

      expect(mayUse(service, {}, 'kms:GenerateDataKey')).toBe(true);
      expect(mayUse(service, {}, 'kms:ScheduleKeyDeletion')).toBe(false);
    },
  );

  test('may be used for the logs of this account only', () => {
    const logs = { service: `logs.${cloud.region}.amazonaws.com` };
    const of = (account: string) => ({
      'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${cloud.region}:${account}:log-group:a`,
    });

    expect(mayUse(logs, of(cloud.account))).toBe(true);
    expect(mayUse(logs, of('999999999999'))).toBe(false);
  });
});
