/** What is answered, before it is written as HTTP. */
export interface Answer {
  readonly status: number;
  readonly body: object;
}

/** RFC 9457: a problem that a program can tell by its type, and a person by its detail. */
export const problem = (status: number, name: string, detail: string): Answer => ({
  status,
  body: { type: `urn:afterglow:problem:${name}`, title: name.replaceAll('-', ' '), status, detail },
});

/** The answer as the API takes it; it is one customer's, so nobody keeps it. */
export const toHttp = ({ status, body }: Answer) => ({
  statusCode: status,
  headers: {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 401 ? { 'www-authenticate': 'Bearer realm="inbox"' } : {}),
  },
  body: JSON.stringify(body),
});
