import { describe, expect, test } from 'vitest';
import config from '#config';
import { metricsInput } from '#analytics/metrics-input.ts';
import { affinityTables } from '#analytics/models.ts';
import { namedQueries, viewsOf } from '#analytics/views.ts';
import { type Column, factNames, facts } from '#core/contracts/facts.ts';
import { synthesized } from './synthesized.ts';

const { cloud, policies, terminationProtection } = synthesized('dev');
const buckets = cloud.ofType('AWS::S3::Bucket');
const glueTables = cloud
  .ofType('AWS::Glue::Table')
  .map(({ properties }) => Object(properties['TableInput']));
const isModel = ({ Name }: { readonly Name: string }): boolean =>
  affinityTables.some((model) => model === Name);
const tables = glueTables.filter(
  (table) => table.TableType === 'EXTERNAL_TABLE' && !isModel(table),
);
const views = glueTables.filter(({ TableType }) => TableType === 'VIRTUAL_VIEW');
const streams = cloud.ofType('AWS::KinesisFirehose::DeliveryStream');
const [key] = cloud.ofType('AWS::KMS::Key');

describe('a bucket', () => {
  test.each(buckets)('$logicalId is closed to the world, encrypted and kept', (bucket) => {
    const { PublicAccessBlockConfiguration, BucketEncryption } = bucket.properties;

    expect(PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    const [rule] = Object(BucketEncryption).ServerSideEncryptionConfiguration;
    expect(rule.ServerSideEncryptionByDefault).toEqual({
      KMSMasterKeyID: key?.arn,
      SSEAlgorithm: 'aws:kms',
    });
    expect(policies(bucket)).toEqual({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('of the lake is in a stack that nobody deletes by mistake', () => {
    expect(terminationProtection['Lake']).toBe(true);
  });
});

describe('a fact', () => {
  test('has one table and one stream', () => {
    expect(tables.map(({ Name }) => Name)).toEqual(factNames);
    expect(
      streams.map(
        ({ properties }) =>
          Object(properties['ExtendedS3DestinationConfiguration']).DataFormatConversionConfiguration
            .SchemaConfiguration.TableName,
      ),
    ).toEqual(factNames);
  });

  test.each(factNames)('%s has the columns of its contract in Glue', (name) => {
    const table = tables.find(({ Name }) => Name === name);
    const columns: Readonly<Record<string, Column>> = facts[name].columns;

    expect(
      table?.StorageDescriptor.Columns.map(
        ({ Name, Type }: { readonly Name: string; readonly Type: string }) => [Name, Type],
      ),
    ).toEqual(Object.entries(columns).map(([column, { type }]) => [column, type]));
  });

  test.each(streams)(
    '$logicalId writes Parquet where its table looks for it, day by day',
    (stream) => {
      const { Prefix, DataFormatConversionConfiguration, BucketARN } = Object(
        stream.properties['ExtendedS3DestinationConfiguration'],
      );
      const { SchemaConfiguration, OutputFormatConfiguration } = DataFormatConversionConfiguration;
      const table = tables.find(({ Name }) => Name === SchemaConfiguration.TableName);
      const bucket = buckets.find(({ arn }) => arn === BucketARN);

      expect(OutputFormatConfiguration.Serializer.ParquetSerDe).toBeDefined();
      expect(`s3://${bucket?.ref}/${Prefix.replace('!{timestamp:yyyy-MM-dd}', '${dt}')}`).toBe(
        table?.Parameters['storage.location.template'],
      );
      expect(table?.Parameters['projection.dt.type']).toBe('date');
    },
  );
});

describe('the analyst', () => {
  test('finds every view of the product, as Athena stores views', () => {
    const expected = viewsOf(metricsInput(config));

    expect(views.map(({ Name }) => Name)).toEqual(expected.map(({ name }) => name));
    for (const [index, { ViewOriginalText, Parameters }] of views.entries()) {
      const [, encoded = ''] = /^\/\* Presto View: (\S+) \*\/$/.exec(ViewOriginalText) ?? [];
      const view = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
      expect(Parameters['presto_view']).toBe('true');
      expect(view.originalSql).toBe(expected[index]?.sql);
      expect(view.columns.length).toBe(expected[index]?.columns.length);
    }
  });

  test('finds the queries to begin with', () => {
    const queries = cloud.ofType('AWS::Athena::NamedQuery');

    expect(queries.map(({ properties }) => properties['Name'])).toEqual(
      namedQueries().map(({ title }) => title),
    );
  });

  test('can scan no more than the limit, and leaves results that end by themselves', () => {
    const [workGroup] = cloud.ofType('AWS::Athena::WorkGroup');
    const { BytesScannedCutoffPerQuery, EnforceWorkGroupConfiguration } = Object(
      workGroup?.properties['WorkGroupConfiguration'],
    );
    const results = buckets.find(({ logicalId }) => logicalId.startsWith('Results'));

    expect(BytesScannedCutoffPerQuery).toBe(20 * 1024 ** 3);
    expect(EnforceWorkGroupConfiguration).toBe(true);
    expect(
      Object(results?.properties['LifecycleConfiguration']).Rules.some(
        ({ ExpirationInDays }: { readonly ExpirationInDays?: number }) => ExpirationInDays === 14,
      ),
    ).toBe(true);
  });
});
