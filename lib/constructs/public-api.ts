import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CorsPreflightOptions,
  HttpApi,
  HttpStage,
  LogGroupLogDestination,
  type ThrottleSettings,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { DataStack } from '#lib/stacks/data-stack.ts';
import { OperatorAlarm, type OperatorAlarmProps } from './operator-alarm.ts';
import type { StageContext } from './stage-context.ts';

export interface PublicApiProps {
  readonly context: StageContext;
  readonly data: DataStack;
  readonly description: string;
  readonly throttle: ThrottleSettings;
  /** What it means that it answers with errors of its own. */
  readonly failing: Pick<OperatorAlarmProps, 'impact' | 'runbook'> & { readonly alarmId: string };
  /** @default pages of other origins may not read its answers */
  readonly cors?: CorsPreflightOptions;
}

/** Neither queries, which have tokens, nor addresses of visitors: routes are enough to see what goes wrong. */
const accessLogLine = {
  requestId: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
};

/** Adds an HTTP API that anybody reaches: throttled, with a log of its requests and an alarm. */
export const addPublicApi = (
  scope: Construct,
  { context: { config }, data, description, throttle, failing, cors }: PublicApiProps,
): HttpApi => {
  const api = new HttpApi(scope, 'Api', {
    // Two of one name could not be told apart in the console.
    apiName: description,
    description,
    createDefaultStage: false,
    ...(cors === undefined ? {} : { corsPreflight: cors }),
  });
  const accessLog = new LogGroup(scope, 'AccessLog', {
    retention: config.logDays,
    encryptionKey: data.key,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new HttpStage(scope, 'DefaultStage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle,
    accessLogSettings: {
      destination: new LogGroupLogDestination(accessLog),
      format: AccessLogFormat.custom(JSON.stringify(accessLogLine)),
    },
  });
  const { alarmId, ...says } = failing;
  new OperatorAlarm(scope, alarmId, {
    topic: data.alarms,
    ...says,
    metric: api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
    threshold: 5,
  });
  return api;
};
