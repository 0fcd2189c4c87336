import type { Cloud, Resource } from '../assembly/cloud.ts';
import { type Cors, readCors } from './http-cors.ts';
import { type HttpRoute, readRouteKey } from './http-routes.ts';

/** A route and the function that answers it. */
export interface ServedRoute extends HttpRoute {
  readonly functionArn: string;
}

/** One HTTP API with its `$default` stage and routes. */
export interface HttpSite {
  readonly apiId: string;
  /** The domain of its endpoint, then the custom ones that are mapped to it. */
  readonly domainNames: readonly [string, ...string[]];
  readonly routes: readonly ServedRoute[];
  /** Absent: pages of other origins may not read its answers. */
  readonly cors?: Cors | undefined;
}

/**
 * The HTTP APIs of the templates.
 *
 * @throws for what the rehearsal does not model of one, naming the resource and the property
 */
export const readSites = (cloud: Cloud): readonly HttpSite[] => {
  const apis = cloud.ofType('AWS::ApiGatewayV2::Api');
  return apis.map((api) => {
    assertPlainApi(api);
    if (apis.filter(({ ref }) => ref === api.ref).length > 1)
      throw new Error(`there are several HTTP APIs named "${api.name}": name them apart`);
    assertDefaultStage(api, of(cloud, 'Stage', api));
    return {
      apiId: api.ref,
      domainNames: [
        `${api.ref}.execute-api.${cloud.region}.amazonaws.com`,
        ...of(cloud, 'ApiMapping', api).map(domainOf),
      ],
      routes: routesOf(of(cloud, 'Route', api), of(cloud, 'Integration', api)),
      cors: corsOf(api),
    };
  });
};

const of = (cloud: Cloud, kind: string, api: Resource): readonly Resource[] =>
  cloud
    .ofType(`AWS::ApiGatewayV2::${kind}`)
    .filter(({ properties }) => properties['ApiId'] === api.ref);

const unmodelled = ({ logicalId, properties }: Resource, names: readonly string[]): void => {
  for (const name of names)
    if (properties[name] !== undefined)
      throw new Error(`${logicalId}: ${name} is not modelled by the rehearsal`);
};

const expected = (
  { logicalId, properties }: Resource,
  name: string,
  values: readonly unknown[],
): void => {
  const got = properties[name];
  if (!values.includes(got))
    throw new Error(
      `${logicalId}: got ${name} ${JSON.stringify(got)}, the rehearsal models ${JSON.stringify(values[0])} only`,
    );
};

const assertPlainApi = (api: Resource): void => {
  expected(api, 'ProtocolType', ['HTTP']);
  unmodelled(api, ['Body', 'BodyS3Location', 'Target', 'RouteKey']);
};

const corsOf = ({ logicalId, properties: { CorsConfiguration } }: Resource): Cors | undefined => {
  if (CorsConfiguration === undefined) return undefined;
  try {
    return readCors(CorsConfiguration);
  } catch (cause) {
    throw new Error(`${logicalId}: CorsConfiguration is not as the rehearsal models it`, { cause });
  }
};

const assertDefaultStage = (api: Resource, stages: readonly Resource[]): void => {
  const [stage, ...others] = stages;
  if (stage === undefined || others.length > 0)
    throw new Error(
      `${api.logicalId}: got ${stages.length} stages, the rehearsal models one, $default`,
    );
  expected(stage, 'StageName', ['$default']);
  expected(stage, 'AutoDeploy', [true, 'true']);
  unmodelled(stage, ['StageVariables']);
};

const domainOf = (mapping: Resource): string => {
  expected(mapping, 'ApiMappingKey', [undefined, '']);
  return String(mapping.properties['DomainName']);
};

const routesOf = (
  routes: readonly Resource[],
  integrations: readonly Resource[],
): readonly ServedRoute[] =>
  routes.map((route) => {
    expected(route, 'AuthorizationType', ['NONE', undefined]);
    const target = String(route.properties['Target']);
    const integration = integrations.find(({ ref }) => target === `integrations/${ref}`);
    if (integration === undefined)
      throw new Error(`${route.logicalId}: its API has no integration for the target ${target}`);
    return {
      ...readRouteKey(String(route.properties['RouteKey'])),
      functionArn: functionOf(integration),
    };
  });

const functionOf = (integration: Resource): string => {
  expected(integration, 'IntegrationType', ['AWS_PROXY']);
  expected(integration, 'PayloadFormatVersion', ['2.0']);
  unmodelled(integration, ['IntegrationSubtype', 'RequestParameters', 'ResponseParameters']);
  const uri = String(integration.properties['IntegrationUri']);
  const [, arn] = /(arn:[^:]+:lambda:[^/]+?)(?:\/invocations)?$/.exec(uri) ?? [];
  if (arn === undefined)
    throw new Error(
      `${integration.logicalId}: got IntegrationUri ${uri}, expected the ARN of a function`,
    );
  return arn;
};
