import * as z from 'zod';
import type { HttpAnswer } from './http-answer.ts';
import type { HttpRequest } from './http-event.ts';

const list = z.array(z.string()).default([]);

const configuration = z.strictObject({
  AllowOrigins: list,
  AllowMethods: list,
  AllowHeaders: list,
  ExposeHeaders: list,
  MaxAge: z.coerce.number().optional(),
  AllowCredentials: z
    .literal(false, { error: 'credentials across origins are not modelled' })
    .optional(),
});

const ASKED_METHOD = 'access-control-request-method';

/** Which pages of other origins may ask an HTTP API, and how. */
export type Cors = z.output<typeof configuration>;

/** @throws {z.ZodError} for what is not modelled */
export const readCors = (value: unknown): Cors => configuration.parse(value);

/**
 * The answer to a preflight request, which the API gives itself: an origin that is not allowed gets one without the
 * headers that allow anything (API Gateway developer guide, "Configure CORS for HTTP APIs").
 *
 * @returns nothing for any other request
 */
export const preflightAnswer = (cors: Cors, request: HttpRequest): HttpAnswer | undefined => {
  if (request.method !== 'OPTIONS' || headerOf(request, 'origin') === undefined) return undefined;
  if (headerOf(request, ASKED_METHOD) === undefined) return undefined;
  const answer = { status: 204, headers: {}, cookies: [], bytes: Buffer.alloc(0) };
  const origin = allowedOrigin(cors, request);
  if (origin === undefined) return answer;
  const { AllowMethods, AllowHeaders, MaxAge } = cors;
  return {
    ...answer,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': AllowMethods.join(','),
      'access-control-allow-headers': AllowHeaders.join(','),
      ...(MaxAge === undefined ? {} : { 'access-control-max-age': String(MaxAge) }),
    },
  };
};

/** The method of a request, or the one that a preflight asks leave for. */
export const askedMethod = (request: HttpRequest): string =>
  (request.method === 'OPTIONS' ? headerOf(request, ASKED_METHOD) : undefined) ?? request.method;

/** The API's headers in place of those that a function set. */
export const withCors = (cors: Cors, request: HttpRequest, answer: HttpAnswer): HttpAnswer => {
  const own = Object.fromEntries(
    Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-')),
  );
  const origin = allowedOrigin(cors, request);
  if (origin === undefined) return { ...answer, headers: own };
  const exposed = cors.ExposeHeaders.join(',');
  return {
    ...answer,
    headers: {
      ...own,
      'access-control-allow-origin': origin,
      ...(exposed === '' ? {} : { 'access-control-expose-headers': exposed }),
    },
  };
};

const allowedOrigin = ({ AllowOrigins }: Cors, request: HttpRequest): string | undefined => {
  const origin = headerOf(request, 'origin');
  if (origin === undefined) return undefined;
  if (AllowOrigins.includes('*')) return '*';
  return AllowOrigins.includes(origin) ? origin : undefined;
};

const headerOf = ({ headers = {} }: HttpRequest, wanted: string): string | undefined => {
  const [, value] = Object.entries(headers).find(([name]) => name.toLowerCase() === wanted) ?? [];
  return [value].flat()[0];
};
