/** A request as a browser or mail client sends it. */
export interface HttpRequest {
  /** `GET`, `POST`. */
  readonly method: string;
  /** Path and query as on the request line, still encoded: `/u/abc?x=1`. */
  readonly path: string;
  /** By name in any case; a header that came twice has a list. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined;
  readonly body?: string | Uint8Array | undefined;
  /** @default 127.0.0.1 */
  readonly sourceIp?: string | undefined;
}

/** What of an event does not stand in the request. */
export interface EventPlace {
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly routeKey: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Decoded. */
  readonly rawPath: string;
  readonly requestId: string;
  readonly nowMs: number;
}

type Headers = Readonly<Record<string, string>>;

/**
 * Content types whose body a function gets as text. AWS does not list them: these were observed on
 * HTTP APIs (github.com/ministackorg/ministack/pull/766). Any other body, a form's and one without a
 * content type included, comes in base64.
 */
const isText = (contentType: string): boolean =>
  /^(text\/[^;]*|application\/(json|xml|javascript))\s*(;|$)/i.test(contentType.trim());

/**
 * The event of a Lambda proxy integration, payload format 2.0 (API Gateway developer guide, "Create
 * AWS Lambda proxy integrations for HTTP APIs"). `rawPath` is decoded, as HTTP APIs do it
 * (aws/aws-lambda-dotnet#1901); the query string is not. Fields that have nothing in them are absent.
 */
export const toEvent = (request: HttpRequest, place: EventPlace) => {
  const { headers, cookies } = readHeaders(request);
  const rawQueryString = queryOf(request.path);
  const query = joinedQuery(rawQueryString);
  return {
    version: '2.0',
    routeKey: place.routeKey,
    rawPath: place.rawPath,
    rawQueryString,
    ...(cookies.length > 0 && { cookies }),
    headers: forwarded(headers, request),
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    requestContext: contextOf(request, place, headers),
    ...(Object.keys(place.parameters).length > 0 && { pathParameters: place.parameters }),
    ...bodyOf(request, headers['content-type'] ?? ''),
  };
};

const contextOf = ({ method, sourceIp }: HttpRequest, place: EventPlace, headers: Headers) => {
  const { accountId, apiId, domainName, routeKey, requestId, rawPath, nowMs } = place;
  return {
    accountId,
    apiId,
    domainName,
    domainPrefix: domainName.split('.')[0] ?? '',
    http: {
      method,
      path: rawPath,
      protocol: 'HTTP/1.1',
      sourceIp: sourceIp ?? LOOPBACK,
      userAgent: headers['user-agent'] ?? '',
    },
    requestId,
    routeKey,
    stage: '$default',
    time: logTime(nowMs),
    timeEpoch: nowMs,
  };
};

const LOOPBACK = '127.0.0.1';

const readHeaders = ({ headers = {} }: HttpRequest) => {
  const all = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), [value].flat()] as const],
  );
  const cookies = all
    .filter(([name]) => name === 'cookie')
    .flatMap(([, values]) => values.flatMap((value) => value.split(/;\s*/)));
  const others = all.filter(([name]) => name !== 'cookie');
  return {
    headers: Object.fromEntries(others.map(([name, values]) => [name, values.join(',')])),
    cookies,
  };
};

/** What API Gateway says of the connection, which was by HTTPS. */
const forwarded = (headers: Headers, { sourceIp }: HttpRequest): Headers => ({
  ...headers,
  'x-forwarded-for': sourceIp ?? LOOPBACK,
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
});

const bodyOf = ({ body = '' }: HttpRequest, contentType: string) => {
  const bytes = Buffer.from(body);
  if (bytes.length === 0) return { isBase64Encoded: false };
  return isText(contentType)
    ? { body: bytes.toString('utf8'), isBase64Encoded: false }
    : { body: bytes.toString('base64'), isBase64Encoded: true };
};

const queryOf = (path: string): string => {
  const at = path.indexOf('?');
  return at < 0 ? '' : path.slice(at + 1);
};

const joinedQuery = (text: string): Readonly<Record<string, string>> => {
  const query = new URLSearchParams(text);
  return Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name).join(',')]));
};

/** `12/Mar/2026:19:03:58 +0000`, as common log files have it. */
const logTime = (ms: number): string => {
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(ms).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
};
