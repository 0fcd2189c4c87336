import type { Resource } from '../assembly/cloud.ts';
import { TaskError } from '../asl/errors.ts';
import type { MapHost } from '../asl/map-runs/map-host.ts';
import type { Authorizer } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import type { Objects } from './objects.ts';

/** What somebody is refused, as an error of the service's name. */
const refusedBy = <Result>(service: string, act: () => Result): Result => {
  try {
    return act();
  } catch (error) {
    if (error instanceof AwsError) throw new TaskError(`${service}.${error.code}`, error.message);
    throw error;
  }
};

/** `arn:…:stateMachine:orders` → of its executions, as policies name them: `arn:…:execution:orders:*` */
const executionOf = (machineArn: string): string =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:run`;

/**
 * What the Distributed Maps of the templates' machines do, each by the role of its machine: its own
 * executions (Step Functions developer guide, "IAM policies for using Distributed Map states"), and objects.
 */
export const mapHostOf = (
  authorizer: Authorizer,
  objects: Objects | undefined,
  machineOf: (executionArn: string) => Resource,
): MapHost => {
  const roleOf = (executionArn: string) => ({
    arn: String(machineOf(executionArn).properties['RoleArn']),
  });
  const given = (): Objects => {
    if (objects === undefined) throw new Error('a Distributed Map needs objects, and has none');
    return objects;
  };
  return {
    assertMayRun: (by) =>
      refusedBy('StepFunctions', () => {
        const { arn } = machineOf(by);
        const principal = roleOf(by);
        authorizer.assert({ principal, action: 'states:StartExecution', resource: arn });
        for (const action of ['states:DescribeExecution', 'states:StopExecution'])
          authorizer.assert({ principal, action, resource: executionOf(arn) });
      }),
    read: (by, bucket, key) => refusedBy('S3', () => given().readAs(roleOf(by), bucket, key)),
    list: (by, bucket, prefix) => refusedBy('S3', () => given().listAs(roleOf(by), bucket, prefix)),
    write: (by, bucket, key, text) =>
      refusedBy('S3', () => given().exportAs(roleOf(by), bucket, key, text)),
  };
};
