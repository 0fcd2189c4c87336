import * as z from 'zod';

/** What of an event of an HTTP API (payload format 2.0) is looked at. */
const httpEvent = z.object({
  rawPath: z.string(),
  rawQueryString: z.string().default(''),
  /** Names in lower case. */
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({
    http: z.object({ method: z.string(), sourceIp: z.string().default('') }),
  }),
});

/** A request as a function sees it. */
export interface HttpRequest {
  readonly method: string;
  /** Decoded, without a slash at its end. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it was sent; in base64 where `isBase64` says so. */
  readonly body: string;
  readonly isBase64: boolean;
  /** Whom it came from: to be counted, and neither logged nor stored. */
  readonly address: string;
}

/** @throws {z.ZodError} for what is no event of an HTTP API: a wrong deployment, not a wrong request */
export const requestOf = (event: unknown): HttpRequest => {
  const { rawPath, rawQueryString, headers, body, isBase64Encoded, requestContext } =
    httpEvent.parse(event);
  return {
    method: requestContext.http.method,
    path: rawPath.replace(/(?<=.)\/+$/, ''),
    query: new URLSearchParams(rawQueryString),
    headers,
    body,
    isBase64: isBase64Encoded,
    address: requestContext.http.sourceIp,
  };
};

/** The token of `Authorization: Bearer …`. */
export const bearerOf = ({
  headers,
}: {
  readonly headers: Readonly<Record<string, string | undefined>>;
}): string | undefined => /^Bearer +(\S+)$/i.exec(headers['authorization'] ?? '')?.[1];
