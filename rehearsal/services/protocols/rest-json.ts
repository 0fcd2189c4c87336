import type { Fault, Protocol, WireRequest } from './protocol.ts';

/** An operation by its method and path; groups of the path and parameters of the query are members of its input. */
interface Route {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
}

const schedule = /^\/schedules\/(?<Name>[^/]+)$/;

/** By service, as far as the rehearsal models it. */
const routes: Readonly<Record<string, readonly Route[]>> = {
  bedrock: [
    { operation: 'Converse', method: 'POST', path: /^\/model\/(?<modelId>[^/]+)\/converse$/ },
    {
      operation: 'ApplyGuardrail',
      method: 'POST',
      path: /^\/guardrail\/(?<guardrailIdentifier>[^/]+)\/version\/(?<guardrailVersion>[^/]+)\/apply$/,
    },
  ],
  scheduler: [
    { operation: 'CreateSchedule', method: 'POST', path: schedule },
    { operation: 'DeleteSchedule', method: 'DELETE', path: schedule },
    { operation: 'GetSchedule', method: 'GET', path: schedule },
  ],
  mobiletargeting: [
    {
      operation: 'SendMessages',
      method: 'POST',
      path: /^\/v1\/apps\/(?<ApplicationId>[^/]+)\/messages$/,
    },
  ],
};

/** Members of inputs by their names in a query. */
const queryMembers: Readonly<Record<string, string>> = {
  clientToken: 'ClientToken',
  groupName: 'GroupName',
};

/** Statuses that say more than that a request was refused. */
const statuses: Readonly<Record<string, number>> = {
  AccessDeniedException: 403,
  ConflictException: 409,
  NotFoundException: 404,
  ResourceNotFoundException: 404,
  TooManyRequestsException: 429,
};

const contentType = 'application/json';

/** EventBridge Scheduler, push messages, Bedrock: the operation is in method and path. */
export const restJson: Protocol = {
  read: (request, service) => {
    const { pathname, searchParams } = new URL(request.url, 'http://rehearsal');
    const route = routes[service]?.find(
      ({ method, path }) => method === request.method && path.test(pathname),
    );
    return {
      // An unknown request keeps its own words, for the service to refuse it by them.
      operation: route?.operation ?? `${request.method} ${pathname}`,
      input: {
        ...bodyOf(request),
        ...Object.fromEntries(
          [...searchParams].map(([name, value]) => [queryMembers[name] ?? name, value]),
        ),
        ...membersOf(route, pathname),
      },
    };
  },
  answer: (_, result) => ({ status: 200, contentType, body: JSON.stringify(result ?? {}) }),
  refuse: (fault) => ({
    status: statusOf(fault),
    contentType,
    headers: { 'x-amzn-errortype': fault.code },
    body: JSON.stringify({ Message: fault.message, ...fault.members }),
  }),
};

const bodyOf = ({ body }: WireRequest): object => JSON.parse(body === '' ? '{}' : body);

const membersOf = (route: Route | undefined, pathname: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(route?.path.exec(pathname)?.groups ?? {}).map(([name, value]) => [
      name,
      decodeURIComponent(value),
    ]),
  );

const statusOf = ({ code, status }: Fault): number => status ?? statuses[code] ?? 400;
