import {
  createServer as createHttpServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { createServer as createHttp2Server, type Http2ServerRequest } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';

/** What a listener here uses of requests, of either version. */
export type AnyRequest = IncomingMessage | Http2ServerRequest;

/** What it uses of responses. */
export interface AnyResponse {
  sendDate: boolean;
  readonly writeHead: (status: number, headers: OutgoingHttpHeaders) => unknown;
  readonly end: (body: string) => unknown;
}

export interface WireServer {
  readonly server: Server;
  /** Breaks off what is still open. */
  readonly close: () => Promise<void>;
}

/** How an HTTP/2 client begins that knows whom it talks to (RFC 9113, section 3.4): `PRI * HTTP/2.0`. */
const PREFACE = Buffer.from('PRI');

const KEEP_ALIVE_MS = 600_000;

/**
 * One port for clients of either version: Bedrock's speaks HTTP/2 only, which over plain http begins without a
 * negotiation, and all others HTTP/1.1.
 */
export const serveBothVersions = (
  answer: (request: AnyRequest, response: AnyResponse) => void,
): WireServer => {
  const http = createHttpServer({ keepAliveTimeout: KEEP_ALIVE_MS }, answer);
  const http2 = createHttp2Server(answer);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => open.delete(socket));
    // A client that goes away before it has asked is nobody's error.
    socket.on('error', () => socket.destroy());
    socket.once('readable', () => {
      const first: unknown = socket.read();
      if (!Buffer.isBuffer(first)) return;
      socket.unshift(first);
      const isHttp2 = first.subarray(0, PREFACE.length).equals(PREFACE);
      (isHttp2 ? http2 : http).emit('connection', socket);
    });
  });
  return {
    server,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
