import { functionOf, getAtt, ref, type Resources } from './stage.ts';

type Properties = Readonly<Record<string, unknown>>;

const permission = (path: string): Properties => ({
  Action: 'lambda:InvokeFunction',
  FunctionName: getAtt('Page'),
  Principal: 'apigateway.amazonaws.com',
  SourceArn: {
    'Fn::Join': ['', ['arn:aws:execute-api:eu-central-1:111122223333:', ref('Api'), path]],
  },
});

/** An HTTP API as the CDK writes it, whose routes lead to the function `Page`. */
export const apiOf = (
  routeKeys: readonly string[],
  {
    api = {},
    stage = {},
    path = '/*/*',
  }: { readonly api?: Properties; readonly stage?: Properties; readonly path?: string } = {},
): Resources => ({
  ...functionOf('Page'),
  Api: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { Name: 'Pages', ProtocolType: 'HTTP', ...api },
  },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: ref('Api'), StageName: '$default', AutoDeploy: true, ...stage },
  },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: ref('Api'),
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: getAtt('Page'),
      PayloadFormatVersion: '2.0',
    },
  },
  ...Object.fromEntries(
    routeKeys.map((RouteKey, at) => [
      `Route${at}`,
      {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: ref('Api'),
          RouteKey,
          AuthorizationType: 'NONE',
          Target: { 'Fn::Join': ['', ['integrations/', ref('Integration')]] },
        },
      },
    ]),
  ),
  MayInvoke: { Type: 'AWS::Lambda::Permission', Properties: { ...permission(path) } },
});
