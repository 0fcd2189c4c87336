import type { WireAnswer, WireRequest } from '../services/protocols/protocol.ts';
import type { AskAws } from './in-process-request.ts';
import { givenOf, unwrittenCall } from './unwritten-call.ts';

/** What a call needs of the SDK's clients. */
interface SdkClient {
  readonly middlewareStack: unknown;
  readonly config: SdkConfig;
}

interface SdkConfig {
  readonly defaultSigningName?: string;
  readonly protocol?: {
    readonly serializeRequest: (
      operation: object,
      input: unknown,
      context: object,
    ) => Promise<SdkRequest>;
    readonly deserializeResponse: (
      operation: object,
      context: object,
      response: object,
    ) => Promise<object>;
  };
}

interface SdkCommand {
  readonly input: unknown;
  /** Namespace, name, traits, input and output of the operation, after a number. */
  readonly schema?: readonly unknown[];
  readonly resolveMiddleware: (stack: unknown, config: SdkConfig, options: unknown) => SdkHandler;
}

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

type SdkHandler = (command: SdkCommand) => Promise<{ readonly output: unknown }>;

/** Gives the way of a command through the SDK, in the place of the SDK's own. */
export type ResolveCommand = (
  command: SdkCommand,
  client: SdkClient,
  options: unknown,
) => SdkHandler;

/** The SDK's own way, through all of its middleware. */
export const throughMiddleware: ResolveCommand = (command, { middlewareStack, config }, options) =>
  command.resolveMiddleware(middlewareStack, config, options);

/** Services by the name that requests are signed with. The middleware of others does what counts here too. */
const DIRECT = new Set([
  'athena',
  'bedrock',
  'dynamodb',
  'events',
  'firehose',
  'scheduler',
  'secretsmanager',
  'ses',
  'sqs',
  'states',
]);

/** What the SDK asks again for; how often and how is its middleware's. */
const isAskedAgain = ({ status, body }: WireAnswer): boolean =>
  status === 429 ||
  status >= 500 ||
  /Throttl|TooManyRequests|ThroughputExceeded|LimitExceeded|SlowDown/.test(body);

/**
 * The way of a function's calls, in the place of the SDK's own.
 *
 * Two thirds of the SDK's time go into middleware that has nothing to do here: it finds the endpoint, writes headers
 * that nobody reads, signs, and would ask again. Requests are written and answers are read by the SDK's own
 * protocols; what it would ask again for goes through all of it, and is told the first answer.
 *
 * @param roleName by which requests say whose they are
 */
export const directCalls = (ask: AskAws, roleName: string): ResolveCommand => {
  const contexts = new WeakMap<SdkConfig, object>();
  const contextOf = (config: SdkConfig): object => {
    const known = contexts.get(config) ?? contextWithEndpoint(config);
    contexts.set(config, known);
    return known;
  };
  return (command, client, options) => {
    const { protocol, defaultSigningName: service = '' } = client.config;
    if (protocol === undefined || options !== undefined || !DIRECT.has(service))
      return throughMiddleware(command, client, options);
    return async (sent) => {
      const [, namespace, name, traits, input, output] = sent.schema ?? [];
      const operation = { namespace, name, traits, input, output };
      const context = contextOf(client.config);
      const authorization = `Credential=${roleName}/-/-/${service}/aws4_request`;
      const call = { role: roleName, service, operation: String(name), input: sent.input };
      const wire =
        unwrittenCall(call) ??
        wireOf(await protocol.serializeRequest(operation, sent.input, context), authorization);
      const answer = await ask(wire);
      if (isAskedAgain(answer)) {
        const { middlewareStack } = client;
        const requestHandler = handlerAfter(answer, (request) =>
          ask(wireOf(request, authorization)),
        );
        const config = { ...client.config, requestHandler };
        return throughMiddleware(command, { middlewareStack, config }, options)(sent);
      }
      return {
        output:
          givenOf(answer, service) ??
          (await protocol.deserializeResponse(operation, context, responseOf(answer))),
      };
    };
  };
};

/** What the middleware sends its requests by: the first was answered already. */
const handlerAfter = (first: WireAnswer, ask: (request: SdkRequest) => Promise<WireAnswer>) => {
  let known: WireAnswer | undefined = first;
  const handle = async (request: SdkRequest): Promise<object> => {
    const answer = known ?? (await ask(request));
    known = undefined;
    return { response: responseOf(answer) };
  };
  return { handle };
};

/** Of the endpoint only its path is looked at. */
const contextWithEndpoint = (config: SdkConfig): object => {
  const endpoint = { protocol: 'http:', hostname: 'aws.rehearsal.invalid', path: '/' };
  const context: object = Object.create(config);
  return Object.assign(context, { endpoint: async () => endpoint });
};

const wireOf = (request: SdkRequest, authorization: string): WireRequest => {
  const { method, path, query = {}, headers, body = '' } = request;
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of [value ?? ''].flat()) asked.append(name, each);
  const bytes =
    typeof body === 'string'
      ? Buffer.from(body)
      : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return {
    method,
    url: asked.size === 0 ? path : `${path}?${asked.toString()}`,
    headers: { ...headers, authorization },
    body: bytes.toString('utf8'),
    bytes,
  };
};

const responseOf = ({ status, contentType, headers, body }: WireAnswer): object => ({
  statusCode: status,
  reason: '',
  headers: { ...headers, 'content-type': contentType, 'x-amzn-requestid': 'rehearsal' },
  body: Buffer.from(body),
});
