import { describe, expect, test } from 'vitest';
import type { Resource } from '#rehearsal/assembly/cloud.ts';
import { constructOf, synthesized } from './synthesized.ts';

const { cloud, stage } = synthesized('dev');

const ofPages = (type: string): readonly Resource[] =>
  cloud.ofType(type).filter(({ stack: name }) => !name.endsWith('-Confirmation'));

const only = (type: string, construct: string): Resource => {
  const found = ofPages(type).filter((each) => constructOf(each) === construct);
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new Error(`${found.length} of ${type} are called ${construct}, expected one`);
  return first;
};

const api = only('AWS::ApiGatewayV2::Api', 'Api');
const apiStage = only('AWS::ApiGatewayV2::Stage', 'DefaultStage').properties;

describe('the API', () => {
  const functionOf = ({ properties }: Resource): string => {
    const integration = cloud
      .ofType('AWS::ApiGatewayV2::Integration')
      .find(({ ref }) => String(properties['Target']) === `integrations/${ref}`);
    const called = String(integration?.properties['IntegrationUri']);
    const found = cloud.ofType('AWS::Lambda::Function').find(({ arn }) => called.includes(arn));
    return found === undefined ? `nothing (${called})` : constructOf(found);
  };

  test('serves the pages by any method, the inbox by GET, and else a page that says that there is nothing', () => {
    const routes = ofPages('AWS::ApiGatewayV2::Route').map((route) => [
      route.properties['RouteKey'],
      functionOf(route),
    ]);

    expect(Object.fromEntries(routes)).toEqual({
      'ANY /c': 'ServePages',
      'ANY /s/{link}': 'ServePages',
      'ANY /survey': 'ServePages',
      'ANY /preferences': 'ServePages',
      'ANY /unsubscribe': 'ServePages',
      'ANY /consent': 'ServePages',
      'GET /inbox': 'InboxServeInbox',
      $default: 'ServePages',
    });
  });

  test('slows down whoever asks too often', () => {
    expect(apiStage['DefaultRouteSettings']).toEqual({
      ThrottlingRateLimit: 200,
      ThrottlingBurstLimit: 400,
    });
    expect(apiStage).not.toHaveProperty('RouteSettings');
  });

  test('lets other sites call it in no browser', () => {
    expect(api.properties).not.toHaveProperty('CorsConfiguration');
  });

  test('is called by this API alone', () => {
    const callers = ofPages('AWS::Lambda::Permission')
      .filter(({ properties }) => properties['Principal'] === 'apigateway.amazonaws.com')
      .map(({ properties }) => String(properties['SourceArn']));

    expect(callers).toHaveLength(8);
    for (const caller of callers)
      expect(caller).toMatch(new RegExp(`^arn:aws:execute-api:[^:]+:[^:]+:${api.ref}/`));
  });
});

describe('its access log', () => {
  const settings = Object(apiStage['AccessLogSettings']);

  test('says route and status, neither tokens of links nor who asked', () => {
    const fields = Object.values(JSON.parse(settings.Format));

    expect(fields).toEqual([
      '$context.requestId',
      '$context.routeKey',
      '$context.status',
      '$context.responseLatency',
    ]);
  });

  test('is kept for as long as the stage says, encrypted', () => {
    const group = only('AWS::Logs::LogGroup', 'AccessLog');

    expect(settings.DestinationArn).toContain(`:log-group:${group.name}`);
    expect(group.properties).toMatchObject({
      RetentionInDays: stage.logDays,
      KmsKeyId: cloud.ofType('AWS::KMS::Key')[0]?.arn,
    });
  });
});

describe('the key that signs links', () => {
  const schedule = only('AWS::SecretsManager::RotationSchedule', 'Rotation').properties;
  const rotate = only('AWS::Lambda::Function', 'RotateLinkKeys');

  test('is another every ninety days, and no other secret is rotated', () => {
    expect(cloud.ofType('AWS::SecretsManager::RotationSchedule')).toHaveLength(1);
    expect(schedule).toMatchObject({
      SecretId: only('AWS::SecretsManager::Secret', 'LinkKeys').arn,
      RotationLambdaARN: rotate.arn,
      RotationRules: { AutomaticallyAfterDays: 90 },
    });
  });

  test('is rotated by Secrets Manager of this account alone', () => {
    const callers = cloud
      .ofType('AWS::Lambda::Permission')
      .filter(({ properties }) => properties['FunctionName'] === rotate.arn)
      .map(({ properties }) => properties);

    expect(callers).toMatchObject([
      { Principal: 'secretsmanager.amazonaws.com', SourceAccount: cloud.account },
    ]);
  });
});
