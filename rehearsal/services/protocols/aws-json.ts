import type { Protocol, WireRequest } from './protocol.ts';

const contentType = 'application/x-amz-json-1.0';

const operationOf = (headers: WireRequest['headers']): string =>
  String(headers['x-amz-target']).split('.').at(-1) ?? '';

/** DynamoDB, SQS, EventBridge, Step Functions, Secrets Manager, SMS: the operation is in a header. */
export const awsJson: Protocol = {
  read: ({ headers, body }) => ({
    operation: operationOf(headers),
    input: JSON.parse(body === '' ? '{}' : body),
  }),
  answer: (_, result) => ({ status: 200, contentType, body: JSON.stringify(result ?? {}) }),
  refuse: ({ code, status = 400, message, members }) => ({
    status,
    contentType,
    body: JSON.stringify({ __type: code, message, ...members }),
  }),
};
