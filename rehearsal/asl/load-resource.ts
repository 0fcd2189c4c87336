import type { TaskResource } from './definition.ts';
import type { Json } from './json.ts';
import type { Place } from './problems.ts';

const integration =
  /^arn:[\w-]+:states:[\w-]*:\d*:(?<service>[\w-]+(?::[\w-]+)?):(?<action>[\w-]+)(?<pattern>\.sync(?::2)?|\.waitForTaskToken)?$/;
const lambdaFunction = /^arn:[\w-]+:lambda:[\w-]*:\w*:function:.+$/;
const activity = /^arn:[\w-]+:states:[\w-]+:\w+:activity:.+$/;

const patterns: Readonly<Record<string, TaskResource['pattern']>> = {
  '.sync': 'sync',
  '.sync:2': 'sync',
  '.waitForTaskToken': 'waitForTaskToken',
};

const direct = (arn: string, family: TaskResource['family']): TaskResource => ({
  arn,
  family,
  resourceType: '',
  resource: '',
  pattern: 'requestResponse',
});

const fromIntegration = (arn: string): TaskResource | undefined => {
  const groups = integration.exec(arn)?.groups;
  if (groups === undefined) return undefined;
  const { service = '', action = '', pattern = '' } = groups;
  return {
    // `.sync` stays: `startExecution.sync:2` answers another shape than `startExecution`.
    arn: pattern === '.waitForTaskToken' ? arn.slice(0, -pattern.length) : arn,
    family: 'Task',
    resourceType: service,
    resource: `${action}${pattern}`,
    pattern: patterns[pattern] ?? 'requestResponse',
  };
};

/** A service integration, the ARN of a Lambda function, or the ARN of an activity. */
export const loadResource = (value: Json | undefined, place: Place): TaskResource | undefined => {
  const supported =
    'arn:aws:states:::<service>:<action>, with .sync, .sync:2 or .waitForTaskToken, the ARN of a Lambda function or of an activity';
  if (typeof value !== 'string') return place.mismatch(value, supported);
  if (activity.test(value)) return direct(value, 'Activity');
  if (lambdaFunction.test(value)) return direct(value, 'LambdaFunction');
  return fromIntegration(value) ?? place.mismatch(value, supported);
};
