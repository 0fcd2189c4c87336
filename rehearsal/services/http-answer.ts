import * as z from 'zod';

/** What the client gets. */
export interface HttpAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** One `set-cookie` header each. */
  readonly cookies: readonly string[];
  readonly bytes: Buffer;
  /** Why it is an error, which the client is not told. */
  readonly because?: string | undefined;
}

/** An answer of API Gateway itself. */
export const gatewayAnswer = (status: number, message: string, because?: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  bytes: Buffer.from(JSON.stringify({ message })),
  because,
});

export const serverError = (because: string): HttpAnswer =>
  gatewayAnswer(500, 'Internal Server Error', because);

const response = z.object({
  statusCode: z.number().int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/**
 * What a function gave back, as a response: with a `statusCode` it is one, without it is the body of a
 * 200 of JSON; what is malformed is a 500 (API Gateway developer guide, "Lambda function response for
 * format 2.0"). A response that states no content type is plain text.
 */
export const toAnswer = (payload: unknown): HttpAnswer => {
  if (!isResponse(payload)) return inferred(payload);
  const parsed = response.safeParse(payload);
  if (!parsed.success)
    return serverError(`the function's response is malformed: ${z.prettifyError(parsed.error)}`);
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  return {
    status: statusCode,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...lowerCased(headers ?? {}) },
    cookies: cookies ?? [],
    bytes: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
};

const isResponse = (payload: unknown): boolean =>
  payload !== null && typeof payload === 'object' && 'statusCode' in payload;

const inferred = (payload: unknown): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  bytes: Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
});

const lowerCased = (
  headers: Readonly<Record<string, string | number | boolean>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
