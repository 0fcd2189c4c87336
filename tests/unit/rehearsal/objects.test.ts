import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchBucket,
  NoSuchKey,
  NotFound,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { build } from 'esbuild';
import { describe, expect, onTestFinished, test } from 'vitest';
import { VirtualClock } from '#rehearsal/clock.ts';
import { Authorizer } from '#rehearsal/services/authorizer.ts';
import { openGateway } from '#rehearsal/services/gateway.ts';
import { ObjectFiles } from '#rehearsal/services/objects-files.ts';
import { lambdaBundle, root } from '#lib/bundling/esbuild-options.ts';
import { Objects } from '#rehearsal/services/objects.ts';
import { temporaryFolder } from './booted.ts';
import {
  ACCOUNT,
  arnOf,
  cloudOf,
  functionOf,
  getAtt,
  type Grants,
  REGION,
  roleOf,
  servicesOf,
  START_MS,
} from './stage.ts';

const BUCKET = 'app-box';
const ARN = `arn:aws:s3:::${BUCKET}`;

const everything: Grants = [
  ['s3:*', ARN],
  ['s3:*', `${ARN}/*`],
  ['kms:*', getAtt('Key')],
];

const opened = async (grants: Grants = everything) => {
  const cloud = cloudOf({
    ...roleOf('Caller', grants),
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: {
        KeyPolicy: {
          Statement: {
            Effect: 'Allow',
            Action: 'kms:*',
            Resource: '*',
            Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
          },
        },
      },
    },
    Box: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { KMSMasterKeyID: getAtt('Key') } },
          ],
        },
      },
    },
  });
  const authorizer = new Authorizer(cloud);
  const stateDir = temporaryFolder();
  const options = { cloud, authorizer, stateDir, clock: new VirtualClock(START_MS) };
  const objects = new Objects(options);
  const gateway = await openGateway();
  onTestFinished(gateway.close);
  gateway.serve({ s3: objects.service }, (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`);
  const client = new S3Client({
    endpoint: gateway.endpoint,
    region: REGION,
    maxAttempts: 1,
    credentials: { accessKeyId: 'App-CallerRole', secretAccessKey: 'rehearsal' },
  });
  onTestFinished(() => client.destroy());
  const put = (Key: string, Body: string) =>
    client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
  const read = async (Key: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
    return Body?.transformToString();
  };
  return { objects, client, authorizer, stateDir, options, put, read };
};

const nameOfError = async (answer: Promise<unknown>): Promise<string> => {
  try {
    await answer;
    return 'no error';
  } catch (error) {
    return Object(error).name;
  }
};

describe('the SDK’s S3 client', () => {
  test('puts an object, reads it and is told of it', async () => {
    const { client, put, read } = await opened();
    const key = 'reports/Grüße & 1+1=2.json';

    const { ETag } = await put(key, '{"grüße":"<ü>"}');

    expect(await read(key)).toBe('{"grüße":"<ü>"}');
    const known = await client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: key }));
    expect(known).toMatchObject({ ETag, ContentLength: 18, LastModified: new Date(START_MS) });
  });

  test('puts a stream, which comes in chunks with its checksum behind it', async () => {
    const { client, read } = await opened();
    const bytes = Buffer.from('first ü, second');
    // The chunks part a letter of two bytes.
    const Body = Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]);
    const ContentLength = bytes.length;

    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'k', Body, ContentLength }));

    expect(await read('k')).toBe('first ü, second');
  });

  test('is refused bytes that are no text, by name', async () => {
    const { client } = await opened();
    const Body = Uint8Array.of(0xff, 0xfe);

    await expect(
      client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'k', Body })),
    ).rejects.toThrow('is no text of UTF-8');
  });

  test('is refused a body that is not the one of its checksum', async () => {
    const { client } = await opened();
    const command = new PutObjectCommand({
      Bucket: BUCKET,
      Key: 'k',
      Body: 'text',
      ChecksumCRC32: 'AAAAAA==',
    });

    expect(await nameOfError(client.send(command))).toBe('BadDigest');
  });

  test('overwrites nothing where there may be nothing', async () => {
    const { client, put } = await opened();
    await put('k', 'old');
    const command = new PutObjectCommand({
      Bucket: BUCKET,
      Key: 'k',
      Body: 'new',
      IfNoneMatch: '*',
    });

    expect(await nameOfError(client.send(command))).toBe('PreconditionFailed');
  });

  test('lists in the order of the keys, page by page', async () => {
    const { client, put } = await opened();
    for (const key of ['in/b', 'in/a&', 'in/Z', 'out/a', 'in'])
      await put(key === 'in' ? 'i' : key, key);

    const pages: unknown[] = [];
    const listing = paginateListObjectsV2(
      { client, pageSize: 2 },
      { Bucket: BUCKET, Prefix: 'in/' },
    );
    for await (const { Contents = [], IsTruncated } of listing)
      pages.push([Contents.map(({ Key, Size }) => [Key, Size]), IsTruncated]);

    expect(pages).toEqual([
      [
        [
          ['in/Z', 4],
          ['in/a&', 5],
        ],
        true,
      ],
      [[['in/b', 4]], false],
    ]);
  });

  test('is told that nothing is there', async () => {
    const { client } = await opened();

    const listed = await client.send(new ListObjectsV2Command({ Bucket: BUCKET }));

    expect([listed.KeyCount, listed.Contents]).toEqual([0, undefined]);
  });

  test('deletes, even what is not there', async () => {
    const { client, put, objects } = await opened();
    await put('k', 'text');

    for (const Key of ['k', 'k'])
      await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));

    expect(objects.list(BUCKET)).toEqual([]);
  });

  test('gets S3’s own errors', async () => {
    const { client } = await opened();
    const get = (Bucket: string) => client.send(new GetObjectCommand({ Bucket, Key: 'none' }));

    await expect(get(BUCKET)).rejects.toThrow(NoSuchKey);
    await expect(client.send(new ListObjectsV2Command({ Bucket: 'other' }))).rejects.toThrow(
      NoSuchBucket,
    );
    await expect(
      client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'none' })),
    ).rejects.toThrow(NotFound);
  });

  test('is refused what is not modelled, by name', async () => {
    const { client, put } = await opened();
    await put('k', 'text');
    const ranged = new GetObjectCommand({ Bucket: BUCKET, Key: 'k', Range: 'bytes=0-1' });
    const listed = new ListObjectsV2Command({ Bucket: BUCKET, Delimiter: '/' });

    await expect(client.send(ranged)).rejects.toThrow('the header range is not modelled');
    await expect(client.send(listed)).rejects.toThrow('the parameter delimiter of ListObjectsV2');
  });
});

describe('what a role may not do', () => {
  const without = (action: string): Grants => [
    ...(['GetObject', 'PutObject', 'DeleteObject'] as const)
      .map((name) => [`s3:${name}`, `${ARN}/*`] as const)
      .filter(([name]) => name !== action),
    ...(action === 's3:ListBucket' ? [] : [['s3:ListBucket', ARN] as const]),
    ...(['Decrypt', 'GenerateDataKey'] as const)
      .map((name) => [`kms:${name}`, getAtt('Key')] as const)
      .filter(([name]) => name !== action),
  ];

  const k = { Bucket: BUCKET, Key: 'k' };
  const get = (client: S3Client) => client.send(new GetObjectCommand(k));
  const put = (client: S3Client) => client.send(new PutObjectCommand({ ...k, Body: 'text' }));

  test.each<[string, (client: S3Client) => Promise<unknown>]>([
    ['s3:GetObject', get],
    ['kms:Decrypt', get],
    ['s3:PutObject', put],
    ['kms:GenerateDataKey', put],
    ['s3:DeleteObject', (client) => client.send(new DeleteObjectCommand(k))],
    ['s3:ListBucket', (client) => client.send(new ListObjectsV2Command({ Bucket: BUCKET }))],
    // Who may not list is not told that there is no such key.
    ['s3:ListBucket', (client) => client.send(new GetObjectCommand({ ...k, Key: 'none' }))],
  ])('is denied without %s', async (action, ask) => {
    const { client, objects, authorizer } = await opened(without(action));
    objects.put(BUCKET, 'k', 'text');

    expect(await nameOfError(ask(client))).toBe('AccessDenied');
    expect(authorizer.denials.map((denial) => denial.action)).toEqual([action]);
  });
});

const working = `
  import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
  const client = new S3Client({});
  export const handler = async ({ Body }) => {
    await client.send(new PutObjectCommand({ Bucket: '${BUCKET}', Key: 'reports/1', Body }));
    const answer = await client.send(new GetObjectCommand({ Bucket: '${BUCKET}', Key: 'reports/1' }));
    return answer.Body.transformToString();
  };
`;

test('a function with a plain client puts and reads objects', async () => {
  const gateway = await openGateway();
  onTestFinished(gateway.close);
  const { outputFiles } = await build({
    ...lambdaBundle,
    stdin: { contents: working, resolveDir: root },
    write: false,
  });
  const services = servicesOf(
    {
      ...functionOf('Work', [
        ['s3:PutObject', `${ARN}/*`],
        ['s3:GetObject', `${ARN}/*`],
      ]),
      Box: { Type: 'AWS::S3::Bucket', Properties: {} },
    },
    { Work: outputFiles[0]?.text ?? '' },
    gateway.endpoint,
  );
  const objects = new Objects({ ...services, stateDir: temporaryFolder() });
  gateway.serve({ s3: objects.service }, (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`);

  const answer = await services.lambdas.invoke(arnOf('lambda', 'function:App-Work'), { Body: 'ü' });

  expect(answer).toMatchObject({ ok: true, payload: 'ü' });
  expect(objects.get(BUCKET, 'reports/1')).toBe('ü');
});

describe('objects in the process', () => {
  test('are there again for whoever opens the folder next', async () => {
    const { objects, options, stateDir } = await opened();
    objects.put(BUCKET, 'reports/2026.json', '{}');

    const again = new Objects(options);

    expect(again.get(BUCKET, 'reports/2026.json')).toBe('{}');
    expect(existsSync(join(stateDir, 's3', BUCKET, 'reports', '2026.json'))).toBe(true);
    expect(again.get(BUCKET, 'reports')).toBeUndefined();
  });

  test('are refused in a bucket that the templates do not have', async () => {
    const { objects } = await opened();

    expect(() => objects.put('other', 'k', '')).toThrow('The specified bucket does not exist');
  });

  test('whose key is the folder of another are refused by name', async () => {
    const { objects } = await opened();
    objects.put(BUCKET, 'a/b', '');

    expect(() => objects.put(BUCKET, 'a', '')).toThrow('its key is the folder of another');
  });

  test('have any key, and never leave their folder', () => {
    const part = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('', '.', '..', '%', '...'));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const key = parts.join('/');
        fc.pre(key !== '');
        const dir = temporaryFolder();
        const files = new ObjectFiles(join(dir, 's3'), () => START_MS);

        files.put('b', key, 'text');

        expect(files.list('b').map((each) => each.key)).toEqual([key]);
        expect(files.get('b', key)).toBe('text');
        expect([readdirSync(dir), readdirSync(join(dir, 's3'))]).toEqual([['s3'], ['b']]);
      }),
      { numRuns: 60 },
    );
  });
});
