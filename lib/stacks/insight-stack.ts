import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { metricsInput } from '#analytics/metrics-input.ts';
import { namedQueries, readBy, viewsOf } from '#analytics/views.ts';
import type { AfterglowConfig } from '#core/contracts/config.ts';
import { PrivateBucket } from '#lib/constructs/private-bucket.ts';
import { SqlView } from '#lib/constructs/sql-view.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import type { DataStack } from './data-stack.ts';
import type { LakeStack } from './lake-stack.ts';

export interface InsightStackProps extends StackProps {
  readonly data: DataStack;
  readonly lake: Pick<LakeStack, 'bucket' | 'database' | 'tables'>;
  readonly config: AfterglowConfig;
}

/** Results are read at once, and computed again when they are wanted again. */
const RESULT_DAYS = 14;

/** From the lake to the analyst: views, queries to begin with, and a workgroup with a limit. */
export class InsightStack extends Stack {
  readonly workGroup: CfnWorkGroup;
  readonly results: Bucket;

  constructor(scope: Construct, id: string, context: StageContext, props: InsightStackProps) {
    super(scope, id, props);
    this.results = this.addResults(props.data);
    this.workGroup = this.addWorkGroup(context, props.data);
    this.addViews(props);
    this.addQueries(props);
  }

  private addResults({ key }: DataStack): Bucket {
    return new PrivateBucket(this, 'Results', {
      key,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          expiration: Duration.days(RESULT_DAYS),
        },
      ],
      whyNotLogged: 'Athena itself keeps who asked for which result.',
    });
  }

  private addWorkGroup({ stage, config }: StageContext, { key }: DataStack): CfnWorkGroup {
    return new CfnWorkGroup(this, 'WorkGroup', {
      name: `afterglow-${stage}`,
      description: 'Metrics of Afterglow; a query that would scan more than the limit is stopped',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: config.queryLimitGb * 1024 ** 3,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${this.results.bucketName}/`,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: key.keyArn },
          expectedBucketOwner: this.account,
        },
      },
    });
  }

  /** Each after those that it reads. */
  private addViews({ lake, config }: InsightStackProps): void {
    const { database } = lake;
    const made = new Map<string, SqlView>();
    for (const view of viewsOf(metricsInput(config))) {
      const { name, sql, columns, doc } = view;
      const description = `${doc.title}: ${doc.definition}`;
      const table = new SqlView(this, name, { database, sql, columns, description });
      for (const read of readBy(view)) {
        const before = made.get(read);
        if (before !== undefined) table.addResourceDependency(before);
      }
      made.set(name, table);
    }
  }

  private addQueries({ lake }: InsightStackProps): void {
    for (const { name, title, description, sql } of namedQueries()) {
      const query = new CfnNamedQuery(this, `Query-${name}`, {
        database: lake.database.ref,
        workGroup: this.workGroup.ref,
        name: title,
        description,
        queryString: sql,
      });
      query.addResourceDependency(this.workGroup);
    }
  }
}
