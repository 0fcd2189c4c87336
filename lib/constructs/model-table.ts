import { Stack } from 'aws-cdk-lib';
import { type CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Construct } from 'constructs';
import type { Model } from '#analytics/models.ts';

export interface ModelTableProps {
  /** The statement that fills it, its columns in their order, the partition last. */
  readonly model: Model;
  readonly database: CfnDatabase;
  readonly bucket: { readonly bucketName: string };
}

/** Where the rows of a model's table lie, below the bucket. */
export const modelPrefix = (name: Model['name']): string => `models/${name}/`;

/** Glue API reference, Column. */
const MOST_COMMENT = 255;

/**
 * A table that a model fills by INSERT INTO: Parquet, a partition a month, projected, so that a new month is found
 * without being told of (Athena user guide, "Use partition projection"). Its folders are named as Hive names them, which
 * is where INSERT INTO writes.
 */
export class ModelTable extends CfnTable {
  constructor(scope: Construct, id: string, { model, database, bucket }: ModelTableProps) {
    const location = `s3://${bucket.bucketName}/${modelPrefix(model.name)}`;
    const partition = model.columns.at(-1)?.name ?? '';
    super(scope, id, {
      catalogId: Stack.of(scope).account,
      databaseName: database.ref,
      tableInput: {
        name: model.name,
        description: model.doc.grain,
        tableType: 'EXTERNAL_TABLE',
        parameters: {
          classification: 'parquet',
          'parquet.compression': 'SNAPPY',
          'projection.enabled': 'true',
          [`projection.${partition}.type`]: 'date',
          [`projection.${partition}.format`]: 'yyyy-MM',
          // The window is two years at the most.
          [`projection.${partition}.range`]: 'NOW-25MONTHS,NOW+1MONTHS',
          [`projection.${partition}.interval`]: '1',
          [`projection.${partition}.interval.unit`]: 'MONTHS',
          'storage.location.template': `${location}${partition}=\${${partition}}/`,
        },
        partitionKeys: [{ name: partition, type: 'string' }],
        storageDescriptor: {
          location,
          columns: model.columns.slice(0, -1).map(({ name, type, doc }) => ({
            name,
            type,
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
