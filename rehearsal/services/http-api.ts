import type { Cloud } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { Authorizer } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import { gatewayAnswer, type HttpAnswer, serverError, toAnswer } from './http-answer.ts';
import { type HttpRequest, toEvent } from './http-event.ts';
import { matchRoute, type RouteMatch } from './http-routes.ts';
import { type HttpSite, readSites, type ServedRoute } from './http-site.ts';
import { askedMethod, preflightAnswer, withCors } from './http-cors.ts';
import type { Lambdas } from './lambdas.ts';

export interface HttpApiOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  readonly lambdas: Lambdas;
}

/** API Gateway quotas for HTTP APIs: the payload. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;

interface Asked {
  readonly site: HttpSite;
  readonly path: string;
  readonly request: HttpRequest;
}

/** The HTTP APIs of the templates, whose routes lead to functions. */
export class HttpApi {
  readonly #options: HttpApiOptions;
  readonly #sites: readonly HttpSite[];
  #requests = 0;

  /** @throws for an API that is not modelled, naming the resource */
  constructor(options: HttpApiOptions) {
    this.#options = options;
    this.#sites = readSites(options.cloud);
  }

  /** Every name that the APIs answer to on AWS. */
  get domainNames(): readonly string[] {
    return this.#sites.flatMap(({ domainNames }) => domainNames);
  }

  /** Answers as API Gateway would, at the virtual now. What the function failed of is in `because`. */
  async answer(request: HttpRequest): Promise<HttpAnswer> {
    const path = pathOf(request.path);
    if (path === undefined) return gatewayAnswer(400, 'Bad Request');
    if (Buffer.byteLength(request.body ?? '') > MAX_BODY_BYTES)
      return gatewayAnswer(413, 'Request Entity Too Large');
    const site = this.#siteOf(request, path);
    const preflight = site.cors === undefined ? undefined : preflightAnswer(site.cors, request);
    if (preflight !== undefined) return preflight;
    const answer = await this.#answerOf({ site, path, request });
    return site.cors === undefined ? answer : withCors(site.cors, request, answer);
  }

  async #answerOf(asked: Asked): Promise<HttpAnswer> {
    const match = matchRoute(asked.site.routes, asked.request.method, asked.path);
    if (match === undefined) return gatewayAnswer(404, 'Not Found');
    try {
      return await this.#invoke(asked, match);
    } catch (error) {
      if (error instanceof AwsError) return serverError(error.message);
      throw error;
    }
  }

  async #invoke(asked: Asked, match: RouteMatch<ServedRoute>): Promise<HttpAnswer> {
    const { lambdas } = this.#options;
    const { functionArn } = match.route;
    this.#assertPermission(asked, match.route);
    const result = await lambdas.invoke(functionArn, this.#eventOf(asked, match));
    return result.ok
      ? toAnswer(result.payload)
      : serverError(
          `${lambdas.find(functionArn).name}: ${result.errorType}: ${result.errorMessage}`,
        );
  }

  #assertPermission({ site, request }: Asked, route: ServedRoute): void {
    const { authorizer, cloud, lambdas } = this.#options;
    const { account, region } = cloud;
    const called = route.segments === undefined ? '$default' : `${request.method}${route.path}`;
    authorizer.assert({
      principal: { service: 'apigateway.amazonaws.com' },
      action: 'lambda:InvokeFunction',
      resource: lambdas.find(route.functionArn).arn,
      context: {
        'aws:SourceArn': `arn:aws:execute-api:${region}:${account}:${site.apiId}/$default/${called}`,
        'aws:SourceAccount': account,
      },
    });
  }

  #eventOf({ site, path, request }: Asked, { route, parameters }: RouteMatch<ServedRoute>) {
    const { cloud, clock } = this.#options;
    this.#requests += 1;
    const host = hostOf(request);
    const [endpoint] = site.domainNames;
    return toEvent(request, {
      accountId: cloud.account,
      apiId: site.apiId,
      domainName: site.domainNames.find((name) => name === host) ?? endpoint,
      routeKey: route.key,
      parameters,
      rawPath: path,
      requestId: `request-${String(this.#requests).padStart(8, '0')}`,
      nowMs: clock.now(),
    });
  }

  /**
   * By its name; and so that an API can be tried where its name does not lead, whichever has a route of its own for
   * the path, or else answers to any.
   */
  #siteOf(request: HttpRequest, path: string): HttpSite {
    const [first] = this.#sites;
    if (first === undefined)
      throw new Error('the stacks have no HTTP API (AWS::ApiGatewayV2::Api) to send a request to');
    const host = hostOf(request);
    const named = this.#sites.find(({ domainNames }) => domainNames.some((name) => name === host));
    if (named !== undefined) return named;
    const matches = this.#sites.flatMap((site) => {
      const match = matchRoute(site.routes, askedMethod(request), path);
      return match === undefined ? [] : [{ site, isOwn: match.route.segments !== undefined }];
    });
    return (matches.find(({ isOwn }) => isOwn) ?? matches[0])?.site ?? first;
  }
}

/** Decoded, as routes are matched; none when it cannot be. */
const pathOf = (target: string): string | undefined => {
  const [path = ''] = target.split('?');
  if (!path.startsWith('/')) return undefined;
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
};

const hostOf = ({ headers = {} }: HttpRequest): string => {
  const [, value] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'host') ?? [];
  return ([value].flat()[0] ?? '').replace(/:\d+$/, '').toLowerCase();
};
