import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { MAX_BODY_BYTES } from './services/http-api.ts';
import type { AskHttp, HttpResponse } from './services/http-on-the-clock.ts';

/** The HTTP API of a rehearsal on a port of this machine. */
export interface LocalSite {
  /** `http://127.0.0.1:4080` */
  readonly url: string;
  /** From here on requests are answered; until then they get a 503. */
  readonly open: (ask: AskHttp) => void;
  readonly close: () => Promise<void>;
}

/** The port cannot be listened on. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/** One answered request, for whoever watches. */
export interface SiteVisit {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly because?: string | undefined;
}

const HOST = '127.0.0.1';

/**
 * Takes the port at once, so that it is known to be free before a long run.
 *
 * @param port 0 for any free one
 * @param onVisit hears of every request that was answered
 * @param first answers what is not for the API, and says whether it has. @default nothing is
 * @throws {PortTaken}
 */
export const openLocalSite = async (
  port: number,
  onVisit: (visit: SiteVisit) => void,
  first: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
): Promise<LocalSite> => {
  let asked: AskHttp | undefined;
  const server = createServer((request, response) => {
    if (asked !== undefined && first(request, response)) return;
    void serve(request, response, asked, onVisit);
  });
  await listen(server, port);
  return {
    url: urlOf(server),
    open: (ask) => {
      asked = ask;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new PortTaken(
          `port ${port} of ${HOST} cannot be listened on (${cause.message}): end what uses it, or name another by --serve PORT (npm start: --port PORT)`,
          { cause },
        ),
      );
    });
    server.listen(port, HOST, resolve);
  });

const urlOf = (server: Server): string => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the site has no port');
  return `http://${HOST}:${address.port}`;
};

const serve = async (
  request: IncomingMessage,
  response: ServerResponse,
  ask: AskHttp | undefined,
  onVisit: (visit: SiteVisit) => void,
): Promise<void> => {
  const { method = '', url: path = '' } = request;
  try {
    if (ask === undefined) {
      refuse(
        response,
        503,
        'The rehearsal is still running: ask again once it has printed its end.',
      );
      return;
    }
    const headers = request.headersDistinct;
    const answer = await ask({ method, path, headers, body: await read(request) });
    send(response, answer);
    onVisit({ method, path, status: answer.status, because: answer.because });
  } catch (error) {
    const because = error instanceof Error ? (error.stack ?? error.message) : String(error);
    onVisit({ method, path, status: 500, because });
    refuse(response, 500, `The rehearsal failed: ${because}`);
  }
};

/** As much as it takes to know that a body is too large. */
const read = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
    length += Buffer.byteLength(chunk);
  }
  return Buffer.concat(chunks);
};

const send = (
  response: ServerResponse,
  { status, headers, cookies, bytes }: HttpResponse,
): void => {
  response.writeHead(status, {
    ...headers,
    'content-length': bytes.length,
    ...(cookies.length > 0 && { 'set-cookie': [...cookies] }),
  });
  response.end(bytes);
};

const refuse = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain;charset=UTF-8' });
  response.end(`${text}\n`);
};
