import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDatabase } from 'aws-cdk-lib/aws-glue';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { type FactName, factNames } from '#core/contracts/facts.ts';
import { AFTERGLOW_SOURCE } from '#core/contracts/outgoing-events.ts';
import { pageTypes, recordedTypes, recordFactsContract } from '#lambdas/record-facts/contract.ts';
import { acknowledgeWildcard } from '#lib/constructs/acknowledge.ts';
import { ContractFunction, type Use } from '#lib/constructs/contract-function.ts';
import { FactStream, FAILED_PREFIX } from '#lib/constructs/fact-stream.ts';
import { FactTable } from '#lib/constructs/fact-table.ts';
import { PrivateBucket } from '#lib/constructs/private-bucket.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { useOf, useOfTable } from '#lib/constructs/uses.ts';
import { WorkedQueue } from '#lib/constructs/worked-queue.ts';
import type { DataStack } from './data-stack.ts';
import type { IngestionStack } from './ingestion-stack.ts';

export interface LakeStackProps extends StackProps {
  readonly data: DataStack;
  readonly ingestion: Pick<IngestionStack, 'bus'>;
}

/** Rows come a few minutes late at the most, and hundreds go in one call. */
const BATCH = 500;
const WINDOW = Duration.minutes(1);
const CONCURRENCY = 5;

/** From events on the bus to rows of the lake: Parquet in a bucket, tables in Glue. */
export class LakeStack extends Stack {
  readonly bucket: Bucket;
  readonly database: CfnDatabase;
  readonly tables: readonly FactTable[];

  constructor(scope: Construct, id: string, context: StageContext, props: LakeStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    const { data } = props;
    this.bucket = this.addBucket(data);
    this.database = new CfnDatabase(this, 'Database', {
      catalogId: this.account,
      databaseInput: {
        name: `afterglow_${context.stage.replaceAll('-', '_')}`,
        description: 'What happened after the order: facts, and the metrics made of them',
      },
    });
    const { tables, streams } = this.addFacts(context, data);
    this.tables = tables;
    const facts = this.addFactsQueue(props);
    facts.workedBy(this.addRecordFacts(context, data, streams), CONCURRENCY, BATCH, WINDOW);
  }

  private addBucket({ key }: DataStack): Bucket {
    return new PrivateBucket(this, 'Lake', {
      key,
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
        { prefix: FAILED_PREFIX, expiration: Duration.days(90) },
      ],
      whyNotLogged:
        "It holds pseudonyms and amounts; who reads it is in CloudTrail's data events, where an account has them.",
    });
  }

  private addFacts(context: StageContext, { key }: DataStack) {
    const { bucket, database } = this;
    const logGroup = new LogGroup(this, 'StreamLogs', {
      retention: context.config.logDays,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = this.addStreamRole(logGroup);
    const all = factNames.map((fact) => {
      const id = fact.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
      const since = context.config.lakeSince;
      const table = new FactTable(this, `${id}Table`, { fact, database, bucket, since });
      const databaseName = database.ref;
      const settings = { fact, table, databaseName, bucket, key, role, logGroup };
      const { stream } = new FactStream(this, id, settings);
      return { fact, table, stream };
    });
    return {
      tables: all.map(({ table }) => table),
      streams: new Map(all.map(({ fact, stream }) => [fact, stream])),
    };
  }

  /** Amazon Data Firehose developer guide, "Grant Firehose access to an Amazon S3 destination". */
  private addStreamRole(logGroup: LogGroup): Role {
    const role = new Role(this, 'StreamRole', {
      assumedBy: new ServicePrincipal('firehose.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    });
    const anyObject = this.bucket.arnForObjects('*');
    const { database } = this;
    const glue = (resource: string, resourceName?: string) =>
      this.formatArn({
        service: 'glue',
        resource,
        ...(resourceName === undefined ? {} : { resourceName }),
      });
    const anyTable = glue('table', `${database.ref}/*`);
    for (const [actions, resources] of [
      [
        ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        [this.bucket.bucketArn],
      ],
      [['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], [anyObject]],
      [
        ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
        [glue('catalog'), glue('database', database.ref), anyTable],
      ],
      [['logs:PutLogEvents'], [logGroup.logGroupArn]],
    ] as const)
      role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
    acknowledgeWildcard(role, anyObject, 'Objects are named by fact and day as they come.');
    acknowledgeWildcard(role, anyTable, 'The database has the tables of the lake and no others.');
    return role;
  }

  /** Our own facts, and what confirmation pages tell, whoever serves them. */
  private addFactsQueue({ data: { key, alarms }, ingestion }: LakeStackProps): WorkedQueue {
    const facts = new WorkedQueue(this, 'Facts', {
      key,
      alarms,
      dead: {
        impact: 'Facts are missing in the lake: reports show less than there was.',
        runbook: 'Facts are not recorded',
      },
      late: {
        impact: 'The lake is behind: reports of today are incomplete.',
        runbook: 'Facts are recorded late',
        minutes: 60,
      },
      workerTimeout: WORKER_TIMEOUT,
    });
    const rules = [
      new Rule(this, 'OwnFacts', {
        eventBus: ingestion.bus,
        eventPattern: { source: [AFTERGLOW_SOURCE], detailType: [...recordedTypes] },
      }),
      new Rule(this, 'PageFacts', {
        eventBus: ingestion.bus,
        eventPattern: { detailType: [...pageTypes] },
      }),
    ];
    const deadLetterConfig = { arn: facts.deadLetters.queueArn };
    for (const rule of rules)
      rule.addTarget({ bind: () => ({ arn: facts.queue.queueArn, deadLetterConfig }) });
    for (const queue of [facts.queue, facts.deadLetters])
      queue.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          conditions: { ArnEquals: { 'aws:SourceArn': rules.map(({ ruleArn }) => ruleArn) } },
        }),
      );
    return facts;
  }

  private addRecordFacts(
    context: StageContext,
    { tables, key }: DataStack,
    streams: ReadonlyMap<FactName, FactStream['stream']>,
  ) {
    const to = (fact: FactName): Use => {
      const stream = streams.get(fact);
      if (stream === undefined) throw new Error(`no stream of ${fact} was made`);
      return useOf(stream.ref, [stream.attrArn], 'firehose:PutRecordBatch');
    };
    return new ContractFunction(this, 'RecordFacts', {
      contract: recordFactsContract,
      context,
      key,
      timeout: WORKER_TIMEOUT,
      uses: {
        PSEUDONYMS_TABLE_NAME: useOfTable(tables.pseudonyms, 'BatchGetItem', 'GetItem', 'PutItem'),
        ORDER_LINES_STREAM_NAME: to('order_lines'),
        ORDER_EVENTS_STREAM_NAME: to('order_events'),
        TOUCHES_STREAM_NAME: to('touches'),
        MESSAGE_EVENTS_STREAM_NAME: to('message_events'),
        SESSIONS_STREAM_NAME: to('sessions'),
        IMPRESSIONS_STREAM_NAME: to('impressions'),
        LEDGER_ENTRIES_STREAM_NAME: to('ledger_entries'),
        SERVICE_SIGNALS_STREAM_NAME: to('service_signals'),
        EXPOSURES_STREAM_NAME: to('exposures'),
        CUSTOMER_LINKS_STREAM_NAME: to('customer_links'),
      },
    });
  }
}

const WORKER_TIMEOUT = Duration.seconds(60);
