import * as z from 'zod';
import type { ColumnType } from '#core/contracts/facts.ts';
import type { Cloud, Resource } from '../assembly/cloud.ts';
import type { LakeView } from './duckdb.ts';

/** A table of Parquet files. */
export interface CatalogTable {
  readonly name: string;
  readonly arn: string;
  /** Those of the files, without the partition's. */
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly partition: string;
  readonly bucket: string;
  /** Below the bucket, with its slash: `touches/`. */
  readonly prefix: string;
  /** Whether its partitions follow from its properties, so that nobody asks Glue for them. */
  readonly isProjected: boolean;
}

export interface CatalogView extends LakeView {
  readonly arn: string;
  /** What it promises to give, in this order; types in Trino's words. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** What the templates put into the Glue Data Catalog: one database. */
export interface GlueCatalog {
  readonly arn: string;
  readonly database: { readonly name: string; readonly arn: string };
  readonly tables: ReadonlyMap<string, CatalogTable>;
  readonly views: ReadonlyMap<string, CatalogView>;
}

const column = z.object({ Name: z.string(), Type: z.string() });

const tableInput = z.object({
  TableType: z.string(),
  Parameters: z.record(z.string(), z.string()).default({}),
  PartitionKeys: z.array(column).default([]),
  StorageDescriptor: z.object({
    Columns: z.array(column).default([]),
    Location: z.string().default(''),
  }),
  ViewOriginalText: z.string().optional(),
});

const prestoView = z.object({
  originalSql: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
});

const columnType = z.enum(['string', 'int', 'bigint', 'double', 'boolean', 'timestamp'], {
  error: ({ input }) => `the rehearsal does not model columns of type ${String(input)}`,
});

/**
 * Reads the templates' database; nothing when they have none.
 *
 * @throws for what is not modelled: several databases, other kinds of tables and other types, naming it
 */
export const readGlueCatalog = (cloud: Cloud): GlueCatalog | undefined => {
  const [database, other] = cloud.ofType('AWS::Glue::Database');
  if (database === undefined) return undefined;
  if (other !== undefined)
    throw new Error(`${other.logicalId}: the rehearsal models one Glue database, not several`);
  const arn = (path: string) => `arn:aws:glue:${cloud.region}:${cloud.account}:${path}`;
  const entries = cloud.ofType('AWS::Glue::Table').map((resource) => ({
    resource,
    arn: arn(`table/${database.ref}/${resource.ref}`),
    input: read(tableInput, resource.properties['TableInput'], resource),
  }));
  const isView = ({ input }: Entry): boolean => input.TableType === 'VIRTUAL_VIEW';
  return {
    arn: arn('catalog'),
    database: { name: database.ref, arn: arn(`database/${database.ref}`) },
    tables: byName(entries.filter((entry) => !isView(entry)).map(tableOf)),
    views: byName(entries.filter(isView).map(viewOf)),
  };
};

interface Entry {
  readonly resource: Resource;
  readonly arn: string;
  readonly input: z.output<typeof tableInput>;
}

const byName = <Named extends { readonly name: string }>(
  all: readonly Named[],
): ReadonlyMap<string, Named> => new Map(all.map((each) => [each.name, each]));

const tableOf = ({ resource, arn, input }: Entry): CatalogTable => {
  const { PartitionKeys, Parameters, StorageDescriptor } = input;
  const [partition] = PartitionKeys;
  const location = /^s3:\/\/(?<bucket>[^/]+)\/(?<prefix>.+\/)$/.exec(StorageDescriptor.Location);
  if (partition === undefined || PartitionKeys.length > 1 || partition.Type !== 'string')
    throw new Error(`${resource.logicalId}: expected one partition key, a string`);
  if (location?.groups === undefined)
    throw new Error(
      `${resource.logicalId}: got the location "${StorageDescriptor.Location}", expected s3://<bucket>/<prefix>/`,
    );
  const { bucket = '', prefix = '' } = location.groups;
  return {
    name: resource.ref,
    arn,
    columns: Object.fromEntries(
      StorageDescriptor.Columns.map(({ Name, Type }) => [Name, read(columnType, Type, resource)]),
    ),
    partition: partition.Name,
    bucket,
    prefix,
    isProjected: Parameters['projection.enabled'] === 'true',
  };
};

/** Athena keeps a view as JSON, in Base64, in a comment (Trino, `ViewReaderUtil`). */
const viewOf = ({ resource, arn, input }: Entry): CatalogView => {
  const [, encoded] =
    /^\/\* Presto View: ([\w+/=]+) \*\/$/.exec(input.ViewOriginalText ?? '') ?? [];
  if (encoded === undefined)
    throw new Error(
      `${resource.logicalId}: expected the ViewOriginalText "/* Presto View: <JSON in Base64> */"`,
    );
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const { originalSql, columns } = read(prestoView, JSON.parse(text), resource);
  return { name: resource.ref, arn, sql: originalSql, columns };
};

const read = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  { logicalId }: Resource,
): z.output<Schema> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`${logicalId}: ${z.prettifyError(parsed.error)}`);
};
