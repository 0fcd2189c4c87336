import * as z from 'zod';
import type { Resource } from '../assembly/cloud.ts';
import type { CatalogTable, GlueCatalog } from '../lake/glue-catalog.ts';

/** CloudFormation may say numbers as text. */
const seconds = z.coerce.number().int().min(0).max(900);

const properties = z.object({
  DeliveryStreamType: z.literal('DirectPut').default('DirectPut'),
  ExtendedS3DestinationConfiguration: z.object({
    BucketARN: z.string(),
    RoleARN: z.string(),
    Prefix: z.string(),
    ErrorOutputPrefix: z.string(),
    BufferingHints: z.object({ IntervalInSeconds: seconds.default(300) }).prefault({}),
    CloudWatchLoggingOptions: z
      .object({
        Enabled: z.boolean().default(false),
        LogGroupName: z.string().optional(),
        LogStreamName: z.string().optional(),
      })
      .prefault({}),
    DataFormatConversionConfiguration: z.object({
      Enabled: z.literal(true),
      InputFormatConfiguration: z.object({
        Deserializer: z.object({ OpenXJsonSerDe: z.object({}) }),
      }),
      OutputFormatConfiguration: z.object({
        Serializer: z.object({ ParquetSerDe: z.object({}) }),
      }),
      SchemaConfiguration: z.object({
        DatabaseName: z.string(),
        TableName: z.string(),
        RoleARN: z.string(),
      }),
    }),
  }),
});

/** A stream of rows of one table. */
export interface DeliveryStream {
  readonly name: string;
  readonly arn: string;
  readonly table: CatalogTable;
  readonly bucket: string;
  readonly errorPrefix: string;
  /** By which it writes, and by which it reads the table's columns. */
  readonly writerRole: string;
  readonly schemaRole: string;
  /** How long rows wait for others. */
  readonly bufferSeconds: number;
  readonly log: { readonly group: string; readonly stream: string } | undefined;
}

/**
 * Reads an `AWS::KinesisFirehose::DeliveryStream` that turns JSON into the Parquet of a Glue table.
 *
 * @throws for what is not modelled, and for rows that would lie where their table does not look, naming the stream
 */
export const readDeliveryStream = (
  { logicalId, ref, arn, properties: given }: Resource,
  catalog: GlueCatalog | undefined,
): DeliveryStream => {
  const parsed = properties.safeParse(given);
  if (!parsed.success)
    throw new Error(`${logicalId}: not modelled: ${z.prettifyError(parsed.error)}`);
  const {
    BucketARN,
    RoleARN,
    Prefix,
    ErrorOutputPrefix,
    BufferingHints,
    CloudWatchLoggingOptions: { Enabled, LogGroupName = '', LogStreamName = '' },
    DataFormatConversionConfiguration: { SchemaConfiguration: schema },
  } = parsed.data.ExtendedS3DestinationConfiguration;
  const table =
    catalog?.database.name === schema.DatabaseName
      ? catalog.tables.get(schema.TableName)
      : undefined;
  if (table === undefined)
    throw new Error(
      `${logicalId}: the templates have no table ${schema.DatabaseName}.${schema.TableName}`,
    );
  const bucket = BucketARN.replace(/^arn:[^:]+:s3:::/, '');
  const expected = `${table.prefix}${table.partition}=!{timestamp:yyyy-MM-dd}/`;
  if (Prefix !== expected || bucket !== table.bucket)
    throw new Error(
      `${logicalId}: writes to ${bucket}/${Prefix}, but the table ${table.name} reads ${table.bucket}/${expected}`,
    );
  return {
    name: ref,
    arn,
    table,
    bucket,
    errorPrefix: ErrorOutputPrefix,
    writerRole: RoleARN,
    schemaRole: schema.RoleARN,
    bufferSeconds: BufferingHints.IntervalInSeconds,
    log: Enabled ? { group: LogGroupName, stream: LogStreamName } : undefined,
  };
};
