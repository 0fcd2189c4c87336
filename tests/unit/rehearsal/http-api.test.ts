import { describe, expect, test } from 'vitest';
import { HttpApi } from '#rehearsal/services/http-api.ts';
import type { HttpRequest } from '#rehearsal/services/http-event.ts';
import { apiOf } from './http-stage.ts';
import { cloudOf, getAtt, ref, servicesOf, START_MS } from './stage.ts';

const echo = 'export const handler = async (event) => event;';

const served = (
  module = echo,
  resources = apiOf(['GET /u/{token}', 'POST /u/{token}', '$default']),
) => {
  const services = servicesOf(resources, { Page: module });
  const api = new HttpApi(services);
  const ask = async (request: Partial<HttpRequest> = {}) => {
    const { bytes, ...answer } = await api.answer({ method: 'GET', path: '/u/1', ...request });
    return { ...answer, body: bytes.toString('utf8') };
  };
  const eventOf = async (request: Partial<HttpRequest>) => JSON.parse((await ask(request)).body);
  return { ...services, api, ask, eventOf };
};

describe('the event of a request', () => {
  test('has what payload format 2.0 says', async () => {
    const { eventOf, api } = served();

    const event = await eventOf({
      path: '/u/a%20b?x=1&x=2&y=%C3%A4',
      headers: {
        Host: 'links.hearth.example',
        'User-Agent': 'curl/8',
        Cookie: 'a=1; b=2',
        'X-Twice': ['1', '2'],
      },
    });

    expect(event).toEqual({
      version: '2.0',
      routeKey: 'GET /u/{token}',
      rawPath: '/u/a b',
      rawQueryString: 'x=1&x=2&y=%C3%A4',
      cookies: ['a=1', 'b=2'],
      headers: {
        host: 'links.hearth.example',
        'user-agent': 'curl/8',
        'x-twice': '1,2',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': '443',
        'x-forwarded-proto': 'https',
      },
      queryStringParameters: { x: '1,2', y: 'ä' },
      pathParameters: { token: 'a b' },
      requestContext: {
        accountId: '111122223333',
        apiId: expect.stringMatching(/^[0-9a-f]{10}$/),
        domainName: api.domainNames[0],
        domainPrefix: api.domainNames[0]?.slice(0, 10),
        http: {
          method: 'GET',
          path: '/u/a b',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'curl/8',
        },
        requestId: 'request-00000001',
        routeKey: 'GET /u/{token}',
        stage: '$default',
        time: '02/Mar/2026:08:00:00 +0000',
        timeEpoch: START_MS,
      },
      isBase64Encoded: false,
    });
  });

  test.each(['application/json', 'text/plain; charset=utf-8', 'application/xml'])(
    'has a body of %s as text',
    async (type) => {
      const { eventOf } = served();

      const event = await eventOf({
        method: 'POST',
        headers: { 'content-type': type },
        body: '"ä"',
      });

      expect(event).toMatchObject({ body: '"ä"', isBase64Encoded: false });
    },
  );

  test.each([
    ['a form', 'application/x-www-form-urlencoded'],
    ['no stated type', undefined],
  ])('has a body of %s in base64, as HTTP APIs hand it over', async (_, type) => {
    const { eventOf } = served();

    const event = await eventOf({
      method: 'POST',
      headers: { 'content-type': type },
      body: 'List-Unsubscribe=One-Click',
    });

    expect(event).toMatchObject({
      body: Buffer.from('List-Unsubscribe=One-Click').toString('base64'),
      isBase64Encoded: true,
    });
  });

  test('names the custom domain that it came to', async () => {
    const { eventOf, api } = served(echo, {
      ...apiOf(['$default']),
      Domain: {
        Type: 'AWS::ApiGatewayV2::DomainName',
        Properties: { DomainName: 'links.hearth.example' },
      },
      Mapping: {
        Type: 'AWS::ApiGatewayV2::ApiMapping',
        Properties: { ApiId: ref('Api'), DomainName: ref('Domain'), Stage: ref('Stage') },
      },
    });

    const event = await eventOf({ headers: { host: 'links.hearth.example:4080' } });

    expect(event.requestContext.domainName).toBe('links.hearth.example');
    expect(api.domainNames).toHaveLength(2);
  });
});

describe('the answer to a request', () => {
  test('is what the function says', async () => {
    const { ask } = served(`export const handler = async () => ({
      statusCode: 302, headers: { Location: '/next', 'X-Count': 2 }, cookies: ['a=1'], body: 'ä',
    });`);

    expect(await ask()).toEqual({
      status: 302,
      headers: { 'content-type': 'text/plain;charset=UTF-8', location: '/next', 'x-count': '2' },
      cookies: ['a=1'],
      body: 'ä',
    });
  });

  test('is decoded when the function says that it is base64', async () => {
    const { ask } = served(
      "export const handler = async () => ({ statusCode: 200, body: 'R0lG', isBase64Encoded: true });",
    );

    expect((await ask()).body).toBe('GIF');
  });

  test.each([
    ['an object', '{ ok: true }', '{"ok":true}'],
    ['a text', "'hello'", 'hello'],
  ])('is a 200 of JSON when the function gives back %s', async (_, value, body) => {
    const { ask } = served(`export const handler = async () => (${value});`);

    expect(await ask()).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json' },
      cookies: [],
      body,
    });
  });

  test.each([
    ['fails', "throw new Error('no table')", 'App-Page: Error: no table'],
    ['answers malformed', "return { statusCode: 'fine' }", 'malformed'],
  ])('is a 500 that does not say why when the function %s', async (_, act, because) => {
    const { ask } = served(`export const handler = async () => { ${act}; };`);

    const answer = await ask();

    expect(answer).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
    expect(answer.because).toContain(because);
  });

  test.each([
    [404, 'Not Found', { path: '/other' }],
    [404, 'Not Found', { method: 'HEAD' }],
    [400, 'Bad Request', { path: '/u/%ZZ' }],
    [413, 'Request Entity Too Large', { body: Buffer.alloc(10 * 1024 * 1024 + 1) }],
  ])('is a %d, %s, before any function runs', async (status, message, request) => {
    const { ask, lambdas } = served(echo, apiOf(['GET /u/{token}']));

    const answer = await ask(request);

    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { message }]);
    expect(lambdas.invocations.size).toBe(0);
  });
});

describe('the permission of API Gateway', () => {
  test.each(['/*/*/u/{token}', '/*/GET/u/*', '/$default/*'])('may be for %s', async (path) => {
    const { ask, authorizer } = served(echo, apiOf(['GET /u/{token}'], { path }));

    expect((await ask()).status).toBe(200);
    expect(authorizer.denials).toEqual([]);
  });

  test('is needed: without it the client gets a 500 and the denial is on record', async () => {
    const { ask, authorizer } = served(echo, apiOf(['GET /u/{token}'], { path: '/*/POST/*' }));

    expect((await ask()).status).toBe(500);
    expect(authorizer.denials).toMatchObject([
      { principal: 'apigateway.amazonaws.com', action: 'lambda:InvokeFunction' },
    ]);
  });
});

describe('an API that lets pages of other origins ask', () => {
  const shop = 'https://www.hearth.example';
  const cors = {
    AllowOrigins: [shop],
    AllowMethods: ['GET', 'POST'],
    AllowHeaders: ['authorization', 'content-type'],
    MaxAge: 600,
  };
  const open = () =>
    served(
      'export const handler = async () => ({ statusCode: 200, headers: { "access-control-allow-origin": "*" }, body: "{}" });',
      apiOf(['GET /u/{token}'], { api: { CorsConfiguration: cors } }),
    );
  const preflight = (origin: string) => ({
    method: 'OPTIONS',
    headers: { Origin: origin, 'Access-Control-Request-Method': 'GET' },
  });

  test('answers a preflight itself', async () => {
    const { ask, lambdas } = open();

    expect(await ask(preflight(shop))).toEqual({
      status: 204,
      headers: {
        'access-control-allow-origin': shop,
        'access-control-allow-methods': 'GET,POST',
        'access-control-allow-headers': 'authorization,content-type',
        'access-control-max-age': '600',
      },
      cookies: [],
      body: '',
    });
    expect([...lambdas.invocations.values()]).toEqual([]);
  });

  test('allows nothing to others', async () => {
    const { ask } = open();

    expect(await ask(preflight('https://evil.example'))).toMatchObject({
      status: 204,
      headers: {},
    });
  });

  test('says in its answers who may read them, whatever the function says', async () => {
    const { ask } = open();
    const allowedFor = async (origin: string) =>
      (await ask({ headers: { origin } })).headers['access-control-allow-origin'];

    expect(await allowedFor(shop)).toBe(shop);
    expect(await allowedFor('https://evil.example')).toBeUndefined();
  });
});

describe('an API that is not modelled is refused by name:', () => {
  test.each([
    [
      'CORS with credentials',
      { api: { CorsConfiguration: { AllowCredentials: true } } },
      'Api: CorsConfiguration is not as the rehearsal models it',
    ],
    ['a WebSocket API', { api: { ProtocolType: 'WEBSOCKET' } }, 'got ProtocolType "WEBSOCKET"'],
    ['a named stage', { stage: { StageName: 'prod' } }, 'got StageName "prod"'],
    ['deployment by hand', { stage: { AutoDeploy: false } }, 'got AutoDeploy false'],
  ])('%s', (_, changes, message) => {
    expect(() => served(echo, apiOf(['$default'], changes))).toThrow(message);
  });

  test('an authorizer', () => {
    const resources = apiOf(['$default']);
    Object.assign(resources['Route0']?.Properties ?? {}, { AuthorizationType: 'JWT' });

    expect(() => served(echo, resources)).toThrow('Route0: got AuthorizationType "JWT"');
  });

  test('payload format 1.0', () => {
    const resources = apiOf(['$default']);
    Object.assign(resources['Integration']?.Properties ?? {}, { PayloadFormatVersion: '1.0' });

    expect(() => served(echo, resources)).toThrow('Integration: got PayloadFormatVersion "1.0"');
  });
});

test('an API is named by its id, in its endpoint too', () => {
  const cloud = cloudOf({
    ...apiOf(['$default']),
    Topic: { Type: 'AWS::SNS::Topic', Properties: { Endpoint: getAtt('Api', 'ApiEndpoint') } },
  });

  const [api] = cloud.ofType('AWS::ApiGatewayV2::Api');
  const [topic] = cloud.ofType('AWS::SNS::Topic');

  expect(topic?.properties['Endpoint']).toBe(
    `https://${api?.ref}.execute-api.eu-central-1.amazonaws.com`,
  );
});

test('without an API a request says what is missing', async () => {
  const api = new HttpApi(servicesOf({}));

  await expect(api.answer({ method: 'GET', path: '/' })).rejects.toThrow(
    'the stacks have no HTTP API',
  );
});
