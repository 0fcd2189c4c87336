import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Use } from './contract-function.ts';

type TableAction =
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'Scan'
  | 'UpdateItem';

const allow =
  (resourceArns: string[], ...actions: string[]) =>
  (grantee: IGrantable): void => {
    if (actions.length === 0) return;
    Grant.addToPrincipal({ grantee, actions, resourceArns }).assertSuccess();
  };

/** The actions named and no others; the key lets in whoever may use the table. */
export const useOfTable = (
  table: { readonly tableName: string; readonly tableArn: string },
  ...actions: readonly TableAction[]
): Use => ({
  value: table.tableName,
  grant: allow([table.tableArn], ...actions.map((action) => `dynamodb:${action}`)),
});

export const sendingTo = (queue: {
  readonly queueUrl: string;
  readonly queueArn: string;
}): Use => ({
  value: queue.queueUrl,
  grant: allow([queue.queueArn], 'sqs:SendMessage'),
});

export const publishingTo = (bus: {
  readonly eventBusName: string;
  readonly eventBusArn: string;
}): Use => ({
  value: bus.eventBusName,
  grant: allow([bus.eventBusArn], 'events:PutEvents'),
});

export const readingOf = (secret: { readonly secretArn: string }): Use => ({
  value: secret.secretArn,
  grant: allow([secret.secretArn], 'secretsmanager:GetSecretValue'),
});

/** A value that comes with permissions of its own. */
export const useOf = (value: string, resourceArns: string[], ...actions: string[]): Use => ({
  value,
  grant: allow(resourceArns, ...actions),
});
