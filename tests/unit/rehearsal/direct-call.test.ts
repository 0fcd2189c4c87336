import { fileURLToPath } from 'node:url';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { S3Client, ListBucketsCommand } from '@aws-sdk/client-s3';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { lambdaBundle } from '#lib/bundling/esbuild-options.ts';
import { directCalls } from '#rehearsal/sandbox/direct-call.ts';
import { withResolveCommand } from '#rehearsal/sandbox/load-bundle.ts';
import type { WireAnswer, WireRequest } from '#rehearsal/services/protocols/protocol.ts';

const answered = (body: object, status = 200): WireAnswer => ({
  status,
  contentType: 'application/x-amz-json-1.0',
  body: JSON.stringify(body),
});

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Calls as a function makes them; what goes through the SDK's middleware is counted. */
const calling = (answers: readonly WireAnswer[]) => {
  const asked: WireRequest[] = [];
  let throughMiddleware = 0;
  const calls = directCalls(async (wire) => {
    asked.push(wire);
    return answers[asked.length - 1] ?? answered({});
  }, 'IngestRole');
  const settings = {
    region: 'eu-central-1',
    endpoint: 'http://aws.invalid',
    credentials: { accessKeyId: 'IngestRole', secretAccessKey: 'none' },
    requestHandler: {
      handle: async ({ method, path, headers, body = '' }: SdkRequest) => {
        throughMiddleware += 1;
        const text = new TextDecoder().decode(typeof body === 'string' ? Buffer.from(body) : body);
        const wire = { method, url: path, headers, body: text, bytes: Buffer.from(text) };
        const answer = await calls.ask(wire);
        return {
          response: {
            statusCode: answer.status,
            headers: { 'content-type': answer.contentType },
            body: Buffer.from(answer.body),
          },
        };
      },
    },
  };
  return { asked, calls, settings, middleware: () => throughMiddleware };
};

const put = new PutItemCommand({ TableName: 'orders', Item: { order: { S: 'hearth#1' } } });

const sent = async (stage: ReturnType<typeof calling>): Promise<unknown> => {
  const client = new DynamoDBClient(Object(stage.settings));
  const handler = stage.calls.resolveCommand(Object(put), Object(client), undefined);
  return (await handler(Object(put))).output;
};

describe('a call without the middleware', () => {
  test('is written and read by the SDK, in the name of the role', async () => {
    const stage = calling([answered({ Attributes: { amount: { N: '3' } } })]);

    expect(await sent(stage)).toMatchObject({ Attributes: { amount: { N: '3' } } });
    expect(stage.asked).toHaveLength(1);
    expect(stage.asked[0]).toMatchObject({
      method: 'POST',
      headers: {
        'x-amz-target': 'DynamoDB_20120810.PutItem',
        authorization: expect.stringMatching(/Credential=IngestRole\/.*\/dynamodb\/aws4_request/),
      },
      body: JSON.stringify({ TableName: 'orders', Item: { order: { S: 'hearth#1' } } }),
    });
    expect(stage.middleware()).toBe(0);
  });

  test('is refused as the SDK refuses it', async () => {
    const stage = calling([
      answered({ __type: 'ConditionalCheckFailedException', message: 'no' }, 400),
    ]);

    await expect(sent(stage)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    expect(stage.asked).toHaveLength(1);
  });

  test('is asked again by the middleware, which is told the first answer too', async () => {
    const slow = answered({ __type: 'ThrottlingException', message: 'slow down' }, 400);
    const stage = calling([slow, slow, answered({})]);

    await sent(stage);

    expect(stage.asked).toHaveLength(3);
    expect(stage.middleware()).toBe(3);
  });

  test('is given up when the middleware gives it up', async () => {
    const down = answered({ __type: 'InternalServerError', message: 'down' }, 500);
    const stage = calling([down, down, down, down, down, down]);

    await expect(sent(stage)).rejects.toMatchObject({ name: 'InternalServerError' });
    expect(stage.asked).toHaveLength(stage.middleware());
  });

  test('is none of S3, whose middleware does what counts', async () => {
    const stage = calling([{ ...answered({}), contentType: 'application/xml', body: '<a/>' }]);
    const client = new S3Client(Object(stage.settings));
    const list = new ListBucketsCommand({});

    await stage.calls.resolveCommand(Object(list), Object(client), undefined)(Object(list));

    expect(stage.middleware()).toBe(1);
  });
});

test('the SDK’s clients ask for the way of a command where bundles are changed', async () => {
  const { outputFiles } = await build({
    ...lambdaBundle,
    stdin: {
      contents: "export { DynamoDBClient } from '@aws-sdk/client-dynamodb'",
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    write: false,
  });

  const text = withResolveCommand(outputFiles?.[0]?.text ?? '');

  expect(text.match(/resolveCommand\([\w$]+, this, [\w$]+\)/g)).toHaveLength(2);
});
