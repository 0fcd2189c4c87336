import { Stack } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { type ILogGroup, LogStream } from 'aws-cdk-lib/aws-logs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { type FactName, LAKE_PARTITION } from '#core/contracts/facts.ts';
import { factPrefix, type FactTable } from './fact-table.ts';

export interface FactStreamProps {
  readonly fact: FactName;
  readonly table: Pick<FactTable, 'ref'>;
  readonly databaseName: string;
  readonly bucket: { readonly bucketArn: string };
  readonly key: IKey;
  /** What Firehose writes and reads the schema by. */
  readonly role: IRole;
  readonly logGroup: ILogGroup;
}

/** What could not be converted lies here, with the reason in its name. */
export const FAILED_PREFIX = 'failed/';

/** Rows of one fact from JSON to Parquet, in the partition of the day on which they come (UTC). */
export class FactStream extends Construct {
  readonly stream: CfnDeliveryStream;

  constructor(scope: Construct, id: string, props: FactStreamProps) {
    super(scope, id);
    const { fact, table, databaseName, bucket, key, role, logGroup } = props;
    const { region, account } = Stack.of(this);
    const log = new LogStream(this, 'Log', { logGroup });
    this.stream = new CfnDeliveryStream(this, 'Stream', {
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: {
        keyType: 'CUSTOMER_MANAGED_CMK',
        keyArn: key.keyArn,
      },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: `${factPrefix(fact)}${LAKE_PARTITION}=!{timestamp:yyyy-MM-dd}/`,
        errorOutputPrefix: `${FAILED_PREFIX}${fact}/!{firehose:error-output-type}/`,
        // With conversion Firehose buffers 64 MB at least; at a few rows a second the time comes first.
        bufferingHints: { sizeInMBs: 128, intervalInSeconds: 300 },
        cloudWatchLoggingOptions: {
          enabled: true,
          logGroupName: logGroup.logGroupName,
          logStreamName: log.logStreamName,
        },
        dataFormatConversionConfiguration: {
          enabled: true,
          inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
          outputFormatConfiguration: { serializer: { parquetSerDe: { compression: 'SNAPPY' } } },
          schemaConfiguration: {
            catalogId: account,
            databaseName,
            tableName: table.ref,
            region,
            roleArn: role.roleArn,
            versionId: 'LATEST',
          },
        },
      },
    });
    this.stream.node.addDependency(role);
  }
}
