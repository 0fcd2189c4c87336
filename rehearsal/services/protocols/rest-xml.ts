import { crc32 } from 'node:zlib';
import { AwsError } from '../aws-error.ts';
import type { Asked, Fault, Protocol, WireRequest } from './protocol.ts';

const contentType = 'application/xml';

/** Operations on objects by method; what has other parameters in its query is another operation. */
const onObjects: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};

/** Members of ListObjectsV2 by their names in a query. */
const listMembers: Readonly<Record<string, string>> = {
  prefix: 'Prefix',
  'continuation-token': 'ContinuationToken',
  'start-after': 'StartAfter',
  'max-keys': 'MaxKeys',
};

/** What would change the answer, and is not modelled. */
const refusedHeaders = [
  'range',
  'if-match',
  'if-modified-since',
  'if-unmodified-since',
  'x-amz-copy-source',
] as const;

/** S3 API reference, "Error responses". */
const statuses: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  PreconditionFailed: 412,
};

const notModelled = (what: string): AwsError =>
  new AwsError('NotImplemented', `S3: ${what} is not modelled by the rehearsal`, { status: 501 });

/**
 * S3, whose buckets are the first part of the path: the SDK asks so by itself when its endpoint is an
 * address, as no name below one can be resolved.
 */
export const restXml: Protocol = {
  read: (request) => {
    const { pathname, searchParams } = new URL(request.url, 'http://rehearsal');
    const [bucket = '', ...parts] = pathname.slice(1).split('/').map(decodeURIComponent);
    const key = parts.join('/');
    const refused = refusedHeaders.find((name) => request.headers[name] !== undefined);
    if (refused !== undefined) throw notModelled(`the header ${refused}`);
    return key === ''
      ? readList(request, bucket, searchParams)
      : readObject(request, { bucket, key, pathname }, searchParams);
  },
  answer: (operation, result) => {
    const { Body: body, ETag: etag, LastModified: modified, ...rest } = { ...Object(result) };
    if (operation === 'ListObjectsV2')
      return { status: 200, contentType, body: xmlOf('ListBucketResult', rest) };
    return {
      status: operation === 'DeleteObject' ? 204 : 200,
      contentType: 'binary/octet-stream',
      headers: {
        ...(typeof etag === 'string' ? { etag } : {}),
        ...(typeof modified === 'string' ? { 'last-modified': modified } : {}),
      },
      body: typeof body === 'string' ? body : '',
    };
  },
  refuse: (fault) => {
    const code = fault.code === 'AccessDeniedException' ? 'AccessDenied' : fault.code;
    const error = { Code: code, Message: fault.message, ...fault.members };
    return { status: statusOf(fault, code), contentType, body: xmlOf('Error', error) };
  },
};

const statusOf = ({ status }: Fault, code: string): number => status ?? statuses[code] ?? 400;

const readList = ({ method, url }: WireRequest, Bucket: string, query: URLSearchParams): Asked => {
  if (method !== 'GET' || query.get('list-type') !== '2')
    return { operation: `${method} ${url}`, input: { Bucket } };
  const input: Record<string, string> = { Bucket };
  for (const [name, value] of query) {
    const member = listMembers[name];
    if (member !== undefined) input[member] = value;
    else if (name !== 'list-type' && name !== 'x-id')
      throw notModelled(`the parameter ${name} of ListObjectsV2`);
  }
  return { operation: 'ListObjectsV2', input };
};

interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
  readonly pathname: string;
}

const readObject = (
  request: WireRequest,
  { bucket: Bucket, key: Key, pathname }: ObjectPlace,
  query: URLSearchParams,
): Asked => {
  const { method } = request;
  const other = [...query.keys()].find((name) => name !== 'x-id');
  const known = other === undefined ? onObjects[method] : undefined;
  const operation = known ?? `${method} ${pathname} ${other ?? ''}`.trim();
  if (operation !== 'PutObject') return { operation, input: { Bucket, Key } };
  const condition = request.headers['if-none-match'];
  const IfNoneMatch = condition === undefined ? {} : { IfNoneMatch: condition };
  return { operation, input: { Bucket, Key, Body: bodyOf(request), ...IfNoneMatch } };
};

/** The body of a PutObject, out of its chunks and held against its checksum. */
const bodyOf = ({ headers, bytes }: WireRequest): Buffer => {
  const isChunked = String(headers['x-amz-content-sha256']).startsWith('STREAMING-');
  const { body, trailers } = isChunked ? unchunked(bytes) : { body: bytes, trailers: '' };
  const [, trailing] = /x-amz-checksum-crc32:(\S+)/.exec(trailers) ?? [];
  const expected = headers['x-amz-checksum-crc32'] ?? trailing;
  if (expected !== undefined && expected !== checksumOf(body))
    throw new AwsError(
      'BadDigest',
      'The CRC32 you specified did not match the calculated checksum.',
    );
  return body;
};

const checksumOf = (body: Buffer): string => {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return sum.toString('base64');
};

/**
 * `aws-chunked`, which the SDK sends streams in: `<hex size>[;chunk-signature=…]`, the bytes, and after
 * a chunk of none the trailers (S3 API reference, "Signature calculations … chunked upload with trailers").
 */
const unchunked = (bytes: Buffer): { readonly body: Buffer; readonly trailers: string } => {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, Math.max(lineEnd, at)).toString('latin1'), 16);
    if (lineEnd < 0 || Number.isNaN(size))
      throw new AwsError('IncompleteBody', 'The body is not in chunks as its headers say.');
    if (size === 0)
      return { body: Buffer.concat(chunks), trailers: bytes.subarray(lineEnd).toString('latin1') };
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
};

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');

/** Members as elements; a list is one element for each of its members. */
const elementsOf = (members: object): string =>
  Object.entries(members)
    .flatMap(([name, value]: [string, unknown]) =>
      (Array.isArray(value) ? value : [value]).map((each: unknown) => {
        const inside =
          typeof each === 'object' && each !== null ? elementsOf(each) : escaped(String(each));
        return `<${name}>${inside}</${name}>`;
      }),
    )
    .join('');

const xmlOf = (name: string, members: object): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name}>${elementsOf(members)}</${name}>`;
