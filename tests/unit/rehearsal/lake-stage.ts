import { onTestFinished } from 'vitest';
import { VirtualClock } from '#rehearsal/clock.ts';
import { LakeServices } from '#rehearsal/services/lake-services.ts';
import { Authorizer } from '#rehearsal/services/authorizer.ts';
import { temporaryFolder } from './booted.ts';
import {
  ACCOUNT,
  arnOf,
  cloudOf,
  getAtt,
  type Grants,
  ref,
  type Resources,
  roleOf,
  START_MS,
} from './stage.ts';

export const LAKE = 'arn:aws:s3:::app-lake';
const RESULTS = 'arn:aws:s3:::app-results';

/** Trusted by Firehose. */
const streamRole = (grants: Grants): Resources => ({
  ...roleOf('Stream', grants),
  StreamRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'firehose.amazonaws.com' },
        },
      },
    },
  },
});

const columnOf = (Name: string, Type: string) => ({ Name, Type });

const answersTable = {
  Type: 'AWS::Glue::Table',
  Properties: {
    CatalogId: ACCOUNT,
    DatabaseName: ref('Database'),
    TableInput: {
      Name: 'answers',
      TableType: 'EXTERNAL_TABLE',
      Parameters: { 'projection.enabled': 'true' },
      PartitionKeys: [columnOf('dt', 'string')],
      StorageDescriptor: {
        Location: { 'Fn::Join': ['', ['s3://', ref('Lake'), '/answers/']] },
        Columns: [
          columnOf('order_id', 'string'),
          columnOf('score', 'int'),
          columnOf('amount_minor', 'bigint'),
          columnOf('weight', 'double'),
          columnOf('is_first', 'boolean'),
          columnOf('occurred_at', 'timestamp'),
        ],
      },
    },
  },
};

/** A view as Glue keeps those of Athena. */
export const viewOf = (
  name: string,
  originalSql: string,
  columns: Readonly<Record<string, string>>,
) => {
  const view = {
    originalSql,
    columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
  };
  const encoded = Buffer.from(JSON.stringify(view)).toString('base64');
  return {
    Type: 'AWS::Glue::Table',
    Properties: {
      DatabaseName: ref('Database'),
      TableInput: {
        Name: name,
        TableType: 'VIRTUAL_VIEW',
        Parameters: { presto_view: 'true' },
        ViewOriginalText: `/* Presto View: ${encoded} */`,
        StorageDescriptor: { Columns: [] },
      },
    },
  };
};

export const streamOf = (destination: object = {}) => ({
  Type: 'AWS::KinesisFirehose::DeliveryStream',
  Properties: {
    ExtendedS3DestinationConfiguration: {
      BucketARN: getAtt('Lake'),
      RoleARN: getAtt('StreamRole'),
      Prefix: 'answers/dt=!{timestamp:yyyy-MM-dd}/',
      ErrorOutputPrefix: 'failed/answers/',
      BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 300 },
      DataFormatConversionConfiguration: {
        Enabled: true,
        InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
        OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
        SchemaConfiguration: {
          DatabaseName: ref('Database'),
          TableName: ref('AnswersTable'),
          RoleARN: getAtt('StreamRole'),
        },
      },
      ...destination,
    },
  },
});

const glue = (path: string): string => arnOf('glue', path);
const CATALOG = [glue('catalog'), glue('database/lake')];

export const streamGrants: Grants = [
  ['s3:*', LAKE],
  ['s3:*', `${LAKE}/*`],
  ...[...CATALOG, glue('table/lake/answers')].map(
    (resource) => ['glue:GetTable*', resource] as const,
  ),
];

/** What asking about the table `answers` takes, and the view `scores` on it. */
export const analystGrants: Grants = [
  ['athena:*', arnOf('athena', 'workgroup/App-Reports')],
  ['athena:GetDataCatalog', arnOf('athena', 'datacatalog/AwsDataCatalog')],
  ...CATALOG.map((resource) => ['glue:GetDatabase', resource] as const),
  ...[...CATALOG, glue('table/lake/answers'), glue('table/lake/scores')].map(
    (resource) => ['glue:GetTable', resource] as const,
  ),
  ['s3:GetBucketLocation', LAKE],
  ['s3:ListBucket', LAKE],
  ['s3:GetObject', `${LAKE}/answers/*`],
  ['s3:GetBucketLocation', RESULTS],
  ['s3:PutObject', `${RESULTS}/queries/*`],
  ['s3:GetObject', `${RESULTS}/queries/*`],
];

/** A stream that fills the table `answers`, a view `scores` of it, a work group, and who writes and asks. */
export const lakeTemplate: Resources = {
  ...roleOf('Writer', [['firehose:Put*', getAtt('Answers')]]),
  ...roleOf('Analyst', analystGrants),
  ...streamRole(streamGrants),
  Lake: { Type: 'AWS::S3::Bucket', Properties: {} },
  Results: { Type: 'AWS::S3::Bucket', Properties: {} },
  Database: { Type: 'AWS::Glue::Database', Properties: { DatabaseInput: { Name: 'lake' } } },
  AnswersTable: answersTable,
  Scores: viewOf('scores', 'SELECT avg(score) AS mean, count(*) AS n FROM "lake"."answers"', {
    mean: 'double',
    n: 'bigint',
  }),
  Answers: streamOf(),
  Reports: {
    Type: 'AWS::Athena::WorkGroup',
    Properties: {
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: 1e9,
        ResultConfiguration: {
          OutputLocation: { 'Fn::Join': ['', ['s3://', ref('Results'), '/queries/']] },
        },
      },
    },
  },
};

const roleArn = (id: string): string => `arn:aws:iam::${ACCOUNT}:role/App-${id}Role`;

/** The lake of a template; it ends with the test. */
export const stage = (more: Resources = {}) => {
  const cloud = cloudOf({ ...lakeTemplate, ...more });
  const authorizer = new Authorizer(cloud);
  const clock = new VirtualClock(START_MS);
  const stateDir = temporaryFolder();
  const lake = new LakeServices({ cloud, clock, authorizer, stateDir });
  onTestFinished(() => lake.stop());
  const call =
    (service: string, role: string) =>
    (operation: string, input: Readonly<Record<string, unknown>>) =>
      lake.services[service]?.({ principal: { arn: roleArn(role) }, operation, input }) ??
      Promise.reject(new Error(`no service ${service}`));
  const firehose = call('firehose', 'Writer');
  const put = (...rows: readonly unknown[]) =>
    firehose('PutRecordBatch', {
      DeliveryStreamName: 'App-Answers',
      Records: rows.map((row) => ({ Data: dataOf(`${JSON.stringify(row)}\n`) })),
    });
  const pass = (minutes: number) => clock.runUntil(clock.now() + minutes * 60_000);
  return {
    cloud,
    authorizer,
    clock,
    stateDir,
    lake,
    firehose,
    put,
    pass,
    athena: call('athena', 'Analyst'),
  };
};

export const dataOf = (text: string): string => Buffer.from(text).toString('base64');

export const answer = {
  order_id: 'A-1',
  score: 9,
  amount_minor: 1990,
  weight: 0.5,
  is_first: true,
  occurred_at: '2026-03-02T07:59:59.5Z',
} as const;
