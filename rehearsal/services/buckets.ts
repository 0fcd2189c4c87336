import type { Cloud } from '../assembly/cloud.ts';
import type { RequestContext } from '../iam/condition.ts';
import type { Authorizer, Principal } from './authorizer.ts';

/** Places in S3: who may do what there. The buckets' own policies are not asked. */
export class Buckets {
  readonly #authorizer: Authorizer;
  readonly #keys: ReadonlyMap<string, unknown>;

  constructor(cloud: Cloud, authorizer: Authorizer) {
    this.#authorizer = authorizer;
    this.#keys = new Map(
      cloud.ofType('AWS::S3::Bucket').map(({ ref, properties }) => [ref, keyOf(properties)]),
    );
  }

  /** @param actions of the bucket, without `s3:` @throws {AwsError} AccessDeniedException */
  assertBucket(principal: Principal, bucket: string, ...actions: readonly string[]): void {
    for (const action of actions) this.#assert(principal, action, `arn:aws:s3:::${bucket}`);
  }

  /** @param prefix of the keys to list, which policies may restrict @throws {AwsError} AccessDeniedException */
  assertList(principal: Principal, bucket: string, prefix = ''): void {
    const context = prefix === '' ? {} : { 's3:prefix': prefix };
    this.#assert(principal, 'ListBucket', `arn:aws:s3:::${bucket}`, context);
  }

  /** What no key is used for: to delete an object or to ask for what is known of it. @throws {AwsError} */
  assertWithoutKey(principal: Principal, bucket: string, path: string, action: string): void {
    this.#assert(principal, action, `arn:aws:s3:::${bucket}/${path}`);
  }

  /**
   * For objects of an encrypted bucket the key's use is asked for too.
   *
   * @param actions of objects, without `s3:` @throws {AwsError} AccessDeniedException
   */
  assertObject(
    principal: Principal,
    bucket: string,
    path: string,
    ...actions: readonly string[]
  ): void {
    const key = this.#keys.get(bucket);
    for (const action of actions) {
      this.#assert(principal, action, `arn:aws:s3:::${bucket}/${path}`);
      const use = action === 'PutObject' ? 'GenerateDataKey' : 'Decrypt';
      this.#authorizer.assertKeyUse(principal, key, use, 's3');
    }
  }

  #assert(
    principal: Principal,
    action: string,
    resource: string,
    context: RequestContext = {},
  ): void {
    this.#authorizer.assert({ principal, action: `s3:${action}`, resource, context });
  }
}

const keyOf = (properties: Readonly<Record<string, unknown>>): unknown => {
  const rules: unknown = Object(properties['BucketEncryption']).ServerSideEncryptionConfiguration;
  const [rule] = Array.isArray(rules) ? rules : [];
  return Object(Object(rule).ServerSideEncryptionByDefault).KMSMasterKeyID;
};
