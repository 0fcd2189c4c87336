import type { Server } from 'node:net';
import type { AnsweredCall } from '../cost/units-of-call.ts';
import { AwsError } from './aws-error.ts';
import { callName } from './call-name.ts';
import { type AnyRequest, type AnyResponse, serveBothVersions } from './bedrock-wire.ts';
import { awsJson } from './protocols/aws-json.ts';
import { awsQuery } from './protocols/aws-query.ts';
import type {
  AnswerProtocol,
  Asked,
  Fault,
  Protocol,
  WireAnswer,
  WireRequest,
} from './protocols/protocol.ts';
import { restJson } from './protocols/rest-json.ts';
import { restXml } from './protocols/rest-xml.ts';
import { unwrittenProtocols } from './protocols/unwritten.ts';
import type { Service } from './service.ts';
import type { Principal } from './authorizer.ts';

/** Services by the name that they sign requests with. */
export type Services = Readonly<Record<string, Service>>;

export interface Gateway {
  readonly endpoint: string;
  /** Has to be called before the first request comes. */
  readonly serve: (
    services: Services,
    roleArn: (roleName: string) => string,
    onCall?: OnCall,
    around?: Around,
  ) => void;
  /** Answers a request that did not come through the socket. */
  readonly ask: (request: WireRequest) => Promise<WireAnswer>;
  /** Has a role's call done. @throws {AwsError} as the service refuses it */
  readonly perform: (roleName: string, call: AwsCall) => Promise<unknown>;
  /** Requests by `<service>:<operation>`. */
  readonly requests: ReadonlyMap<string, number>;
  /** Real milliseconds that the services took to answer, by `<service>:<operation>`. */
  readonly servedMs: ReadonlyMap<string, number>;
  readonly close: () => Promise<void>;
}

/** Told of every call when it is answered, and by which role it was made. */
export type OnCall = (call: AnsweredCall, role: string) => void;

/** A request to AWS, once it has been read. */
export interface AwsCall extends Asked {
  readonly service: string;
}

interface RoleCall extends AwsCall {
  readonly role: string;
}

/** Told of every call before it is served; serves it, or does not. */
export type Around = <T>(call: AwsCall, serve: () => Promise<T>) => Promise<T>;

const asIs: Around = (_, serve) => serve();

/** What a request is answered by, and what is counted of it. */
interface Desk {
  handlers: Handlers | undefined;
  readonly requests: Map<string, number>;
  readonly servedMs: Map<string, number>;
}

interface Handlers {
  readonly services: Services;
  readonly principalOf: (roleName: string) => Principal;
  readonly onCall: OnCall;
  readonly around: Around;
}

/** One loopback address that answers as the AWS services would, to whom the request's signature names. */
export const openGateway = async (): Promise<Gateway> => {
  const desk: Desk = { handlers: undefined, requests: new Map(), servedMs: new Map() };
  const { server, close } = serveBothVersions((request, response) => {
    void answer(request, response, desk);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${portOf(server)}`,
    requests: desk.requests,
    servedMs: desk.servedMs,
    serve: (services, roleArn, onCall = () => undefined, around = asIs) => {
      desk.handlers = { services, principalOf: principalsBy(roleArn), onCall, around };
    },
    ask: (wire) => answerTo(wire, desk),
    perform: (role, call) => perform(desk, role, call),
    close,
  };
};

/** One for each role, however many calls it makes. */
const principalsBy = (roleArn: (roleName: string) => string) => {
  const known = new Map<string, Principal>();
  return (role: string): Principal => {
    const principal = known.get(role) ?? { arn: roleArn(role) };
    known.set(role, principal);
    return principal;
  };
};

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port');
  return address.port;
};

const answer = async (request: AnyRequest, response: AnyResponse, desk: Desk): Promise<void> => {
  send(response, await answerTo(await read(request), desk));
};

const answerTo = async (wire: WireRequest, desk: Desk): Promise<WireAnswer> => {
  const { call } = wire;
  if (call !== undefined) return answerOf(call, unwrittenProtocols[call.writtenAs], desk);
  const protocol = protocolOf(wire);
  try {
    return await answerOf(readCall(wire, protocol), protocol, desk);
  } catch (error) {
    return protocol.refuse(asFault(error));
  }
};

const read = async (request: AnyRequest): Promise<WireRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = '', url = '', headers } = request;
  const bytes = Buffer.concat(chunks);
  return { method, url, headers, body: bytes.toString('utf8'), bytes };
};

const protocolOf = ({ headers }: WireRequest): Protocol => {
  const contentType = headers['content-type'] ?? '';
  // S3's content types are those of the objects, so that its signature alone tells it.
  if (/Credential=[^,\s]+\/s3\/aws4_request/.test(headers.authorization ?? '')) return restXml;
  if (contentType.startsWith('application/x-www-form')) return awsQuery;
  return contentType.startsWith('application/x-amz-json') ? awsJson : restJson;
};

const readCall = (wire: WireRequest, protocol: Protocol): RoleCall => {
  const { role, service } = signerOf(wire);
  return { role, service, ...protocol.read(wire, service) };
};

const answerOf = async (
  { role, service, operation, input }: RoleCall,
  protocol: AnswerProtocol,
  desk: Desk,
): Promise<WireAnswer> => {
  const startMs = performance.now();
  try {
    return protocol.answer(operation, await perform(desk, role, { service, operation, input }));
  } catch (error) {
    return protocol.refuse(asFault(error));
  } finally {
    const key = callName(service, operation);
    desk.servedMs.set(key, (desk.servedMs.get(key) ?? 0) + performance.now() - startMs);
  }
};

const perform = async (
  { handlers, requests }: Desk,
  role: string,
  call: AwsCall,
): Promise<unknown> => {
  if (handlers === undefined) throw new Error('the rehearsal is not ready');
  const { service, operation, input } = call;
  const key = callName(service, operation);
  requests.set(key, (requests.get(key) ?? 0) + 1);
  const serve = handlers.services[service];
  if (serve === undefined)
    throw new AwsError('InvalidAction', `${service} is not modelled by the rehearsal`);
  const principal = handlers.principalOf(role);
  try {
    const answer = await handlers.around(call, () => serve({ principal, operation, input }));
    handlers.onCall({ ...call, answer }, role);
    return answer;
  } catch (error) {
    if (error instanceof AwsError) handlers.onCall({ ...call, refused: error.code }, role);
    throw error;
  }
};

/** `Credential=<role>/<date>/<region>/<service>/aws4_request` */
const signerOf = ({ headers }: WireRequest): { role: string; service: string } => {
  const [, credential = ''] = /Credential=([^,\s]+)/.exec(headers.authorization ?? '') ?? [];
  const [role = '', , , service = ''] = credential.split('/');
  if (service === '') throw new AwsError('MissingAuthenticationToken', 'the request is not signed');
  return { role, service };
};

/** What is no answer of a service is a fault of the rehearsal: 500, which the SDK does not take for AWS's word. */
const asFault = (error: unknown): Fault => {
  if (error instanceof AwsError) {
    const { code, status, message, members } = error;
    return { code, status, message, members };
  }
  console.error(error);
  return { code: 'InternalFailure', status: 500, message: String(error), members: {} };
};

const send = (response: AnyResponse, { status, contentType, headers, body }: WireAnswer): void => {
  response.sendDate = false;
  response.writeHead(status, {
    ...headers,
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': 'rehearsal',
  });
  response.end(body);
};
