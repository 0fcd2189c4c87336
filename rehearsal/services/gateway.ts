import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Principal } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import type { Service, ServiceCall } from './service.ts';

/** Services by the name that they sign requests with. */
export type Services = Readonly<Record<string, Service>>;

export interface Gateway {
  readonly endpoint: string;
  /** Has to be called before the first request comes. */
  readonly serve: (services: Services, roleArn: (roleName: string) => string) => void;
  /** Requests by `<service>:<operation>`. */
  readonly requests: ReadonlyMap<string, number>;
  /** Real milliseconds that the services took to answer. */
  readonly servedMs: () => number;
  readonly close: () => Promise<void>;
}

/** What a request is answered by, and what is counted of it. */
interface Desk {
  handlers: Handlers | undefined;
  readonly requests: Map<string, number>;
  servedMs: number;
}

interface Handlers {
  readonly services: Services;
  readonly roleArn: (roleName: string) => string;
}

/** One loopback address that answers as the AWS services would, to whom the request's signature names. */
export const openGateway = async (): Promise<Gateway> => {
  const desk: Desk = { handlers: undefined, requests: new Map(), servedMs: 0 };
  const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
    void answer(request, response, desk);
  });
  server.on('connection', (socket) => socket.setNoDelay(true));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${portOf(server)}`,
    requests: desk.requests,
    servedMs: () => desk.servedMs,
    serve: (services, roleArn) => {
      desk.handlers = { services, roleArn };
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port');
  return address.port;
};

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  desk: Desk,
): Promise<void> => {
  const { handlers, requests } = desk;
  const body = await read(request);
  const startMs = performance.now();
  const isQuery = (request.headers['content-type'] ?? '').startsWith('application/x-www-form');
  try {
    if (handlers === undefined) throw new Error('the rehearsal is not ready');
    const { role, service } = signerOf(request);
    const principal: Principal = { arn: handlers.roleArn(role) };
    const call = isQuery ? queryCall(principal, body) : jsonCall(principal, request, body);
    const { operation } = call;
    const key = `${service}:${operation}`;
    requests.set(key, (requests.get(key) ?? 0) + 1);
    const serve = handlers.services[service];
    if (serve === undefined)
      throw new AwsError('InvalidAction', `${service} is not modelled by the rehearsal`);
    const result = await serve(call);
    send(
      response,
      200,
      isQuery ? queryAnswer(operation, result) : JSON.stringify(result ?? {}),
      isQuery,
    );
  } catch (error) {
    const { code, status, message } = asFault(error);
    send(
      response,
      status,
      isQuery ? queryError(code, message) : JSON.stringify({ __type: code, message }),
      isQuery,
    );
  } finally {
    desk.servedMs += performance.now() - startMs;
  }
};

const read = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

/** `Credential=<role>/<date>/<region>/<service>/aws4_request` */
const signerOf = ({ headers }: IncomingMessage): { role: string; service: string } => {
  const [, credential = ''] = /Credential=([^,\s]+)/.exec(headers.authorization ?? '') ?? [];
  const [role = '', , , service = ''] = credential.split('/');
  if (service === '') throw new AwsError('MissingAuthenticationToken', 'the request is not signed');
  return { role, service };
};

const jsonCall = (
  principal: Principal,
  { headers }: IncomingMessage,
  body: string,
): ServiceCall => ({
  principal,
  operation: String(headers['x-amz-target']).split('.').at(-1) ?? '',
  input: JSON.parse(body === '' ? '{}' : body),
});

const queryCall = (principal: Principal, body: string): ServiceCall => {
  const input = Object.fromEntries(new URLSearchParams(body));
  return { principal, operation: input['Action'] ?? '', input };
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const queryAnswer = (operation: string, result: unknown): string => {
  const fields = Object.entries(Object(result))
    .map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`)
    .join('');
  return `<${operation}Response><${operation}Result>${fields}</${operation}Result></${operation}Response>`;
};

const queryError = (code: string, message: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error></ErrorResponse>`;

/** What is no answer of a service is a fault of the rehearsal: 500, which the SDK does not take for AWS's word. */
const asFault = (error: unknown): { code: string; status: number; message: string } => {
  if (error instanceof AwsError) return { code: error.code, status: 400, message: error.message };
  console.error(error);
  return { code: 'InternalFailure', status: 500, message: String(error) };
};

const send = (response: ServerResponse, status: number, body: string, isQuery: boolean): void => {
  response.sendDate = false;
  response.writeHead(status, {
    'content-type': isQuery ? 'text/xml' : 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': 'rehearsal',
  });
  response.end(body);
};
