import type { Cloud, Resource } from '../assembly/cloud.ts';
import type { Authorizer } from './authorizer.ts';

/**
 * Checks what Lambda does by a function's role: without it there are no logs and no traces.
 *
 * @throws {AwsError} AccessDeniedException
 */
export const assertPlatformGrants = (
  { cloud, authorizer }: { readonly cloud: Cloud; readonly authorizer: Authorizer },
  { properties }: Resource,
): void => {
  const principal = { arn: String(properties['Role']) };
  const logGroup = cloud
    .ofType('AWS::Logs::LogGroup')
    .find(({ name }) => name === Object(properties['LoggingConfig']).LogGroup);
  if (logGroup === undefined)
    throw new Error('only functions with a log group of the templates are modelled');
  authorizer.assertLogKey(logGroup.properties['KmsKeyId'], logGroup.arn);
  const resource = logGroup.arn.replace(/\*$/, 'log-stream:1');
  for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents'])
    authorizer.assert({ principal, action, resource });
  if (Object(properties['TracingConfig']).Mode !== 'Active') return;
  for (const action of ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'])
    authorizer.assert({ principal, action, resource: '*' });
};
