import type { ComponentRequest } from './contract.ts';

/** A file that is served, and the same compressed by gzip: an HTTP API compresses nothing itself. */
export interface ServedFile {
  readonly text: string;
  readonly gzipped: Uint8Array;
}

export interface ServeComponentDeps {
  /** Every release by its name, and `releases.json`. */
  readonly files: ReadonlyMap<string, ServedFile>;
}

/** An answer of an HTTP API, payload format 2.0. */
export interface ComponentAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const LIST = 'releases.json';

/** A name is one release for ever. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** What the latest release is, changes; nobody waits long for it. */
const FIVE_MINUTES = 'public, max-age=300';

/** Scripts are fetched from any shop's page, with CORS: integrity is checked of those alone. */
const anybody = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};

/** Answers `GET /component/{file}` with a release of the web component, or with the list that names the latest. */
export const serveComponent =
  ({ files }: ServeComponentDeps) =>
  ({ pathParameters: { file }, headers }: ComponentRequest): ComponentAnswer => {
    const served = files.get(file);
    if (served === undefined) return unknownFile(file);
    const head = {
      ...anybody,
      'content-type': `${file === LIST ? 'application/json' : 'text/javascript'}; charset=utf-8`,
      'cache-control': file === LIST ? FIVE_MINUTES : FOR_EVER,
      vary: 'accept-encoding',
    };
    return takesGzip(headers['accept-encoding'])
      ? {
          statusCode: 200,
          headers: { ...head, 'content-encoding': 'gzip' },
          body: Buffer.from(served.gzipped).toString('base64'),
          isBase64Encoded: true,
        }
      : { statusCode: 200, headers: head, body: served.text, isBase64Encoded: false };
  };

/** RFC 9110, 12.5.3, as far as browsers go; `gzip;q=0` says that it is not wanted. */
const takesGzip = (accepted = ''): boolean =>
  accepted.split(',').some((coding) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(coding));

/** RFC 9457. The name is cut: it comes from anybody. */
const unknownFile = (file: string): ComponentAnswer => ({
  statusCode: 404,
  headers: {
    ...anybody,
    'content-type': 'application/problem+json',
    'cache-control': 'public, max-age=60',
  },
  body: JSON.stringify({
    type: 'urn:afterglow:problem:unknown-release',
    title: 'unknown release',
    status: 404,
    detail: `there is no release ${JSON.stringify(file.slice(0, 100))}: the latest is named in ${LIST}`,
  }),
  isBase64Encoded: false,
});
