import type { Cloud } from '../assembly/cloud.ts';
import type { CatalogTable } from '../lake/glue-catalog.ts';
import type { Lake, ReadByQuery } from '../lake/lake.ts';
import type { Authorizer, Principal } from './authorizer.ts';
import type { Buckets } from './buckets.ts';

export interface AthenaAccessOptions {
  readonly cloud: Cloud;
  readonly authorizer: Authorizer;
  readonly buckets: Buckets;
  readonly lake: Lake;
}

/** A place in S3. */
export interface S3Place {
  readonly bucket: string;
  readonly path: string;
}

/**
 * What Athena does with the permissions of its caller (Athena user guide, "Configure access to databases and tables
 * in the AWS Glue Data Catalog" and "Control access to Amazon S3 from Athena"). Parts of multipart uploads are not
 * asked for: results here are small. Partitions that are projected are not asked of Glue.
 */
export class AthenaAccess {
  readonly #options: AthenaAccessOptions;

  constructor(options: AthenaAccessOptions) {
    this.#options = options;
  }

  /** @param operation without `athena:` @throws {AwsError} AccessDeniedException */
  assertWorkGroup(principal: Principal, operation: string, workGroup: string): void {
    const { authorizer, cloud } = this.#options;
    const resource = `arn:aws:athena:${cloud.region}:${cloud.account}:workgroup/${workGroup}`;
    authorizer.assert({ principal, action: `athena:${operation}`, resource });
  }

  assertMayRead(principal: Principal, { tables, views }: ReadByQuery): void {
    const { buckets } = this.#options;
    this.#assertGlue(principal, 'GetDatabase');
    for (const { arn } of [...tables, ...views]) this.#assertGlue(principal, 'GetTable', arn);
    for (const { arn, bucket, prefix, isProjected } of tables) {
      if (!isProjected) this.#assertGlue(principal, 'GetPartitions', arn);
      buckets.assertBucket(principal, bucket, 'GetBucketLocation', 'ListBucket');
      buckets.assertObject(principal, bucket, `${prefix}object`, 'GetObject');
    }
  }

  /**
   * INSERT INTO adds objects and, where partitions are not projected, tells Glue of them (Athena user guide, "INSERT INTO").
   */
  assertMayFill(principal: Principal, { arn, bucket, prefix, isProjected }: CatalogTable): void {
    const { buckets } = this.#options;
    this.#assertGlue(principal, 'GetTable', arn);
    if (!isProjected) this.#assertGlue(principal, 'BatchCreatePartition', arn);
    buckets.assertBucket(principal, bucket, 'GetBucketLocation', 'ListBucket');
    buckets.assertObject(principal, bucket, `${prefix}object`, 'PutObject');
  }

  assertMayWriteResult(principal: Principal, { bucket, path }: S3Place): void {
    const { buckets } = this.#options;
    buckets.assertBucket(principal, bucket, 'GetBucketLocation');
    buckets.assertObject(principal, bucket, path, 'PutObject');
  }

  assertMayReadResult(principal: Principal, { bucket, path }: S3Place): void {
    this.#options.buckets.assertObject(principal, bucket, path, 'GetObject');
  }

  /** Glue asks for the catalogue, the database and the table, each of them. */
  #assertGlue(principal: Principal, operation: string, table?: string): void {
    const { authorizer, lake } = this.#options;
    const { arn, database } = lake.catalog;
    for (const resource of [arn, database.arn, ...(table === undefined ? [] : [table])])
      authorizer.assert({ principal, action: `glue:${operation}`, resource });
  }
}
