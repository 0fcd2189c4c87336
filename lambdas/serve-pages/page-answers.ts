import type { Page } from '#core/domain/pages/page.ts';
import type { PageAnswer } from './page-request.ts';

/** The token is in the address: no cache keeps the page, no other site learns where the visitor came from. */
const always = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex, nofollow',
  'Strict-Transport-Security': 'max-age=31536000',
} as const;

const permissions = ['camera', 'geolocation', 'microphone', 'payment', 'usb']
  .map((feature) => `${feature}=()`)
  .join(', ');

/**
 * A page with what the browser may do for it: show the shop's pictures and this one style, and send its form back.
 *
 * @param hashOf SHA-256 in base64, as the policy names a style
 */
export const pageAnswer = (
  statusCode: number,
  { markup, style }: Page,
  hashOf: (text: string) => string,
): PageAnswer => ({
  statusCode,
  headers: {
    ...always,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src 'sha256-${hashOf(style)}'`,
      'img-src https:',
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Permissions-Policy': permissions,
  },
  body: markup,
});

export const textAnswer = (statusCode: number, text: string): PageAnswer => ({
  statusCode,
  headers: { ...always, 'Content-Type': 'text/plain; charset=utf-8' },
  body: `${text}\n`,
});

/**
 * @param location an address that was checked, as the URL parser writes it. It leaves a backslash in query and
 * fragment as it is; what reads the header need not know that this is one.
 */
export const redirectAnswer = (location: string): PageAnswer => ({
  statusCode: 302,
  headers: { ...always, Location: location.replaceAll('\\', '%5C') },
  body: '',
});
