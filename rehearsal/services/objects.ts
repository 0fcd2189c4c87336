import { isUtf8 } from 'node:buffer';
import { join } from 'node:path';
import type { Cloud } from '../assembly/cloud.ts';
import type { ListedObject } from '../asl/map-runs/map-host.ts';
import type { VirtualClock } from '../clock.ts';
import type { Authorizer, Principal } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import { Buckets } from './buckets.ts';
import { ObjectFiles } from './objects-files.ts';
import { type Service, textOf } from './service.ts';

export interface ObjectsOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  /** The objects are in its folder `s3`. */
  readonly stateDir: string;
}

type Input = Readonly<Record<string, unknown>>;

/** S3 lists this many objects at once, and no more. */
const MAX_KEYS = 1000;

/** Step Functions developer guide, "ResultWriter (Map)": what an export of a Map Run needs, as it is uploaded in parts. */
const EXPORT_ACTIONS = [
  'PutObject',
  'GetObject',
  'ListMultipartUploadParts',
  'AbortMultipartUpload',
];

const noSuchKey = (key: string): AwsError =>
  new AwsError('NoSuchKey', 'The specified key does not exist.', { members: { Key: key } });

/** A page of a listing goes on after its last key. */
const tokenOf = (key: string): string => Buffer.from(key).toString('base64url');

/** S3: the objects of the buckets in the templates, text alone. */
export class Objects {
  readonly #files: ObjectFiles;
  readonly #buckets: Buckets;
  readonly #names: ReadonlySet<string>;

  constructor({ cloud, clock, authorizer, stateDir }: ObjectsOptions) {
    this.#files = new ObjectFiles(join(stateDir, 's3'), () => clock.now());
    this.#buckets = new Buckets(cloud, authorizer);
    this.#names = new Set(cloud.ofType('AWS::S3::Bucket').map(({ ref }) => ref));
  }

  /** Puts an object as somebody outside does, whom nobody asks for permissions. @throws {AwsError} NoSuchBucket */
  put(bucket: string, key: string, text: string): void {
    this.#assertExists(bucket);
    this.#files.put(bucket, key, text);
  }

  /** @returns the text, undefined when there is no such object @throws {AwsError} NoSuchBucket */
  get(bucket: string, key: string): string | undefined {
    this.#assertExists(bucket);
    return this.#files.get(bucket, key);
  }

  /** In the order of the keys. @throws {AwsError} NoSuchBucket */
  list(bucket: string, prefix = ''): readonly ListedObject[] {
    this.#assertExists(bucket);
    return this.#files.list(bucket, prefix);
  }

  /** An object as a service reads it by a role. @throws {AwsError} NoSuchBucket, NoSuchKey, AccessDeniedException */
  readAs(principal: Principal, bucket: string, key: string): string {
    this.#assertExists(bucket);
    this.#buckets.assertObject(principal, bucket, key, 'GetObject');
    const text = this.#files.get(bucket, key);
    if (text === undefined) throw noSuchKey(key);
    return text;
  }

  /** @throws {AwsError} NoSuchBucket, AccessDeniedException */
  listAs(principal: Principal, bucket: string, prefix: string): readonly ListedObject[] {
    this.#assertExists(bucket);
    this.#buckets.assertList(principal, bucket, prefix);
    return this.#files.list(bucket, prefix);
  }

  /** An object that a service puts by a role. @throws {AwsError} NoSuchBucket, AccessDeniedException */
  writeAs(principal: Principal, bucket: string, key: string, text: string): void {
    this.#assertExists(bucket);
    this.#buckets.assertObject(principal, bucket, key, 'PutObject');
    this.#files.put(bucket, key, text);
  }

  /** An object of a Map Run's export. @throws {AwsError} NoSuchBucket, AccessDeniedException */
  exportAs(principal: Principal, bucket: string, key: string, text: string): void {
    this.#assertExists(bucket);
    this.#buckets.assertObject(principal, bucket, key, ...EXPORT_ACTIONS);
    this.#files.put(bucket, key, text);
  }

  readonly service: Service = async ({ principal, operation, input }) => {
    const bucket = textOf(input, 'Bucket');
    const key = textOf(input, 'Key');
    switch (operation) {
      case 'GetObject':
        return this.#getObject(principal, bucket, key);
      case 'HeadObject':
        return this.#headObject(principal, bucket, key);
      case 'PutObject':
        return this.#putObject(principal, bucket, key, input);
      case 'DeleteObject':
        this.#assertExists(bucket);
        this.#buckets.assertWithoutKey(principal, bucket, key, 'DeleteObject');
        this.#files.delete(bucket, key);
        return {};
      case 'ListObjectsV2':
        return this.#listObjects(principal, bucket, input);
      default:
        throw new AwsError('NotImplemented', `S3 ${operation} is not modelled by the rehearsal`, {
          status: 501,
        });
    }
  };

  #getObject(principal: Principal, bucket: string, key: string): unknown {
    this.#assertExists(bucket);
    this.#buckets.assertObject(principal, bucket, key, 'GetObject');
    return { Body: this.#files.get(bucket, key), ...this.#known(principal, bucket, key) };
  }

  #headObject(principal: Principal, bucket: string, key: string): unknown {
    this.#assertExists(bucket);
    this.#buckets.assertWithoutKey(principal, bucket, key, 'GetObject');
    return { Body: this.#files.get(bucket, key), ...this.#known(principal, bucket, key) };
  }

  #putObject(principal: Principal, bucket: string, key: string, input: Input): unknown {
    this.#assertExists(bucket);
    this.#buckets.assertObject(principal, bucket, key, 'PutObject');
    const { Body: body, IfNoneMatch: ifNoneMatch } = input;
    if (!Buffer.isBuffer(body) || !isUtf8(body))
      throw new AwsError(
        'NotImplemented',
        `The object ${bucket}/${key} is no text of UTF-8; the rehearsal keeps text alone.`,
        { status: 501 },
      );
    if (ifNoneMatch === '*' && this.#files.get(bucket, key) !== undefined)
      throw new AwsError(
        'PreconditionFailed',
        'At least one of the pre-conditions you specified did not hold',
        { members: { Condition: 'If-None-Match' } },
      );
    return { ETag: this.#files.put(bucket, key, body.toString('utf8')).etag };
  }

  #listObjects(principal: Principal, bucket: string, input: Input): unknown {
    const prefix = textOf(input, 'Prefix');
    const token = textOf(input, 'ContinuationToken');
    const after =
      token === '' ? textOf(input, 'StartAfter') : Buffer.from(token, 'base64url').toString('utf8');
    const most = Math.min(Number(textOf(input, 'MaxKeys') || MAX_KEYS), MAX_KEYS);
    const rest = this.listAs(principal, bucket, prefix).filter(
      ({ key }) => Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0,
    );
    const contents = rest.slice(0, most);
    const last = contents.at(-1);
    const isTruncated = rest.length > contents.length;
    return {
      Name: bucket,
      Prefix: prefix,
      MaxKeys: most,
      KeyCount: contents.length,
      IsTruncated: isTruncated,
      ...(token === '' ? {} : { ContinuationToken: token }),
      ...(isTruncated && last !== undefined ? { NextContinuationToken: tokenOf(last.key) } : {}),
      Contents: contents.map(({ key, bytes, etag, modifiedMs }) => ({
        Key: key,
        LastModified: new Date(modifiedMs).toISOString(),
        ETag: etag,
        Size: bytes,
        StorageClass: 'STANDARD',
      })),
    };
  }

  /**
   * That there is no such object S3 tells those alone who may list the bucket (API reference,
   * "GetObject", permissions); everybody else is denied.
   */
  #known(principal: Principal, bucket: string, key: string): object {
    const known = this.#files.head(bucket, key);
    if (known === undefined) {
      this.#buckets.assertList(principal, bucket);
      throw noSuchKey(key);
    }
    return { ETag: known.etag, LastModified: new Date(known.modifiedMs).toUTCString() };
  }

  #assertExists(bucket: string): void {
    if (!this.#names.has(bucket))
      throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', {
        members: { BucketName: bucket },
      });
  }
}
