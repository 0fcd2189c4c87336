import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Accepts a finding of cdk-nag on one construct, for a reason that a reviewer can judge. */
export const acknowledge = (construct: IConstruct, id: string, reason: string): void => {
  Validations.of(construct).acknowledge({ id, reason });
};

/** Accepts that a role's policy has this wildcard as resource. */
export const acknowledgeWildcard = (role: IConstruct, arn: string, reason: string): void =>
  acknowledge(
    role,
    `AwsSolutions-IAM5[Resource::${asFinding(Stack.of(role).resolve(arn))}]`,
    reason,
  );

/** cdk-nag writes what is only known at deployment as `<AWS::Partition>`, `<Name.Arn>`. */
const asFinding = (resolved: unknown): string => {
  if (typeof resolved === 'string') return resolved;
  const [[name, value] = []] = Object.entries(Object(resolved));
  if (name === 'Ref') return `<${String(value)}>`;
  if (name === 'Fn::ImportValue') return String(value);
  if (name === 'Fn::GetAtt' && Array.isArray(value)) return `<${value.join('.')}>`;
  if (name === 'Fn::Join' && Array.isArray(value) && Array.isArray(value[1]))
    return value[1].map(asFinding).join('');
  throw new Error(`no finding is named like ${JSON.stringify(resolved)}`);
};
