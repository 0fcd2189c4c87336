import { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { WireAnswer, WireRequest } from '../services/protocols/protocol.ts';

/** Answers a request to AWS; never settles when the function that made it has ended. */
export type AskAws = (request: WireRequest) => Promise<WireAnswer>;

/** What the SDK says to `node:http`'s `request`. */
export interface RequestOptions {
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A request of `node:http` that does not leave the process: what the SDK's handler uses of a ClientRequest and of its
 * IncomingMessage. Two trips through a socket take longer than all else that a call does.
 */
export class InProcessRequest extends EventEmitter {
  readonly #options: RequestOptions;
  readonly #ask: AskAws;
  readonly #chunks: Buffer[] = [];
  #isDestroyed = false;

  constructor(options: RequestOptions, ask: AskAws, onResponse?: (response: Readable) => void) {
    super();
    this.#options = options;
    this.#ask = ask;
    if (onResponse !== undefined) this.once('response', onResponse);
  }

  write(chunk: Uint8Array | string): boolean {
    this.#chunks.push(Buffer.from(chunk));
    return true;
  }

  end(chunk?: Uint8Array | string): this {
    if (chunk !== undefined) this.write(chunk);
    void this.#send();
    return this;
  }

  /** There is no socket that could be silent: the SDK's own timers say when it has waited enough. */
  setTimeout(): this {
    return this;
  }

  destroy(error?: Error): this {
    if (this.#isDestroyed) return this;
    this.#isDestroyed = true;
    if (error !== undefined) this.emit('error', error);
    this.emit('close');
    return this;
  }

  async #send(): Promise<void> {
    const { method = 'GET', path = '/', headers = {} } = this.#options;
    const bytes = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    if (bytes === undefined) return;
    const wire = {
      method,
      url: path,
      headers: lowered(headers),
      body: bytes.toString('utf8'),
      bytes,
    };
    const answer = await this.#ask(wire);
    if (this.#isDestroyed) return;
    this.emit('response', responseOf(answer));
    this.emit('close');
  }
}

/** As a server gives the names of headers. */
const lowered = (headers: Readonly<Record<string, unknown>>): IncomingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );

const responseOf = ({ status, contentType, headers, body }: WireAnswer): Readable => {
  const bytes = Buffer.from(body);
  const response = new Readable({ read: () => undefined });
  response.push(bytes);
  response.push(null);
  return Object.assign(response, {
    statusCode: status,
    statusMessage: '',
    headers: {
      ...headers,
      'content-type': contentType,
      'content-length': String(bytes.length),
      'x-amzn-requestid': 'rehearsal',
    },
  });
};
