import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { type TableDefinition, tables } from '#core/contracts/tables.ts';
import { acknowledge } from '#lib/constructs/acknowledge.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';

/** What has to outlive every deployment: the key, the tables, the secrets; and where alarms go. */
export class DataStack extends Stack {
  readonly key: Key;
  readonly tables: Readonly<Record<keyof typeof tables, TableV2>>;
  readonly linkKeys: Secret;
  readonly identityKey: Secret;
  readonly shopTokenKeys: Secret;
  readonly alarms: Topic;

  constructor(scope: Construct, id: string, context: StageContext, props: StackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    this.key = this.addKey();
    this.tables = {
      orders: this.addTable(tables.orders),
      customers: this.addTable(tables.customers),
      purchases: this.addTable(tables.purchases),
      touches: this.addTable(tables.touches),
      identities: this.addTable(tables.identities),
      suppressions: this.addTable(tables.suppressions),
      contacts: this.addTable(tables.contacts),
      inbox: this.addTable(tables.inbox),
      links: this.addTable(tables.links),
      counters: this.addTable(tables.counters),
      pseudonyms: this.addTable(tables.pseudonyms),
      scores: this.addTable(tables.scores),
      affinity: this.addTable(tables.affinity),
      ledger: this.addTable(tables.ledger),
      attributions: this.addTable(tables.attributions),
      offers: this.addTable(tables.offers),
      offerCounts: this.addTable(tables.offerCounts),
      sessions: this.addTable(tables.sessions),
      offerHistories: this.addTable(tables.offerHistories),
      catalogue: this.addTable(tables.catalogue),
      content: this.addTable(tables.content),
    };
    this.linkKeys = this.addLinkKeys();
    this.identityKey = this.addKeySecret(
      'IdentityKey',
      'Hashes the addresses of customers',
      'Who is who, and which addresses are suppressed, is kept by these hashes: with another key all of it is lost.',
    );
    this.shopTokenKeys = this.addKeySecret(
      'ShopTokenKey',
      'Shops sign with it the tokens by which their customers open their inbox',
      'The shop has the key too: it is changed in both places at once, by hand, see docs/pages.md.',
    );
    this.alarms = this.addAlarms(context);
  }

  private addKey(): Key {
    const key = new Key(this, 'Key', {
      description: 'Encrypts everything that Afterglow stores',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const useActions = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];
    // As AWS's own keys do it: whoever may use the store may use the key, through the store alone.
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ThroughTheStores',
        principals: [new AnyPrincipal()],
        actions: [...useActions, 'kms:CreateGrant', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: {
          StringEquals: {
            'kms:CallerAccount': this.account,
            'kms:ViaService': [
              'dynamodb',
              'sqs',
              'secretsmanager',
              'sns',
              's3',
              'firehose',
              'bedrock',
            ].map((service) => `${service}.${this.region}.${this.urlSuffix}`),
          },
        },
      }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ServicesThatSend',
        principals: ['events', 'cloudwatch', 'sns', 'sms-voice'].map(
          (service) => new ServicePrincipal(`${service}.amazonaws.com`),
        ),
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
      }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Logs',
        principals: [new ServicePrincipal(`logs.${this.region}.${this.urlSuffix}`)],
        actions: [...useActions, 'kms:DescribeKey'],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': `arn:${this.partition}:logs:${this.region}:${this.account}:*`,
          },
        },
      }),
    );
    return key;
  }

  private addTable({ name, partitionKey, sortKey, expiresBy }: TableDefinition): TableV2 {
    return new TableV2(this, name, {
      ...(expiresBy === undefined ? {} : { timeToLiveAttribute: expiresBy }),
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      ...(sortKey === undefined ? {} : { sortKey: { name: sortKey, type: AttributeType.STRING } }),
      encryption: TableEncryptionV2.customerManagedKey(this.key),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private addLinkKeys(): Secret {
    const secret = new Secret(this, 'LinkKeys', {
      description: 'Signs the tokens in the links of messages',
      encryptionKey: this.key,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ kid: '1' }),
        generateStringKey: 'key',
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(
      secret,
      'AwsSolutions-SMG4',
      'It is rotated every 90 days, by a function of a later stack.',
    );
    return secret;
  }

  /** A generated key that outlives every deployment. */
  private addKeySecret(id: string, description: string, whyNotRotated: string): Secret {
    const secret = new Secret(this, id, {
      description,
      encryptionKey: this.key,
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'key',
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(secret, 'AwsSolutions-SMG4', whyNotRotated);
    return secret;
  }

  private addAlarms({ config }: StageContext): Topic {
    const topic = new Topic(this, 'Alarms', { masterKey: this.key, enforceSSL: true });
    if (config.alarmEmail !== undefined)
      topic.addSubscription(new EmailSubscription(config.alarmEmail));
    // A topic with a policy of its own has lost the default one, by which alarms could publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    return topic;
  }
}
