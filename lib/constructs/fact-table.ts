import { Stack } from 'aws-cdk-lib';
import { type CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Construct } from 'constructs';
import {
  type Column,
  type ColumnType,
  type FactName,
  facts,
  LAKE_PARTITION,
} from '#core/contracts/facts.ts';

export interface FactTableProps {
  readonly fact: FactName;
  readonly database: CfnDatabase;
  readonly bucket: { readonly bucketName: string };
  /** The first day that the lake may have rows of: `2026-01-01`. */
  readonly since: string;
}

/** Hive's names. */
const hiveType: Readonly<Record<ColumnType, string>> = {
  string: 'string',
  int: 'int',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp',
};

/** Where the rows of a fact lie, below the bucket. */
export const factPrefix = (fact: FactName): string => `${fact}/`;

/**
 * A fact's table in Glue: Parquet, a partition a day, projected, so that nothing has to tell Athena of a new day
 * (Athena user guide, "Use partition projection").
 */
export class FactTable extends CfnTable {
  constructor(scope: Construct, id: string, { fact, database, bucket, since }: FactTableProps) {
    const location = `s3://${bucket.bucketName}/${factPrefix(fact)}`;
    const { grain } = facts[fact];
    const columns: Readonly<Record<string, Column>> = facts[fact].columns;
    super(scope, id, {
      catalogId: Stack.of(scope).account,
      databaseName: database.ref,
      tableInput: {
        name: fact,
        description: grain,
        tableType: 'EXTERNAL_TABLE',
        parameters: {
          classification: 'parquet',
          'projection.enabled': 'true',
          [`projection.${LAKE_PARTITION}.type`]: 'date',
          [`projection.${LAKE_PARTITION}.format`]: 'yyyy-MM-dd',
          [`projection.${LAKE_PARTITION}.range`]: `${since},NOW+1DAYS`,
          'storage.location.template': `${location}${LAKE_PARTITION}=\${${LAKE_PARTITION}}/`,
        },
        partitionKeys: [{ name: LAKE_PARTITION, type: 'string' }],
        storageDescriptor: {
          location,
          columns: Object.entries(columns).map(([name, { type, doc }]) => ({
            name,
            type: hiveType[type],
            comment: doc.slice(0, MOST_COMMENT),
          })),
          inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          serdeInfo: {
            serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
          },
        },
      },
    });
  }
}

/** Glue API reference, Column. */
const MOST_COMMENT = 255;
