import type { HttpEvent } from './contract.ts';

/** A request as the pages see it. */
export interface PageRequest {
  readonly method: string;
  /** Decoded, without a slash at its end. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly acceptLanguage: string | undefined;
}

/** What the browser or mail program is answered. */
export interface PageAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const requestOf = ({
  rawPath,
  rawQueryString,
  headers,
  body,
  isBase64Encoded,
  requestContext,
}: HttpEvent): PageRequest => ({
  method: requestContext.http.method,
  path: rawPath.replace(/(?<=.)\/+$/, ''),
  query: new URLSearchParams(rawQueryString),
  contentType: headers['content-type'] ?? '',
  body: new Uint8Array(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')),
  acceptLanguage: headers['accept-language'],
});

/** A form of ours has 2,000 characters of comment at most, each up to nine bytes as it is sent. */
const mostBodyBytes = 16 * 1024;

export type FormReading =
  | { readonly kind: 'form'; readonly fields: URLSearchParams }
  | { readonly kind: 'too-large' | 'no-form' };

/** RFC 8058, 3.2: mail programs may send either kind of form. */
const formType = /^(application\/x-www-form-urlencoded|multipart\/form-data)\s*(;|$)/i;

/** Reads a form's fields; files in it are left out. */
export const readForm = async ({ contentType, body }: PageRequest): Promise<FormReading> => {
  if (body.byteLength > mostBodyBytes) return { kind: 'too-large' };
  if (!formType.test(contentType)) return { kind: 'no-form' };
  try {
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    const fields = new URLSearchParams();
    for (const [name, value] of form) if (typeof value === 'string') fields.append(name, value);
    return { kind: 'form', fields };
  } catch (error) {
    if (error instanceof TypeError) return { kind: 'no-form' };
    throw error;
  }
};
