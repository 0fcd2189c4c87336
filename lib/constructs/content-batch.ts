import { Stack } from 'aws-cdk-lib';
import { type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge.ts';

export interface ContentBatchProps {
  /** Input and output of the jobs. */
  readonly bucket: Bucket;
  /** Of their keys, with its star. */
  readonly prefix: string;
  /** ARNs of the model in use. */
  readonly models: readonly string[];
}

/**
 * Who does the jobs of batch inference, and who may create them (Bedrock user guide, "Create a custom service role for batch
 * inference" and "Required permissions for batch inference"). The key of the bucket lets in whoever may use it.
 */
export class ContentBatch extends Construct {
  /** Bedrock takes it on for jobs of this account. */
  readonly role: Role;
  private readonly models: readonly string[];
  private readonly jobs: string;

  constructor(scope: Construct, id: string, { bucket, prefix, models }: ContentBatchProps) {
    super(scope, id);
    const { account } = Stack.of(this);
    this.models = models;
    this.jobs = Stack.of(this).formatArn({
      service: 'bedrock',
      resource: 'model-invocation-job',
      resourceName: '*',
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('bedrock.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': this.jobs },
        },
      }),
    });
    this.letWork(bucket, bucket.arnForObjects(prefix));
  }

  /** A job by an inference profile asks its role for the profile and the models behind it. */
  private letWork(bucket: Bucket, objects: string): void {
    this.role.addToPolicy(
      new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [objects] }),
    );
    this.role.addToPolicy(
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    );
    this.role.addToPolicy(
      new PolicyStatement({ actions: ['bedrock:InvokeModel'], resources: [...this.models] }),
    );
    acknowledgeWildcard(this.role, objects, 'A run is named when it is started.');
    this.acknowledgeModels(this.role);
  }

  /** Lets a role create jobs, hand them the role that does them, and ask how they are. */
  letCreateJobs(creator: IRole): void {
    for (const statement of [
      { actions: ['bedrock:CreateModelInvocationJob'], resources: [...this.models, this.jobs] },
      { actions: ['bedrock:GetModelInvocationJob'], resources: [this.jobs] },
      {
        actions: ['iam:PassRole'],
        resources: [this.role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'bedrock.amazonaws.com' } },
      },
    ])
      creator.addToPrincipalPolicy(new PolicyStatement(statement));
    acknowledgeWildcard(creator, this.jobs, 'Bedrock makes up the id of a job.');
    this.acknowledgeModels(creator);
  }

  private acknowledgeModels(role: IRole): void {
    for (const arn of this.models.filter((each) => each.includes('*')))
      acknowledgeWildcard(
        role,
        arn,
        'An inference profile leads to its model in any of its regions.',
      );
  }
}
