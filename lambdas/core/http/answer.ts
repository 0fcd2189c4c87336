/** What is answered, before it is written as HTTP. */
export interface Answer {
  readonly status: number;
  /** Written as JSON; absent of an answer that is its headers alone. */
  readonly body?: object | undefined;
  /** Names in lower case; beside those that every answer has. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The answer as an HTTP API takes it (payload format 2.0). */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** RFC 9457: a problem that a program can tell by its type, and a person by its detail. */
export const problem = (status: number, name: string, detail: string): Answer => ({
  status,
  body: { type: `urn:afterglow:problem:${name}`, title: name.replaceAll('-', ' '), status, detail },
});

/** @param because never repeats the token */
export const unauthorized = (because: string): Answer =>
  problem(401, 'unauthorized', `the token was not accepted: ${because}`);

/** What does not exist, and what is none of the asker's business: one answer for both. */
export const notFound = (): Answer =>
  problem(404, 'not-found', 'there is nothing here: check method, path and token');

/**
 * Leads on.
 *
 * @param location an address that was checked, as the URL parser writes it. It leaves a backslash in query and
 * fragment as it is; what reads the header need not know that this is one.
 */
export const redirect = (location: string): Answer => ({
  status: 302,
  headers: { location: location.replaceAll('\\', '%5C'), 'referrer-policy': 'no-referrer' },
});

/**
 * The answer as the API takes it; it is one customer's, so nobody keeps it.
 *
 * @param realm what a token opens, as a 401 names it
 */
export const toHttp = ({ status, body, headers }: Answer, realm: string): HttpAnswer => ({
  statusCode: status,
  headers: {
    ...(body === undefined
      ? {}
      : { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' }),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 401 ? { 'www-authenticate': `Bearer realm="${realm}"` } : {}),
    ...headers,
  },
  body: body === undefined ? '' : JSON.stringify(body),
});
