import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  interactionsAnswer,
  interactionsBody,
  type InteractionKind,
  type OfferState,
  openSessionBody,
  problemDocument,
  type SessionAnswer,
  sessionAnswer,
} from '#core/contracts/session-api.ts';
import { pictures } from './pictures.ts';

/** How the API behaves to one order token. */
export interface Behaviour {
  readonly session: SessionAnswer;
  /** Instead of the session. */
  readonly open?: ((response: ServerResponse) => void) | undefined;
  /** What an accept is answered with. @default pending */
  readonly accepted?: OfferState | undefined;
  /** So many of the first accepts are lost on their way. */
  readonly lostAccepts?: number | undefined;
}

export interface Heard {
  readonly impressionId: string;
  readonly kind: InteractionKind;
}

/** What the API knows of one order token; states are changed by a test as an order system would. */
export interface Known {
  readonly behaviour: Behaviour;
  readonly states: Map<string, OfferState>;
  readonly heard: Heard[];
  opened: number;
  read: number;
  tells: number;
  accepts: number;
  visits: number;
}

export interface StubApi {
  readonly origin: string;
  /** The API behaves like this to whoever has the token. */
  behave(orderToken: string, behaviour: Behaviour): Known;
  close(): Promise<void>;
}

/** An API on loopback that takes and gives what the contract has, and nothing else. */
export const stubApi = async (): Promise<StubApi> => {
  const known = new Map<string, Known>();
  const server = createServer((request, response) => {
    answer(known, request, response).catch((error: unknown) => {
      problem(response, 400, String(error));
    });
  });
  return {
    origin: await listening(server),
    behave: (orderToken, behaviour) => {
      const made: Known = {
        behaviour,
        states: new Map(behaviour.session.offers.map((each) => [each.impressionId, each.state])),
        heard: [],
        opened: 0,
        read: 0,
        tells: 0,
        accepts: 0,
        visits: 0,
      };
      known.set(orderToken, made);
      return made;
    },
    close: () => closed(server),
  };
};

/** On a free port. */
export const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
};

export const closed = async (server: Server): Promise<void> => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
};

const answer = async (
  all: ReadonlyMap<string, Known>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://api.example');
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
  const picture = pictures.get(pathname);
  if (picture !== undefined) {
    response.setHeader('content-type', 'image/svg+xml');
    response.end(picture);
    return;
  }
  if (request.method === 'OPTIONS') return allow(request, response);
  const body = await bodyOf(request);
  const [, , sessionId, last] = pathname.split('/');
  if (pathname === '/sessions') return open(all, request, body, response);
  const session = [...all.values()].find((each) => each.behaviour.session.sessionId === sessionId);
  if (session === undefined) return problem(response, 404, `there is no session ${sessionId}`);
  if (last === undefined) return read(session, request, response);
  if (last === 'interactions') return tell(session, request, body, response);
  session.visits += 1;
  response.writeHead(303, { location: `/landed?${searchParams.toString()}` }).end();
};

/** The one request that is not simple: a GET with a bearer token. */
const allow = ({ headers, url }: IncomingMessage, response: ServerResponse): void => {
  if (headers['access-control-request-headers'] !== 'authorization')
    return problem(response, 400, `${url} needs no leave of its own`);
  response
    .writeHead(204, {
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'authorization',
    })
    .end();
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};

const open = (
  all: ReadonlyMap<string, Known>,
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
): void => {
  assertSimple(request);
  const { orderToken } = openSessionBody.parse(JSON.parse(body));
  const known = all.get(orderToken);
  if (known === undefined) return problem(response, 401, 'the order token is not accepted');
  known.opened += 1;
  if (known.behaviour.open !== undefined) return known.behaviour.open(response);
  json(response, 201, sessionAnswer.parse(withStates(known)));
};

const read = (known: Known, { headers }: IncomingMessage, response: ServerResponse): void => {
  if (headers.authorization !== `Bearer ${known.behaviour.session.sessionToken}`)
    return problem(response, 401, 'the session token is not accepted');
  known.read += 1;
  json(response, 200, sessionAnswer.parse(withStates(known)));
};

const tell = (
  known: Known,
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
): void => {
  assertSimple(request);
  known.tells += 1;
  const { interactions } = interactionsBody.parse(JSON.parse(body));
  if (interactions.some(({ kind }) => kind === 'accepted')) known.accepts += 1;
  if (known.accepts > 0 && known.accepts <= (known.behaviour.lostAccepts ?? 0)) {
    // An answer that a page may not read is to it as if the network had failed; of a broken connection the browser
    // makes a second request itself.
    response.removeHeader('access-control-allow-origin');
    return void response.end('{}');
  }
  known.heard.push(...interactions);
  for (const { impressionId, kind } of interactions) {
    if (kind === 'accepted') known.states.set(impressionId, known.behaviour.accepted ?? 'pending');
    if (kind === 'dismissed') known.states.set(impressionId, kind);
  }
  const offers = interactions.map(({ impressionId }) => ({
    impressionId,
    state: known.states.get(impressionId) ?? 'open',
  }));
  json(response, 200, interactionsAnswer.parse({ offers }));
};

/** A browser asks no leave for it, and sends no cookies. */
const assertSimple = ({ method, headers }: IncomingMessage): void => {
  if (method !== 'POST' || headers['content-type'] !== 'text/plain;charset=UTF-8')
    throw new Error(`got ${method} of ${headers['content-type']}, expected POST of text/plain`);
  if (headers.cookie !== undefined) throw new Error('got a cookie, expected none');
};

const withStates = ({ behaviour: { session }, states }: Known): SessionAnswer => ({
  ...session,
  offers: session.offers.map((offer) => ({
    ...offer,
    state: states.get(offer.impressionId) ?? offer.state,
  })),
});

const json = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

const problem = (response: ServerResponse, status: number, detail: string): void => {
  const document = { type: 'urn:afterglow:problem:stub', title: 'stub', status, detail };
  response
    .writeHead(status, { 'content-type': 'application/problem+json' })
    .end(JSON.stringify(problemDocument.parse(document)));
};
