import { describe, expect, test } from 'vitest';
import config from '#config';
import type { Resource } from '#rehearsal/assembly/cloud.ts';
import { constructOf, synthesized } from './synthesized.ts';

const { cloud } = synthesized('dev');

const all = (type: string, inStack = 'Confirmation'): readonly Resource[] =>
  cloud.ofType(type).filter(({ stack }) => stack.endsWith(`-${inStack}`));

const only = (type: string, construct: string, inStack?: string): Resource => {
  const [first, ...others] = all(type, inStack).filter((each) => constructOf(each) === construct);
  if (first === undefined || others.length > 0)
    throw new Error(`expected one ${type} called ${construct}`);
  return first;
};

const functionOf = (route: Resource): string => {
  const integration = all('AWS::ApiGatewayV2::Integration').find(
    ({ ref }) => route.properties['Target'] === `integrations/${ref}`,
  );
  const called = String(integration?.properties['IntegrationUri']);
  const found = all('AWS::Lambda::Function').find(({ arn }) => called.includes(arn));
  return found === undefined ? `nothing (${called})` : constructOf(found);
};

describe('the API of confirmation pages', () => {
  test('opens sessions, records what is done in them, and serves the component', () => {
    const routes = all('AWS::ApiGatewayV2::Route').map((route) => [
      route.properties['RouteKey'],
      functionOf(route),
    ]);

    expect(Object.fromEntries(routes)).toEqual({
      'POST /sessions': 'OpenSession',
      'GET /sessions/{id}': 'OpenSession',
      'POST /sessions/{id}/interactions': 'RecordInteraction',
      'GET /sessions/{id}/visits/{impressionId}': 'RecordInteraction',
      'GET /component/{file}': 'ServeComponent',
    });
  });

  test('is another than that of the pages: a flood of the one leaves the other', () => {
    const apis = cloud.ofType('AWS::ApiGatewayV2::Api');
    const stages = all('AWS::ApiGatewayV2::Stage').map(({ properties }) => properties);

    expect(apis).toHaveLength(2);
    expect(stages).toMatchObject([
      { DefaultRouteSettings: { ThrottlingRateLimit: 300, ThrottlingBurstLimit: 600 } },
    ]);
  });

  test('lets the pages of the shops ask, and no others', () => {
    const { CorsConfiguration } = only('AWS::ApiGatewayV2::Api', 'Api').properties;

    expect(CorsConfiguration).toEqual({
      AllowOrigins: Object.values(config.shops).map(({ website }) => new URL(website).origin),
      AllowMethods: ['GET', 'POST'],
      AllowHeaders: ['authorization', 'content-type'],
      ExposeHeaders: ['retry-after'],
      MaxAge: 86_400,
    });
  });
});

test('priors are fitted every six hours, by a role of this account’s schedules alone', () => {
  const schedule = only('AWS::Scheduler::Schedule', 'PriorsSchedule', 'OfferPriors').properties;
  const role = only('AWS::IAM::Role', 'PriorsSchedulerRole', 'OfferPriors');

  expect(schedule).toMatchObject({
    ScheduleExpression: 'rate(6 hours)',
    Target: {
      Arn: only('AWS::Lambda::Function', 'PriorsFitOfferPriors', 'OfferPriors').arn,
      RoleArn: role.arn,
      Input: '{}',
    },
  });
  expect(role.properties['AssumeRolePolicyDocument']).toMatchObject({
    Statement: [
      {
        Principal: { Service: 'scheduler.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': cloud.account } },
      },
    ],
  });
});
