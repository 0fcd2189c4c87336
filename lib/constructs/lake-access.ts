import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { CfnDatabase } from 'aws-cdk-lib/aws-glue';
import { type IGrantable, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { type FactName, factNames } from '#core/contracts/facts.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import { factPrefix } from './fact-table.ts';

/** The lake, and where its queries are asked and answered. */
export interface QueriedLake {
  readonly lake: { readonly bucket: Bucket; readonly database: CfnDatabase };
  readonly insight: { readonly workGroup: CfnWorkGroup; readonly results: Bucket };
}

/**
 * Lets a role ask queries of the lake: a query runs with the rights of who starts it (Athena user guide, "Control
 * access to Amazon S3 from Athena" and "Configure access to databases and tables in the AWS Glue Data Catalog"; Step
 * Functions developer guide, "Run Athena queries with Step Functions"). Partitions are projected: Glue is not asked
 * for any. The keys of the buckets let in whoever may use these.
 *
 * @param read facts whose rows it may read, through views too. @default all
 */
export const letQuery = (
  role: IRole,
  { lake, insight }: QueriedLake,
  read: readonly FactName[] = factNames,
): void => {
  const database = known(role, lake.database, lake.database.ref);
  const bucketArn = known(role, lake.bucket, lake.bucket.bucketArn);
  const anyTable = glueArn(role, 'table', `${database}/*`);
  const rows = read.map((fact) => `${bucketArn}/${factPrefix(fact)}*`);
  const answers = answersOf(role, insight);
  const catalog = [glueArn(role, 'catalog'), glueArn(role, 'database', database)];
  allow(
    role,
    ['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:StopQueryExecution'],
    [workGroupArn(role, insight)],
  );
  allow(role, ['athena:GetDataCatalog'], [athenaArn(role, 'datacatalog', 'AwsDataCatalog')]);
  allow(role, ['glue:GetDatabase'], catalog);
  allow(role, ['glue:GetTable'], [...catalog, anyTable]);
  allow(role, ['s3:GetBucketLocation', 's3:ListBucket'], [bucketArn]);
  allow(role, ['s3:GetObject'], rows);
  allow(
    role,
    ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
    [insight.results.bucketArn],
  );
  allow(
    role,
    ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
    [answers],
  );
  acknowledgeWildcard(role, anyTable, 'Views read each other; the database has no others.');
  acknowledgeWildcard(role, answers, ANSWERS_ARE_NAMED);
  for (const each of rows)
    acknowledgeWildcard(role, each, 'Rows of one fact lie in objects named by day.');
};

const ANSWERS_ARE_NAMED = 'An answer is named for its query when it is asked.';

/**
 * Lets a role that may query add rows to tables by INSERT INTO, and read them: objects are only ever added (Athena user
 * guide, "INSERT INTO" and "Control access to Amazon S3 from Athena"). Their partitions are projected: Glue is told of none.
 *
 * @param prefixes of the tables' rows in the lake's bucket, with their slashes
 */
export const letFill = (
  role: IRole,
  { lake }: Pick<QueriedLake, 'lake'>,
  prefixes: readonly string[],
): void => {
  const bucketArn = known(role, lake.bucket, lake.bucket.bucketArn);
  const rows = prefixes.map((prefix) => `${bucketArn}/${prefix}*`);
  allow(role, ['s3:ListBucketMultipartUploads'], [bucketArn]);
  allow(
    role,
    ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
    rows,
  );
  for (const each of rows) acknowledgeWildcard(role, each, 'Athena names what it writes.');
};

/** Lets a role that may query fetch the answers, which it may read. */
export const letFetchResults = (role: IRole, { insight }: Pick<QueriedLake, 'insight'>): void =>
  allow(role, ['athena:GetQueryResults'], [workGroupArn(role, insight)]);

/** Lets a role read what was answered: for GetQueryResults S3 is asked too (Athena API reference). */
export const letReadAnswers = (role: IRole, lake: Pick<QueriedLake, 'insight'>): void => {
  const answers = answersOf(role, lake.insight);
  letFetchResults(role, lake);
  allow(role, ['s3:GetObject'], [answers]);
  acknowledgeWildcard(role, answers, ANSWERS_ARE_NAMED);
};

/** Exported now: what of another stack is only exported at synthesis has no name yet to acknowledge it by. */
const known = (user: IConstruct, owner: IConstruct, value: string): string => {
  const stack = Stack.of(owner);
  return stack === Stack.of(user) ? value : stack.exportValue(value);
};

const answersOf = (role: IRole, { results }: QueriedLake['insight']): string =>
  `${known(role, results, results.bucketArn)}/*`;

const allow = (
  { grantPrincipal }: IGrantable,
  actions: readonly string[],
  resources: readonly string[],
): void => {
  grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: [...actions], resources: [...resources] }),
  );
};

const workGroupArn = (role: IRole, { workGroup }: QueriedLake['insight']): string =>
  athenaArn(role, 'workgroup', workGroup.ref);

const athenaArn = (role: IRole, resource: string, resourceName: string): string =>
  Stack.of(role).formatArn({ service: 'athena', resource, resourceName });

const glueArn = (role: IRole, resource: string, resourceName?: string): string =>
  Stack.of(role).formatArn({
    service: 'glue',
    resource,
    ...(resourceName === undefined ? { arnFormat: ArnFormat.NO_RESOURCE_NAME } : { resourceName }),
  });
