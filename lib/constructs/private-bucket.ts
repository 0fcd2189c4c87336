import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

export interface PrivateBucketProps {
  readonly key: IKey;
  readonly lifecycleRules: LifecycleRule[];
  /** Why nobody logs who reads it. */
  readonly whyNotLogged: string;
}

/** A bucket that nobody reads without a grant, encrypted by our key, and kept when its stack goes. */
export class PrivateBucket extends Bucket {
  constructor(
    scope: Construct,
    id: string,
    { key, lifecycleRules, whyNotLogged }: PrivateBucketProps,
  ) {
    super(scope, id, {
      encryptionKey: key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      blockPublicAccess: {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules,
    });
    acknowledge(this, 'AwsSolutions-S1', whyNotLogged);
  }
}
