import type { HttpRequest } from '../services/http-event.ts';
import type { HttpResponse } from '../services/http-on-the-clock.ts';
import { type DemoCase, DOWN, missingPage } from './demo-pages.ts';

/**
 * As strict as docs/confirmation-page.md asks for, with everything from here. A shop's page would do without
 * `frame-ancestors 'self'`, by which this one can be looked at in a narrow frame.
 */
const policyOf = (shown?: DemoCase): string =>
  [
    "default-src 'none'",
    `script-src ${shown === 'blocked' ? "'none'" : "'self'"}`,
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self'${shown === 'api-down' ? ` ${DOWN}` : ''}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

export const answerOf = (
  status: number,
  type: string,
  body: string,
  headers: HttpResponse['headers'] = {},
): HttpResponse => ({
  status,
  headers: {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  },
  cookies: [],
  bytes: Buffer.from(body),
  body,
});

/** A page, under the policy that its case needs. */
export const htmlPage = (html: string, shown?: DemoCase, status = 200): HttpResponse =>
  answerOf(status, 'text/html', html, {
    'content-security-policy': policyOf(shown),
    'referrer-policy': 'strict-origin-when-cross-origin',
  });

export const missing = (what: string): HttpResponse => htmlPage(missingPage(what), undefined, 404);

export const redirect = (location: string): HttpResponse =>
  answerOf(303, 'text/plain', '', { location });

const PICTURES = /https:\/\/static\.\w+\.example\/products\/([\w-]+)\.jpg/g;

/** The host of the sample shops' pictures does not exist: sessions that are answered name stand-ins instead. */
export const withPictures = (
  answer: HttpResponse,
  { path, headers }: HttpRequest,
): HttpResponse => {
  const host = [headers?.['host']].flat()[0];
  if (!path.startsWith('/sessions') || host === undefined) return answer;
  const body = answer.body.replaceAll(PICTURES, `http://${host}/demo/pictures/$1.svg`);
  return body === answer.body ? answer : { ...answer, body, bytes: Buffer.from(body) };
};
