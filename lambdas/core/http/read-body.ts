import type * as z from 'zod';
import { type Answer, problem } from './answer.ts';
import type { HttpRequest } from './http-request.ts';

export type BodyReading<Body> =
  | { readonly kind: 'read'; readonly body: Body }
  | { readonly kind: 'refused'; readonly answer: Answer };

/**
 * Reads a body of JSON, whatever type it says it has: a browser asks no leave to send `text/plain`.
 *
 * @param maxBytes more is refused unread, with 413
 */
export const readBody = <Body>(
  request: Pick<HttpRequest, 'body' | 'isBase64'>,
  schema: z.ZodType<Body>,
  maxBytes: number,
): BodyReading<Body> => {
  const bytes = sizeOf(request);
  if (bytes > maxBytes)
    return refused(
      problem(413, 'too-large', `the body has ${bytes} bytes, expected ${maxBytes} at most`),
    );
  const json = jsonOf(request.isBase64 ? decoded(request.body) : request.body);
  if (json === undefined)
    return refused(problem(400, 'bad-request', 'the body is not JSON: expected an object'));
  const parsed = schema.safeParse(json);
  return parsed.success
    ? { kind: 'read', body: parsed.data }
    : refused(problem(400, 'bad-request', inWords(parsed.error)));
};

const refused = (answer: Answer): BodyReading<never> => ({ kind: 'refused', answer });

/** Of base64 without decoding it. */
const sizeOf = ({ body, isBase64 }: Pick<HttpRequest, 'body' | 'isBase64'>): number =>
  Buffer.byteLength(body, isBase64 ? 'base64' : 'utf8');

const decoded = (body: string): string => Buffer.from(body, 'base64').toString('utf8');

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const MOST_ISSUES = 5;

/** Names each wrong key; what was got may be a token and is not repeated. */
const inWords = (error: z.ZodError): string =>
  error.issues
    .slice(0, MOST_ISSUES)
    .map((issue) => `${issue.path.join('.') || 'body'}: ${wordsOf(issue)}`)
    .join('; ');

/** Names of keys that nobody knows come from outside and are not repeated either. */
const wordsOf = ({ code, message }: z.core.$ZodIssue): string =>
  code === 'unrecognized_keys' ? 'expected only the documented keys' : message;
